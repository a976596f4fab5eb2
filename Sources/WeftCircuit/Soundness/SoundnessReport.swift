import WeftField

/// A change of an honest trace.
public struct Mutation: Hashable, Sendable, CustomStringConvertible {
  /// What is changed.
  public enum Kind: Hashable, Sendable {
    /// Cells of one row get other values (canonical).
    case cells(row: Int, [NamedValue])
    /// One column's cells of two rows are exchanged.
    case exchange(column: String, rows: [Int])
    /// A row is copied over another one.
    case duplicate(row: Int, over: Int)
    /// A row is replaced by a row of padding.
    case remove(row: Int)
    /// Two whole rows are exchanged.
    case swap(rows: [Int])
    /// A public value gets another value.
    case publicValue(NamedValue)
  }

  public var air: String
  public var kind: Kind

  public var description: String {
    switch kind {
    case .cells(let row, let cells):
      "\(air), row \(row): " + cells.map { "\($0.name) := \($0.value)" }.joined(separator: ", ")
    case .exchange(let column, let rows): "\(air): \(column) exchanged between the rows \(rows)"
    case .duplicate(let row, let over): "\(air): row \(row) copied over row \(over)"
    case .remove(let row): "\(air): row \(row) removed"
    case .swap(let rows): "\(air): the rows \(rows) exchanged"
    case .publicValue(let value): "\(air): public \(value.name) := \(value.value)"
    }
  }
}

/// A change that nothing noticed.
public struct AcceptedMutation: Hashable, Sendable, CustomStringConvertible {
  /// What the change does to the rest of the system.
  public enum Effect: String, Hashable, Sendable {
    /// Nothing: the cell does not matter.
    case unnoticed = "nobody notices"
    /// What the AIR takes in is the same, what it gives out differs: the result is not determined.
    case otherOutput = "the same input gives another output"
  }

  public var mutation: Mutation
  public var effect: Effect

  public var description: String { "\(mutation): \(effect.rawValue)" }
}

/// What an attack on an AIR found.
public struct SoundnessReport: Sendable, CustomStringConvertible {
  public var air: String
  /// Rows that were attacked.
  public var rows: [Int] = []
  /// Changes that were tried.
  public var mutationCount = 0
  /// Changes that were accepted: the first ones.
  public var accepted: [AcceptedMutation] = []
  /// All changes that were accepted.
  public var acceptedCount = 0
  /// What the honest rows themselves violate.
  public var dishonest: [String] = []
  public var lint: [LintFinding] = []
  /// Constraints that no tried change needed: redundant, or not shown to be needed.
  public var redundantConstraints: [String] = []

  /// Whether honest rows pass, no change was accepted and the lint has no finding.
  public var isSound: Bool { acceptedCount == 0 && dishonest.isEmpty && lint.isEmpty }

  public var description: String {
    var lines = [
      "\(air): \(mutationCount) changes in \(rows.count) rows, \(acceptedCount) accepted"
        + (isSound ? "" : ": not sound")
    ]
    lines += dishonest.map { "  honest rows fail: \($0)" }
    lines += lint.map { "  \($0)" }
    lines += accepted.map { "  accepted: \($0)" }
    lines += redundantConstraints.map { "  not needed by any change: \($0)" }
    return lines.joined(separator: "\n")
  }

  /// Throws when the AIR is not sound.
  public func require() throws(CircuitError) {
    guard !isSound else { return }
    throw .unsound(
      air: air,
      findings: dishonest.map { "honest rows fail: \($0)" } + lint.map(\.description)
        + accepted.map { "accepted: \($0)" })
  }
}
