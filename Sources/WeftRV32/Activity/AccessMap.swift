import WeftMemory

/// How often a run accessed the parts of an address space, over time.
///
/// A row is a range of cells, a column a range of ticks. Both widen by doubling as the run goes on, so that a map takes
/// the same memory for short runs and long ones, and neither is known beforehand.
public struct AccessMap: Sendable {
  /// The cells of a row that were accessed, with the counts of all columns.
  public struct Row: Sendable, Hashable {
    /// The first cell.
    public let pointer: UInt32
    public let counts: [UInt32]
  }

  /// A page of 4,096 cells.
  public struct Page: Sendable, Hashable {
    /// The first cell.
    public let pointer: UInt32
    public let reads: UInt64
    public let writes: UInt64

    public var accesses: UInt64 { reads + writes }
  }

  public static let columnCount = 256
  private static let rowLimit = 512
  private static let pageShift: UInt32 = 12

  public let space: AddressSpace
  /// log2 of the cells of a row.
  public private(set) var rowShift: UInt32
  /// log2 of the ticks of a column.
  public private(set) var columnShift: UInt32 = 0
  /// Ticks up to the last access.
  public private(set) var lastTime: UInt32 = 0
  /// By number of the row, then by column.
  private var counts: [UInt32] = []
  /// Rows in the order in which they were first accessed.
  private var rowIndices: [UInt32] = []
  /// The number of a row by its index; -1 where there was no access.
  private var rowNumbers: [Int32]
  private var reads: [UInt64]
  private var writes: [UInt64]

  /// Small spaces have a row per block, others one per page.
  init(_ space: AddressSpace) {
    self.space = space
    let blockShift = UInt32(max(1, space.blockSize).trailingZeroBitCount)
    rowShift = space.cellCount <= UInt64(Self.rowLimit) << UInt64(blockShift) ? blockShift : Self.pageShift
    let cells = max(space.cellCount, 1)
    rowNumbers = Array(repeating: -1, count: Int(clamping: (cells - 1) >> UInt64(rowShift)) + 1)
    let pages = Int(clamping: (cells - 1) >> UInt64(Self.pageShift)) + 1
    reads = Array(repeating: 0, count: pages)
    writes = Array(repeating: 0, count: pages)
  }

  /// Counts an access by its first cell; outside the space nothing is counted.
  @inline(__always)
  mutating func note(_ pointer: UInt32, at time: UInt32, isWrite: Bool) {
    let page = Int(pointer >> Self.pageShift)
    guard page < reads.count else { return }
    if isWrite { writes[page] &+= 1 } else { reads[page] &+= 1 }
    if time > lastTime { lastTime = time }
    while time >> columnShift >= UInt32(Self.columnCount) { widenColumns() }
    let index = Int(pointer >> rowShift)
    guard index < rowNumbers.count else { return }
    var number = rowNumbers[index]
    if number < 0 { number = addRow(pointer) }
    counts[Int(number) &* Self.columnCount &+ Int(time >> columnShift)] &+= 1
  }

  private mutating func addRow(_ pointer: UInt32) -> Int32 {
    while rowIndices.count >= Self.rowLimit { widenRows() }
    let index = pointer >> rowShift
    if rowNumbers[Int(index)] >= 0 { return rowNumbers[Int(index)] }
    let number = Int32(rowIndices.count)
    rowNumbers[Int(index)] = number
    rowIndices.append(index)
    counts += [UInt32](repeating: 0, count: Self.columnCount)
    return number
  }

  private mutating func widenColumns() {
    columnShift += 1
    for row in rowIndices.indices {
      let base = row * Self.columnCount
      for column in 0..<Self.columnCount {
        let left =
          2 * column < Self.columnCount ? counts[base + 2 * column] + counts[base + 2 * column + 1] : 0
        counts[base + column] = left
      }
    }
  }

  private mutating func widenRows() {
    let (oldIndices, oldCounts) = (rowIndices, counts)
    rowShift += 1
    rowNumbers = Array(repeating: -1, count: (rowNumbers.count + 1) / 2)
    (rowIndices, counts) = ([], [])
    for (old, index) in oldIndices.enumerated() {
      var number = rowNumbers[Int(index >> 1)]
      if number < 0 {
        number = Int32(rowIndices.count)
        rowNumbers[Int(index >> 1)] = number
        rowIndices.append(index >> 1)
        counts += [UInt32](repeating: 0, count: Self.columnCount)
      }
      for column in 0..<Self.columnCount {
        counts[Int(number) * Self.columnCount + column] += oldCounts[old * Self.columnCount + column]
      }
    }
  }

  // MARK: Results

  public var accesses: UInt64 { reads.reduce(0, +) + writes.reduce(0, +) }

  /// The rows that were accessed, ascending.
  public var rows: [Row] {
    rowIndices.enumerated().sorted { $0.element < $1.element }.map { number, index in
      let base = number * Self.columnCount
      return Row(pointer: index << rowShift, counts: Array(counts[base..<base + Self.columnCount]))
    }
  }

  /// The pages with most accesses, most first.
  public func hotPages(limit: Int) -> [Page] {
    let pages = reads.indices.lazy.filter { reads[$0] + writes[$0] > 0 }.map { page in
      Page(pointer: UInt32(page) << Self.pageShift, reads: reads[page], writes: writes[page])
    }
    return Array(pages.sorted { ($1.accesses, $0.pointer) < ($0.accesses, $1.pointer) }.prefix(limit))
  }
}
