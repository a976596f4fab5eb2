import Glibc

/// A long run of fixed-size records in memory of its own.
///
/// Address space for `byteLimit` bytes is reserved at once and never moves, so that handlers write through a plain
/// cursor; pages appear with use.
public final class RecordBuffer: @unchecked Sendable {  // written by one machine at a time
  /// Bytes of one record.
  public let stride: Int
  private let base: UnsafeMutableRawPointer
  private let capacity: Int
  /// Bytes written.
  public private(set) var byteCount = 0

  /// `nil` when the system refuses the reservation.
  public init?(stride: Int, byteLimit: Int) {
    let capacity = max(byteLimit, stride) & ~4095 &+ 4096
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let base = mmap(nil, capacity, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else {
      return nil
    }
    // One fault per 2 MiB instead of one per 4 KiB: faults cost more than the records. Short runs stay small.
    let small = 1 << 20
    if capacity > small { madvise(base + small, capacity &- small, MADV_HUGEPAGE) }
    self.stride = stride
    self.base = base
    self.capacity = byteLimit
  }

  deinit { munmap(base, capacity & ~4095 &+ 4096) }

  /// Records written.
  public var count: Int { byteCount / stride }

  /// Records there is still room for.
  public var remaining: Int { max(0, capacity &- byteCount) / stride }

  /// Where the next record goes.
  package var cursor: UInt64 { UInt64(UInt(bitPattern: base + byteCount)) }

  /// Takes over what was written up to a cursor.
  package func commit(through cursor: UInt64) {
    byteCount = Int(truncatingIfNeeded: cursor &- UInt64(UInt(bitPattern: base)))
  }

  /// Appends one record; does nothing when there is no room.
  package func append<Record: BitwiseCopyable>(_ record: Record) {
    guard MemoryLayout<Record>.size <= stride, remaining > 0 else { return }
    (base + byteCount).storeBytes(of: record, as: Record.self)
    byteCount &+= stride
  }

  /// Hands all records to a stream and begins anew.
  package func drain(into stream: RecordStream) {
    stream.consume(UnsafeRawBufferPointer(start: base, count: byteCount))
    drainedCount &+= count
    byteCount = 0
  }

  /// Records that were handed to a stream.
  public private(set) var drainedCount = 0

  /// Drops all records from `count` on.
  package func truncate(to count: Int) { byteCount = min(byteCount, count &* stride) }

  /// The bytes of all records.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try body(UnsafeRawBufferPointer(start: base, count: byteCount))
  }
}
