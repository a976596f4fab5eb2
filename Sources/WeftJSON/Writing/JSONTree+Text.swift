extension JSONTree {
  /// The value as text that ends with a line break; equal values give equal text.
  ///
  /// - Parameter expandedDepth: containers that stand less deep take a line per element, deeper ones one line in all.
  public func rendered(expandedDepth: Int = 2) -> String {
    var text = ""
    write(to: &text, depth: 0, expandedDepth)
    text += "\n"
    return text
  }

  private func write(to text: inout String, depth: Int, _ expandedDepth: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .string(let value): Self.write(value, to: &text)
    case .array(let elements):
      Self.write(elements, "[", "]", to: &text, depth, expandedDepth) { element, text in
        element.write(to: &text, depth: depth + 1, expandedDepth)
      }
    case .object(let members):
      Self.write(members, "{", "}", to: &text, depth, expandedDepth) { member, text in
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, depth: depth + 1, expandedDepth)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], _ open: String, _ close: String, to text: inout String, _ depth: Int,
    _ expandedDepth: Int, _ body: (Element, inout String) -> Void
  ) {
    let isExpanded = depth < expandedDepth && !elements.isEmpty
    func indent(_ depth: Int) { if isExpanded { text += "\n" + String(repeating: "  ", count: depth) } }
    text += open
    for (index, element) in elements.enumerated() {
      if index > 0 { text += isExpanded ? "," : ", " }
      indent(depth + 1)
      body(element, &text)
    }
    indent(depth)
    text += close
  }

  /// Quotes a string. Controls are escaped, those of terminals (DEL, C1) too.
  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case _ where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
