/// A hole that the lint sees in an AIR without any trace.
public struct LintFinding: Hashable, Sendable, CustomStringConvertible {
  /// The rules of reference/circuits.md §12.2.
  public enum Rule: String, Hashable, Sendable {
    /// A count that is not provably 0 or 1 (or −1 on a permutation bus).
    case count
    /// The time of an instruction grows by more than interactions times rows.
    case timeStep
    /// Opcodes, buses or their messages differ from what is registered.
    case opcodes
    /// A degree above 3, or a message that is too long or of too high a degree.
    case degree
    /// A selector of rows in an interaction.
    case selector
    /// A row of zeros violates a constraint or sends a message, though padding is zero.
    case zeroRow
    /// A written cell that nothing shows to be a byte.
    case byteCell
    /// A column that no constraint and no interaction mentions.
    case freeColumn
  }

  public var rule: Rule
  public var air: String
  public var message: String
  public var location: SourceLocation?

  public var description: String {
    "\(air): \(rule.rawValue): \(message)" + (location.map { " (\($0))" } ?? "")
  }
}
