/// What can be wrong with the description of an AIR.
public enum CircuitError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The description contradicts itself; every problem is listed.
  case badDescription(air: String, problems: [String])
  /// The lint found holes; every finding is listed.
  case unsound(air: String, findings: [String])
  /// Buses share a number.
  case duplicateBus(number: Int, first: String, second: String)

  public var description: String {
    switch self {
    case .badDescription(let air, let problems): "AIR \(air): \(problems.joined(separator: "; "))"
    case .unsound(let air, let findings): "AIR \(air) is not sound: \(findings.joined(separator: "; "))"
    case .duplicateBus(let number, let first, let second):
      "bus \(number) is claimed by \(first) and by \(second)"
    }
  }
}
