import WeftField

/// An AIR that also fills its rows, from records of a run. A chip knows nothing of the machine: its records do.
public protocol Chip<Records>: AIR {
  /// What the rows are filled from.
  associatedtype Records: Sendable

  /// Rows that hold something; the trace has the next power of two. Nil: the AIR is absent from the trace set.
  func rowCount(for records: Records) -> Int?

  /// Fills `rows` of the common main part, which are zero. Called from several threads at once for disjoint rows, and
  /// must not depend on how they are cut.
  func fill(_ rows: TraceRows, from records: Records) throws(TraceError)

  /// Fills one row of padding, which is zero. Every row of padding is a copy of it.
  func fillPadding(_ row: TraceRows) throws(TraceError)

  /// The cached parts of the main trace, of the same height.
  func cachedTraces(for records: Records, height: Int) throws(TraceError) -> [Trace]

  /// The AIR's public values.
  func publicValues(for records: Records) -> [BabyBear]
}

extension Chip {
  public func fillPadding(_ row: TraceRows) throws(TraceError) {}

  public func cachedTraces(for records: Records, height: Int) throws(TraceError) -> [Trace] { [] }

  public func publicValues(for records: Records) -> [BabyBear] { [] }
}
