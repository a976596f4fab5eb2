import WeftField

/// How often every row of a table is looked up.
public struct LookupCounts: Sendable, Equatable {
  public var counts: [UInt32]

  public init(_ counts: [UInt32]) { self.counts = counts }
}

/// Look-ups of one interaction in some rows, as canonical numbers.
public struct LookupBlock {
  /// `field(i)[l]` is field i of the message of lane l.
  let fields: UnsafePointer<UInt32>
  /// The count of every lane; 0 for rows that look nothing up.
  public let counts: UnsafePointer<UInt32>
  public let laneCount: Int
  public let fieldCount: Int

  @inline(__always)
  public func field(_ index: Int) -> UnsafePointer<UInt32> { fields + index &* EvaluationPlan.lanes }
}

/// A table that other AIRs look things up in: rows that are fixed (preprocessed or committed) and their multiplicities.
public protocol LookupTable: Chip where Records == LookupCounts {
  /// The bus on which the rows are provided.
  var bus: Bus { get }

  /// Counters: one for every row and multiplicity column.
  var counterCount: Int { get }

  /// Whether a message of canonical numbers is in the table.
  func contains(_ message: [UInt32]) -> Bool

  /// Adds every lane's count to the counter of its message. Messages that are not in the table are left out: the
  /// checker finds them on the bus.
  func tally(_ block: LookupBlock, into counters: UnsafeMutablePointer<UInt32>)
}
