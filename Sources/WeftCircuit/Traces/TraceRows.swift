import WeftField

/// Rows of a trace that a chip fills. Several threads fill disjoint rows at once.
public struct TraceRows: @unchecked Sendable {
  /// The first element of row 0 of the trace.
  @usableFromInline let base: UnsafeMutablePointer<BabyBear>
  /// Columns.
  public let width: Int
  /// The rows to fill, as numbers in the trace.
  public let rows: Range<Int>

  @inlinable
  init(base: UnsafeMutablePointer<BabyBear>, width: Int, rows: Range<Int>) {
    self.base = base
    self.width = width
    self.rows = rows
  }

  /// Some of the rows.
  @inlinable
  public func restricted(to rows: Range<Int>) -> TraceRows {
    TraceRows(base: base, width: width, rows: rows.clamped(to: self.rows))
  }

  /// The rows as values of their layout, by number in the trace; only `rows` may be touched.
  @inlinable
  public func bound<C: ColumnLayout>(to layout: C.Type) throws(TraceError) -> UnsafeMutablePointer<C>
  where C.Cell == BabyBear {
    guard C.width == width, MemoryLayout<C>.stride == width &* MemoryLayout<BabyBear>.stride else {
      throw .layoutMismatch(layout: "\(C.self)", columns: C.width, width: width)
    }
    return UnsafeMutableRawPointer(base).assumingMemoryBound(to: C.self)
  }

  /// Calls a closure for every row with its number in the trace.
  @inlinable
  public func forEach<C: ColumnLayout>(
    _ layout: C.Type, _ body: (Int, inout C) throws(TraceError) -> Void
  ) throws(TraceError) where C.Cell == BabyBear {
    let pointer = try bound(to: layout)
    var row = rows.lowerBound
    while row < rows.upperBound {
      try body(row, &pointer[row])
      row &+= 1
    }
  }

  /// The cells of a row; nil outside `rows`.
  @inlinable
  public func cells(_ row: Int) -> UnsafeMutableBufferPointer<BabyBear>? {
    guard rows.contains(row) else { return nil }
    return UnsafeMutableBufferPointer(start: base + row &* width, count: width)
  }
}
