/// How large the traces of a segment may become. The fixed look-up tables, and the program's, do not count: their sizes do
/// not depend on the run.
public struct SegmentLimits: Sendable, Hashable {
  /// Rows of an AIR, padding included.
  public var rows = 1 << 22
  /// Cells of all AIRs together, padding included; each takes four bytes. By default a gibibyte.
  public var cells = 1 << 28
  /// Interactions of all rows together. All multiplicities on a bus must stay below the field's order,
  /// 15·2^27 + 1. (reference/circuits.md §2)
  public var interactions = 1 << 30
  /// Instructions; nil for no limit of their number.
  public var instructions: UInt64?

  public init() {}

  /// The last time of a segment's clock.
  static var lastTimestamp: Int { 1 << 29 - 1 }

  /// What is wrong with the limits, if anything.
  var fault: String? {
    if rows < 1 { return "\(rows) rows" }
    if rows > RV32Circuit.rowLimit { return "\(rows) rows, at most \(RV32Circuit.rowLimit) are possible" }
    if cells < 1 { return "\(cells) cells" }
    if interactions < 1 { return "\(interactions) interactions" }
    if interactions > 3 << 29 { return "\(interactions) interactions, at most \(3 << 29) are possible" }
    if instructions == 0 { return "0 instructions" }
    return nil
  }
}

/// The most that the traces of a segment can take, as the metered run has measured it.
public struct SegmentSize: Sendable, Hashable {
  /// Rows by AIR, without padding, of those whose height depends on the run. Executors have exactly so many; memory has
  /// at most those of all registers more, and hashes are shared.
  public var rows: [String: Int]
  /// Rows of the tallest AIR, padding included.
  public var height: Int
  /// Cells of these AIRs, padding included.
  public var cells: Int
  /// Interactions of all their rows.
  public var interactions: Int
}
