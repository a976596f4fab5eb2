/// The replayable log of a run: 16 bytes per access or run of idle ticks, in order.
///
/// Times are not stored: entry after entry, an access takes one tick and `advance` takes k. Previous data
/// and previous times come from `OfflineMemory`, which replays the log once.
public struct AccessLog: ~Copyable, @unchecked Sendable {  // one owner, so sending it sends the memory
  /// One entry. Engines in other modules append entries with two 64-bit stores.
  @frozen
  public struct Entry: Hashable, Sendable, BitwiseCopyable {
    public var header: AccessHeader
    public var pointer: UInt32
    /// Writes up to eight bytes: the data, little-endian. Larger writes: where their data begins in the
    /// log's arena. Idle ticks: how many. Reads: 0.
    public var payload: UInt64

    @inlinable @inline(__always)
    public init(_ header: AccessHeader, pointer: UInt32, payload: UInt64) {
      self.header = header
      self.pointer = pointer
      self.payload = payload
    }

    /// The first eight bytes of an entry as one word.
    @inlinable @inline(__always)
    public static func firstWord(_ header: AccessHeader, pointer: UInt32) -> UInt64 {
      UInt64(header.rawValue) | UInt64(pointer) &<< 32
    }
  }

  let entryReserve: MappedReserve
  @usableFromInline let base: UnsafeMutablePointer<Entry>
  @usableFromInline let end: UnsafeMutablePointer<Entry>
  @usableFromInline var cursor: UnsafeMutablePointer<Entry>
  @usableFromInline var arena: ReservedVector<UInt8>
  /// The run whose accesses these are.
  @usableFromInline let run: UInt32
  /// Entries that were handed over by `drain` and are no longer here.
  public private(set) var drainedCount = 0

  /// - Parameters:
  ///   - limit: entries there is room for; address space is reserved for them.
  ///   - capacity: entries that are expected.
  init(limit: Int, capacity: Int, run: UInt32) throws(MemoryError) {
    let reserve = try MappedReserve(byteCount: UInt64(clamping: limit) &* 16)
    // Room for every access to be the write of a whole 32-byte block.
    let arena = try ReservedVector<UInt8>(limit: limit &* 32)
    reserve.prepare(byteCount: min(capacity, limit) &* 16)
    base = reserve.base.assumingMemoryBound(to: Entry.self)
    cursor = base
    end = base + limit
    entryReserve = reserve
    self.arena = arena
    self.run = run
  }

  /// Entries so far.
  @inlinable public var count: Int { cursor - base }
  /// Entries there is still room for.
  @inlinable public var remaining: Int { end - cursor }
  public var limit: Int { end - base }
  /// Bytes the log occupies.
  public var byteCount: Int { count &* MemoryLayout<Entry>.stride &+ arena.count }

  /// The entries, for as long as the log is neither changed nor destroyed.
  public var entries: UnsafeBufferPointer<Entry> { UnsafeBufferPointer(start: base, count: count) }

  /// The data of a write, valid as long as `entries`; nil where the entry is not a write or is malformed.
  public func withData<Result: ~Copyable, Failure: Error>(
    of entry: Entry, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard entry.header.isValid, entry.header.kind == .write else { return nil }
    let size = entry.header.byteCount
    if size <= 8 {
      return try withUnsafeBytes(of: entry.payload.littleEndian) { buffer throws(Failure) in
        try body(UnsafeRawBufferPointer(rebasing: buffer.prefix(size)))
      }
    }
    guard entry.payload <= UInt64(arena.count), UInt64(arena.count) &- entry.payload >= UInt64(size) else {
      return nil
    }
    return try body(
      UnsafeRawBufferPointer(start: arena.base + Int(truncatingIfNeeded: entry.payload), count: size))
  }

  @inlinable @inline(__always)
  mutating func append(_ header: AccessHeader, pointer: UInt32, payload: UInt64) {
    cursor.initialize(to: Entry(header, pointer: pointer, payload: payload))
    cursor += 1
  }

  /// Appends a write; the caller has checked that entry and data fit.
  mutating func appendWrite(_ header: AccessHeader, pointer: UInt32, from source: UnsafeRawPointer) {
    let size = header.byteCount
    if size <= 8 {
      append(header, pointer: pointer, payload: littleEndianPayload(source, byteCount: size))
    } else {
      let offset = UInt64(truncatingIfNeeded: arena.count)
      arena.append(copying: source, count: size)
      append(header, pointer: pointer, payload: offset)
    }
  }

  /// Forgets all entries but their number: whoever streams them has taken them.
  mutating func drain() {
    drainedCount &+= count
    cursor = base
    arena.truncate(to: 0)
  }

  mutating func truncate(to count: Int, arenaCount: Int) {
    if count >= 0, count < self.count { cursor = base + count }
    arena.truncate(to: arenaCount)
  }
}

/// Up to eight bytes as a number whose lowest byte is the first.
func littleEndianPayload(_ source: UnsafeRawPointer, byteCount: Int) -> UInt64 {
  var value: UInt64 = 0
  switch byteCount {
  case 1: value = UInt64(source.loadUnaligned(as: UInt8.self))
  case 2: value = UInt64(UInt16(littleEndian: source.loadUnaligned(as: UInt16.self)))
  case 4: value = UInt64(UInt32(littleEndian: source.loadUnaligned(as: UInt32.self)))
  default: value = UInt64(littleEndian: source.loadUnaligned(as: UInt64.self))
  }
  return value
}
