/// A controller behind a buffer that collects writes of a host, to perform them together.
///
/// Pending writes never overlap and keep their order. Whatever could tell them apart from performed ones (an
/// overlapping access, a tick, a snapshot, the end) performs them first; their records and times are those of
/// that moment. Guest accesses must not go through a buffer: chips expect their times.
public struct WriteBuffer: ~Copyable, Sendable {
  private var memory: MemoryController
  private var pending: [(range: MemoryRange, values: [UInt32])] = []
  private var pendingPieces = 0
  private var pendingBytes = 0
  /// Pending writes that start a flush.
  public let threshold: Int

  public init(_ memory: consuming MemoryController, threshold: Int = 64) {
    self.memory = memory
    self.threshold = max(1, threshold)
  }

  public var pendingCount: Int { pending.count }

  /// Buffers a write of any length. It is checked now, so that performing it cannot fail.
  public mutating func write(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) {
    let range = MemoryRange(address, count: values.count)
    let (pieces, bytes) = try memory.checkSequence(values, at: address)
    try memory.reserve(range, pieces: pendingPieces &+ pieces, dataBytes: pendingBytes &+ bytes)
    try flush(before: range)
    pending.append((range, values))
    pendingPieces &+= pieces
    pendingBytes &+= bytes
    if pending.count >= threshold { try flush() }
  }

  /// Reads cells of any number, after pending writes that overlap them.
  public mutating func read(
    _ address: MemoryAddress, count: Int
  ) throws(MemoryError) -> DynamicAccess {
    let range = MemoryRange(address, count: count)
    let pieces = try memory.plan(range).pieceCount
    try memory.reserve(range, pieces: pendingPieces &+ pieces, dataBytes: pendingBytes &+ 4 &* count)
    try flush(before: range)
    return try memory.readSequence(at: address, count: count)
  }

  /// Performs the pending writes, then advances the clock.
  public mutating func advanceTimestamp(by ticks: UInt32 = 1) throws(MemoryError) {
    try flush()
    try memory.advanceTimestamp(by: ticks)
  }

  /// Performs the pending writes, then takes a snapshot.
  public mutating func snapshot() throws(MemoryError) -> MemorySnapshot {
    try flush()
    return memory.snapshot()
  }

  /// Performs the pending writes in the order they were made.
  public mutating func flush() throws(MemoryError) {
    for write in pending { try memory.writeSequence(write.values, at: write.range.address) }
    pending.removeAll(keepingCapacity: true)
    (pendingPieces, pendingBytes) = (0, 0)
  }

  private mutating func flush(before range: MemoryRange) throws(MemoryError) {
    let overlaps = pending.contains {
      $0.range.address.space == range.address.space
        && UInt64($0.range.address.pointer) < range.end && UInt64(range.address.pointer) < $0.range.end
    }
    if overlaps { try flush() }
  }

  /// Performs the pending writes and gives the controller back.
  public consuming func finish() throws(MemoryError) -> MemoryController {
    try flush()
    return memory
  }
}

extension MemoryController {
  /// Checks a write of any length but for the room in clock and log.
  /// - Returns: the accesses it takes and the bytes it stores.
  mutating func checkSequence(
    _ values: [UInt32], at address: MemoryAddress
  ) throws(MemoryError) -> (pieces: Int, bytes: Int) {
    let range = MemoryRange(address, count: values.count)
    let slot = try placed(range)
    let plan = try checkedPlan(range, .write)
    let kind = slot.pointee.kind
    if let index = values.firstIndex(where: { $0 > kind.maximumCell }) {
      let pointer = address.pointer &+ UInt32(truncatingIfNeeded: index)
      throw .nonCanonicalCell(values[index], at: MemoryAddress(address.space, pointer))
    }
    return (plan.pieceCount, slot.pointee.byteCount(values.count))
  }
}
