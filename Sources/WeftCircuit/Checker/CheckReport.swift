import WeftField

/// A constraint that is not zero in a row.
public struct ConstraintViolation: Hashable, Sendable {
  public var air: String
  public var row: Int
  public var label: String
  public var location: SourceLocation
  /// The constraint's formula.
  public var formula: String
  /// Its value, canonical.
  public var value: UInt32
  /// The columns and public values that the formula looks at, by name; `'` marks the next row.
  public var cells: [NamedValue]
}

/// A name with a canonical value.
public struct NamedValue: Hashable, Sendable {
  public var name: String
  public var value: UInt32
}

/// A count that is neither 0 nor 1 (nor −1 on a permutation bus).
public struct CountViolation: Hashable, Sendable {
  public var air: String
  public var row: Int
  public var interaction: String
  public var location: SourceLocation
  public var count: Int64
}

/// A message whose counts do not cancel.
public struct BusViolation: Hashable, Sendable {
  /// One row's share in a message.
  public struct Contributor: Hashable, Sendable {
    public var air: String
    public var row: Int
    public var interaction: String
    public var location: SourceLocation
    public var count: Int64
  }

  /// A message of the same bus that is unbalanced the other way and differs in one field.
  public struct NearMiss: Hashable, Sendable {
    /// The name of the field.
    public var field: String
    /// The other message's value of the field.
    public var value: UInt32
    public var total: Int64
    public var contributor: Contributor?
  }

  public var bus: String
  public var kind: Bus.Kind
  public var fields: [NamedValue]
  /// What is left over: positive for sends and look-ups, negative for receives and tables.
  public var total: Int64
  public var contributors: [Contributor]
  public var nearMisses: [NearMiss]
  /// A look-up of something that is in no table.
  public var isNotInTable: Bool
}

/// How often a constraint is violated.
public struct ConstraintSummary: Hashable, Sendable {
  public var air: String
  public var label: String
  public var location: SourceLocation
  public var rows: Int
}

/// What the checker found.
public struct CheckReport: Sendable {
  public var airCount = 0
  public var rowCount = 0
  public var cellCount = 0
  /// Every violated constraint with the number of rows.
  public var constraintSummary: [ConstraintSummary] = []
  /// The first violations of every violated constraint.
  public var constraintViolations: [ConstraintViolation] = []
  public var countViolations: [CountViolation] = []
  /// Unbalanced messages: the first ones of every bus.
  public var busViolations: [BusViolation] = []
  /// All unbalanced messages of every unbalanced bus.
  public var unbalancedMessages: [(bus: String, messages: Int)] = []
  /// Other findings, as sentences: multiplicities beyond the field, memory.
  public var otherFindings: [String] = []

  public var isAccepted: Bool {
    constraintSummary.isEmpty && countViolations.isEmpty && unbalancedMessages.isEmpty
      && otherFindings.isEmpty
  }

  /// The number of findings: violated constraints, bad counts, unbalanced messages and others.
  public var violationCount: Int {
    constraintSummary.count + countViolations.count + unbalancedMessages.reduce(0) { $0 + $1.messages }
      + otherFindings.count
  }
}
