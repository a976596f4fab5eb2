import Glibc
import WeftField

/// A dense table of field elements, one row after the other.
///
/// Rows are contiguous, so a row is a value of its layout in memory. Copies share the memory until one is changed. New
/// traces are zero; pages that nobody writes take no memory.
public struct Trace: Sendable {
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int
  private var storage: TraceStorage

  /// A trace of zeros.
  public init(height: Int, width: Int) throws(TraceError) {
    guard let storage = TraceStorage(count: height, width) else {
      throw .outOfMemory(rows: height, columns: width)
    }
    self.height = height
    self.width = width
    self.storage = storage
  }

  /// A trace of given rows, all of the length of the first.
  public init(rows: [[BabyBear]]) throws(TraceError) {
    let width = rows.first?.count ?? 0
    try self.init(height: rows.count, width: width)
    for (index, row) in rows.enumerated() {
      guard row.count == width else {
        throw .badShape(air: "(rows)", what: "the length of row \(index)", expected: width, found: row.count)
      }
      for (column, value) in row.enumerated() { self[index, column] = value }
    }
  }

  /// The number of cells.
  public var cellCount: Int { height * width }

  /// The memory: `height · width` elements, row by row. Valid while this trace, unchanged, is.
  public var elements: UnsafePointer<BabyBear> { UnsafePointer(storage.base) }

  /// A cell. Outside the trace reading gives zero and writing does nothing; nor does writing where a shared trace
  /// cannot be copied for want of memory.
  public subscript(row: Int, column: Int) -> BabyBear {
    get {
      guard contains(row, column) else { return .zero }
      return storage.base[row &* width &+ column]
    }
    set {
      guard contains(row, column) else { return }
      guard makeUnique() else { return }
      storage.base[row &* width &+ column] = newValue
    }
  }

  private func contains(_ row: Int, _ column: Int) -> Bool {
    row >= 0 && row < height && column >= 0 && column < width
  }

  /// A column, as an array.
  public func column(_ column: Int) -> [BabyBear] { (0..<height).map { self[$0, column] } }

  /// A row, as an array.
  public func row(_ row: Int) -> [BabyBear] { (0..<width).map { self[row, $0] } }

  /// Gives the rows to a closure that changes them.
  public mutating func withRows<R>(_ body: (TraceRows) throws(TraceError) -> R) throws(TraceError) -> R {
    guard makeUnique() else { throw .outOfMemory(rows: height, columns: width) }
    return try body(TraceRows(base: storage.base, width: width, rows: 0..<height))
  }

  private mutating func makeUnique() -> Bool {
    if isKnownUniquelyReferenced(&storage) { return true }
    guard let copy = TraceStorage(count: height, width) else { return false }
    copy.base.update(from: storage.base, count: height &* width)
    storage = copy
    return true
  }

  /// The smallest power of two that is not below `rows`; 1 for none.
  public static func paddedHeight(_ rows: Int) -> Int {
    rows <= 1 ? 1 : 1 << (Int.bitWidth - (rows - 1).leadingZeroBitCount)
  }
}

extension Trace: Equatable {
  public static func == (left: Trace, right: Trace) -> Bool {
    left.height == right.height && left.width == right.width
      && (left.cellCount == 0
        || memcmp(left.elements, right.elements, left.cellCount * MemoryLayout<BabyBear>.stride) == 0)
  }
}

/// The memory of a trace. Written by one owner before it is shared.
private final class TraceStorage: @unchecked Sendable {
  let base: UnsafeMutablePointer<BabyBear>
  /// Bytes of a mapping; 0 for memory of the allocator.
  private let mappedBytes: Int

  /// Larger traces get a mapping of their own, in large pages: faults of small ones cost as much as filling them.
  private static var mappingThreshold: Int { 4 << 20 }

  init?(count height: Int, _ width: Int) {
    let (cells, overflow) = height.multipliedReportingOverflow(by: width)
    guard !overflow, height >= 0, width >= 0, cells <= Int.max >> 3 else { return nil }
    let bytes = max(cells, 1) &* MemoryLayout<BabyBear>.stride
    let memory: UnsafeMutableRawPointer
    if bytes >= Self.mappingThreshold {
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
      guard let mapping = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), mapping != MAP_FAILED else {
        return nil
      }
      madvise(mapping, bytes, MADV_HUGEPAGE)
      (memory, mappedBytes) = (mapping, bytes)
    } else {
      guard let block = calloc(bytes, 1) else { return nil }
      (memory, mappedBytes) = (block, 0)
    }
    base = memory.bindMemory(to: BabyBear.self, capacity: max(cells, 1))
  }

  deinit {
    if mappedBytes > 0 { munmap(base, mappedBytes) } else { free(base) }
  }
}
