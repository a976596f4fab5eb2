/// The finished records of a run, by `RecordID`: 24 bytes each, and their data where it exceeds four bytes.
///
/// Replay fills one; a run in the online form fills one directly. Idle ticks take an index and have no record.
public struct MemoryRecords: ~Copyable, Sendable {
  /// The fixed part of a record.
  @frozen
  public struct Header: Hashable, Sendable, BitwiseCopyable {
    public var access: AccessHeader
    public var pointer: UInt32
    public var timestamp: UInt32
    public var previousTimestamp: UInt32
    /// Up to four bytes: data, and previous data in the upper half. Else: where both begin in the arena,
    /// the data first; a read keeps its data once.
    public var payload: UInt64
  }

  @usableFromInline private(set) var headers: ReservedVector<Header>
  @usableFromInline private(set) var arena: ReservedVector<UInt8>
  let run: UInt32

  /// - Parameters:
  ///   - limit: records there is room for; address space is reserved for them.
  ///   - capacity: records that are expected.
  init(limit: Int, capacity: Int = 0, run: UInt32) throws(MemoryError) {
    let headers = try ReservedVector<Header>(limit: limit)
    headers.reserve.prepare(byteCount: min(capacity, limit) &* MemoryLayout<Header>.stride)
    arena = try ReservedVector(limit: limit &* 64)
    self.headers = headers
    self.run = run
  }

  /// Records and idle ticks so far.
  public var count: Int { headers.count }
  public var limit: Int { headers.limit }
  /// Bytes the records occupy.
  public var byteCount: Int { headers.count &* MemoryLayout<Header>.stride &+ arena.count }
  var arenaCount: Int { arena.count }

  /// Whether so many records with so many bytes of data in all fit.
  @usableFromInline
  func hasRoom(pieces: Int, dataBytes: Int) -> Bool {
    headers.remaining >= pieces && arena.remaining >= dataBytes &* 2
  }

  /// Appends the record of an access; the caller has checked `hasRoom`.
  /// - Parameter previous: the cells before a write; ignored for a read.
  mutating func append(
    _ access: AccessHeader, pointer: UInt32, timestamp: UInt32, previousTimestamp: UInt32,
    data: UnsafeRawPointer, previous: UnsafeRawPointer
  ) {
    let size = access.byteCount
    let isRead = access.kind == .read
    let payload: UInt64
    if size <= 4 {
      let now = littleEndianPayload(data, byteCount: size)
      payload = now | (isRead ? now : littleEndianPayload(previous, byteCount: size)) &<< 32
    } else {
      payload = UInt64(truncatingIfNeeded: arena.count)
      arena.append(copying: data, count: size)
      if !isRead { arena.append(copying: previous, count: size) }
    }
    headers.append(
      Header(
        access: access, pointer: pointer, timestamp: timestamp, previousTimestamp: previousTimestamp,
        payload: payload))
  }

  /// Appends the read of an immediate, whose data is the pointer; the caller has checked `hasRoom`.
  mutating func appendImmediate(_ access: AccessHeader, pointer: UInt32, timestamp: UInt32) {
    let value = UInt64(pointer)
    headers.append(
      Header(
        access: access, pointer: pointer, timestamp: timestamp, previousTimestamp: Timestamp.initial,
        payload: value | value &<< 32))
  }

  /// Takes an index for idle ticks; the caller has checked `hasRoom`.
  mutating func appendAdvance(by ticks: UInt32, timestamp: UInt32) {
    headers.append(
      Header(
        access: .advance, pointer: 0, timestamp: timestamp, previousTimestamp: 0, payload: UInt64(ticks)))
  }

  /// The record with this number; nil for idle ticks, numbers of other runs and numbers not given.
  public func record(_ id: RecordID) -> MemoryRecord? {
    index(of: id).flatMap { self[$0] }
  }

  /// The index of a number; nil for numbers of other runs and numbers not given.
  public func index(of id: RecordID) -> Int? {
    (id.run == run || id.run == 0) && Int(id.index) < headers.count ? Int(id.index) : nil
  }

  /// The record at an index; nil for idle ticks and outside the records.
  public subscript(index: Int) -> MemoryRecord? {
    withRecord(index) { header, kind, data, previous in
      MemoryRecord(
        address: MemoryAddress(header.access.space, header.pointer), kind: kind,
        timestamp: header.timestamp, previousTimestamp: header.previousTimestamp,
        data: cells(data.bytes, isWide: data.isWide), previousData: cells(previous.bytes, isWide: data.isWide)
      )
    }
  }

  /// Gives a record's fixed part, its kind, its cells and those before it to a closure, without copying them; nil for
  /// idle ticks and outside the records.
  @inlinable
  public func withRecord<Result, Failure: Error>(
    _ index: Int,
    _ body: (Header, MemoryAccessKind, _ data: StoredCells, _ previous: StoredCells) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard index >= 0, index < headers.count else { return nil }
    let header = headers.base[index]
    guard let kind = header.access.kind else { return nil }
    let (size, isWide) = (header.access.byteCount, header.access.isWide)
    guard size > 4 else {
      return try withUnsafeBytes(of: header.payload.littleEndian) { bytes throws(Failure) in
        try body(
          header, kind, StoredCells(UnsafeRawBufferPointer(rebasing: bytes[0..<size]), isWide: isWide),
          StoredCells(UnsafeRawBufferPointer(rebasing: bytes[4..<4 &+ size]), isWide: isWide))
      }
    }
    let start = UnsafeRawPointer(arena.base + Int(truncatingIfNeeded: header.payload))
    let data = UnsafeRawBufferPointer(start: start, count: size)
    let previous = kind == .read ? data : UnsafeRawBufferPointer(start: start + size, count: size)
    return try body(header, kind, StoredCells(data, isWide: isWide), StoredCells(previous, isWide: isWide))
  }

  /// The indices of the accesses that a condition selects, ascending.
  public func indices(where isIncluded: (AccessHeader) -> Bool) -> [UInt32] {
    (0..<UInt32(truncatingIfNeeded: headers.count)).filter { index in
      let access = headers.base[Int(index)].access
      return access.kind != nil && isIncluded(access)
    }
  }

  /// How far the clock went at an index: the ticks of an idle entry, 1 for an access, 0 outside the records.
  public func ticks(at index: Int) -> UInt32 {
    guard index >= 0, index < headers.count else { return 0 }
    let header = headers.base[index]
    return header.access.kind == nil ? UInt32(truncatingIfNeeded: header.payload) : 1
  }

  mutating func truncate(to count: Int, arenaCount: Int) {
    headers.truncate(to: count)
    arena.truncate(to: arenaCount)
  }
}

/// Stored bytes as cells.
func cells(_ bytes: UnsafeRawBufferPointer, isWide: Bool) -> [UInt32] {
  isWide
    ? (0..<bytes.count >> 2).map { bytes.loadUnaligned(fromByteOffset: $0 << 2, as: UInt32.self) }
    : bytes.map(UInt32.init)
}

/// Cells as stored bytes.
func storedBytes(_ cells: [UInt32], isWide: Bool) -> [UInt8] {
  isWide
    ? cells.withUnsafeBytes { [UInt8]($0) }
    : cells.map { UInt8(truncatingIfNeeded: $0) }
}
