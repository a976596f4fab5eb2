import WeftField

extension AIRDescription {
  /// The name of a variable as reports print it: `a[0]`, `a[0]'` in the next row.
  public func name(of entry: ColumnEntry, index: Int) -> String {
    func pick(_ names: [String]) -> String { index < names.count ? names[index] : "#\(index)" }
    let tick = entry.offset == 1 ? "'" : ""
    switch entry {
    case .preprocessed: return pick(preprocessedColumns) + tick
    case .main(let part, _) where part < cachedColumns.count: return pick(cachedColumns[part]) + tick
    case .main: return pick(mainColumns) + tick
    case .permutation: return "permutation[\(index)]" + tick
    case .publicValue: return "public.\(pick(publicValueNames))"
    case .challenge: return "challenge[\(index)]"
    case .exposed: return "exposed[\(index)]"
    }
  }

  /// The formula of a node; long ones are cut after `limit` characters.
  public func formula(of node: Int, limit: Int = 200) -> String {
    var text = ""
    write(node, binding: 0, depth: 0, limit: limit, to: &text)
    return text.count > limit ? String(text.prefix(limit)) + "…" : text
  }

  private func write(_ node: Int, binding: Int, depth: Int, limit: Int, to text: inout String) {
    if text.utf8.count > 2 * limit { return }
    // Graphs from outside may be as deep as they like.
    guard depth < 128 else {
      text += "…"
      return
    }
    func inner(_ strength: Int, _ body: (inout String) -> Void) {
      if strength < binding { text += "(" }
      body(&text)
      if strength < binding { text += ")" }
    }
    switch nodes[node] {
    case .variable(let entry, let index): text += name(of: entry, index: index)
    case .isFirstRow: text += "isFirstRow"
    case .isLastRow: text += "isLastRow"
    case .isTransition: text += "isTransition"
    case .constant(let value): text += Self.text(of: value)
    case .add(let a, let b):
      inner(1) {
        write(a, binding: 1, depth: depth + 1, limit: limit, to: &$0)
        $0 += " + "
        write(b, binding: 1, depth: depth + 1, limit: limit, to: &$0)
      }
    case .subtract(let a, let b):
      inner(1) {
        write(a, binding: 1, depth: depth + 1, limit: limit, to: &$0)
        $0 += " - "
        write(b, binding: 2, depth: depth + 1, limit: limit, to: &$0)
      }
    case .negate(let a):
      text += "-"
      write(a, binding: 3, depth: depth + 1, limit: limit, to: &text)
    case .multiply(let a, let b):
      inner(2) {
        write(a, binding: 2, depth: depth + 1, limit: limit, to: &$0)
        $0 += "·"
        write(b, binding: 2, depth: depth + 1, limit: limit, to: &$0)
      }
    }
  }

  /// A constant as a small number, or as one over a small number.
  private static func text(of value: BabyBear) -> String {
    let inverse = value.inverseOrZero.signed
    if abs(value.signed) > 1 << 17 && abs(inverse) <= 1 << 17 && inverse != 0 {
      return inverse < 0 ? "(-1/\(-inverse))" : "1/\(inverse)"
    }
    return "\(value.signed)"
  }

  /// The variables that nodes depend on, in the order of their nodes.
  public func variables(of roots: some Sequence<Int>) -> [(entry: ColumnEntry, index: Int)] {
    var needed = [Bool](repeating: false, count: nodes.count)
    var top = -1
    for root in roots {
      needed[root] = true
      top = max(top, root)
    }
    var result: [(entry: ColumnEntry, index: Int)] = []
    for index in stride(from: top, through: 0, by: -1) where needed[index] {
      for operand in nodes[index].operands { needed[operand] = true }
      if case .variable(let entry, let column) = nodes[index] { result.append((entry, column)) }
    }
    return result.reversed()
  }
}
