import WeftField

/// What a column is seen to hold, for reports and exports. Derived from constraints and look-ups.
public enum ColumnKind: Hashable, Sendable, CustomStringConvertible {
  /// 0 or 1.
  case flag
  /// A few values.
  case choice
  /// A byte, by a look-up.
  case byte
  /// A number of so many bits, by a look-up.
  case bits(Int)
  /// Any element.
  case field

  public var description: String {
    switch self {
    case .flag: "flag"
    case .choice: "choice"
    case .byte: "byte"
    case .bits(let count): "bits\(count)"
    case .field: "field"
    }
  }
}

extension SymbolicLint {
  /// What every column of the common main part is seen to hold.
  public func columnKinds() -> [ColumnKind] {
    var kinds = [ColumnKind](repeating: .field, count: air.mainColumns.count)
    for interaction in air.interactions where interaction.role == .lookup {
      for (place, node) in interaction.message.enumerated() {
        guard case .variable(.main(air.mainPart, 0), let column) = air.nodes[node] else { continue }
        if interaction.bus == .bitwise && place < 3 {
          kinds[column] = .byte
        } else if interaction.bus == .range && place == 0,
          case .constant(let bits) = air.nodes[interaction.message[1]]
        {
          kinds[column] = .bits(Int(bits.canonical))
        }
      }
    }
    for column in kinds.indices {
      let variable = Variable(entry: .main(part: air.mainPart, offset: 0), index: column)
      guard let domain = domains.domains[variable] else { continue }
      kinds[column] = Set(domain).isSubset(of: [0, 1]) ? .flag : .choice
    }
    return kinds
  }
}
