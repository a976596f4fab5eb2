import WeftField

extension SymbolicLint {
  /// A formula that is a number below a limit where a count is 1.
  private struct Bound {
    var formula: Formula
    /// 256 at most.
    var limit: UInt32
    var count: Formula
  }

  /// (f) Every written cell is looked up, received, a constant, a choice among such, or a sum of a small number and a
  /// constant that together stay below 256.
  func byteCells() -> [LintFinding] {
    guard !air.byteObligations.isEmpty else { return [] }
    let bounds = bounds()
    return air.byteObligations.compactMap { obligation in
      let cell = Formula(air, obligation.cell)
      let enabled = Formula(air, obligation.enabled)
      let open = Set(cell.variables.filter { domains.domains[$0] == nil })
      // Only what speaks of the cell's own variables matters.
      let related = bounds.filter { bound in bound.formula.variables.contains(where: open.contains) }
      var finite: [Variable] = []
      for formula in [cell, enabled] + related.flatMap({ [$0.formula, $0.count] }) {
        finite += formula.variables.filter { domains.domains[$0] != nil }
      }
      func isShown(widened: Bool) -> Bool {
        var isBounded = true
        let done = domains.enumerate(finite, widened: widened) { value in
          guard isBounded, let on = enabled.linear(value) else { return }
          if on.isConstant && on.constant.isZero { return }
          guard let rest = cell.linear(value) else {
            isBounded = false
            return
          }
          if rest.isConstant {
            if rest.constant.canonical > 255 { isBounded = false }
            return
          }
          let found = related.contains { bound in
            guard let count = bound.count.linear(value) else { return false }
            // It happens: its count is 1 (−1 for what is received), or is the very condition of the write.
            let magnitudes = [count, count.scaled(.minusOne)]
            guard magnitudes.contains(LinearForm(.one)) || magnitudes.contains(on) else { return false }
            guard let bounded = bound.formula.linear(value) else { return false }
            let difference = rest + bounded.scaled(.minusOne)
            return difference.isConstant && difference.constant.canonical <= 256 - bound.limit
          }
          if !found { isBounded = false }
        }
        return done && isBounded
      }
      if isShown(widened: false) || isShown(widened: true) { return nil }
      let text = air.formula(of: obligation.cell, limit: 80)
      if let reason = obligation.reason {
        // A stated reason needs a look-up for every variable of the cell.
        let bounded = Set(related.flatMap(\.formula.variables))
        if open.isSubset(of: bounded) { return nil }
        return finding(
          .byteCell,
          "\(obligation.label), \(text), is said to be a byte (\(reason)), but no look-up mentions it",
          obligation.location)
      }
      return finding(
        .byteCell, "nothing shows that \(obligation.label), \(text), is a byte", obligation.location)
    }
  }

  /// Fields of byte look-ups, of look-ups of at most 8 bits, and of messages that are received.
  private func bounds() -> [Bound] {
    var result: [Bound] = []
    for interaction in air.interactions {
      let fields: [Int]
      var limit: UInt32 = 256
      switch interaction.role {
      case .lookup where interaction.bus == .bitwise:
        // The third field is a byte where it is an exclusive or, and zero otherwise.
        fields = Array(interaction.message.prefix(3))
      case .lookup where interaction.bus == .range && interaction.message.count == 2:
        guard case .constant(let bits) = air.nodes[interaction.message[1]], bits.canonical <= 8 else {
          continue
        }
        fields = [interaction.message[0]]
        limit = 1 << bits.canonical
      case .receive: fields = interaction.message
      default: continue
      }
      let count = Formula(air, interaction.count)
      for field in fields {
        result.append(Bound(formula: Formula(air, field), limit: limit, count: count))
      }
    }
    return result
  }
}
