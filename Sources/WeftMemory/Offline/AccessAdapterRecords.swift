/// One halving or joining of a block, a row of the adapter chip of its size.
public struct AccessAdapterRecord: Hashable, Sendable {
  public enum Kind: UInt8, Sendable { case split, merge }

  public var kind: Kind
  /// The whole block.
  public var address: MemoryAddress
  /// Times of the halves; equal for a split.
  public var leftTimestamp: UInt32
  public var rightTimestamp: UInt32
  /// The cells of the whole block, as they were before the access that caused the record.
  public var data: [UInt32]

  public init(
    kind: Kind, address: MemoryAddress, leftTimestamp: UInt32, rightTimestamp: UInt32, data: [UInt32]
  ) {
    self.kind = kind
    self.address = address
    self.leftTimestamp = leftTimestamp
    self.rightTimestamp = rightTimestamp
    self.data = data
  }

  /// Cells of the whole block.
  public var size: Int { data.count }
  /// The time of the whole block.
  public var timestamp: UInt32 { max(leftTimestamp, rightTimestamp) }
}

/// Every split and merge of a run, in the order they happened.
public struct AccessAdapterRecords: ~Copyable, Sendable {
  /// The fixed part of a record.
  @frozen
  public struct Header: Sendable, BitwiseCopyable {
    /// The block; `write` marks a merge, `read` a split.
    @usableFromInline var block: AccessHeader
    public var pointer: UInt32
    /// Times of the halves; equal for a split.
    public var leftTimestamp: UInt32
    public var rightTimestamp: UInt32
    /// Up to eight bytes: the data. Else: where it begins in the arena.
    @usableFromInline var payload: UInt64

    @inlinable public var kind: AccessAdapterRecord.Kind { block.kind == .write ? .merge : .split }
    @inlinable public var space: AddressSpaceID { block.space }
  }

  @usableFromInline private(set) var headers: ReservedVector<Header>
  @usableFromInline private(set) var arena: ReservedVector<UInt8>
  /// Splits and merges by log2 of the size.
  private var splits = InlineArray<6, Int>(repeating: 0)
  private var merges = InlineArray<6, Int>(repeating: 0)

  init(limit: Int) throws(MemoryError) {
    let headers = try ReservedVector<Header>(limit: limit)
    arena = try ReservedVector(limit: limit &* 64)
    self.headers = headers
  }

  public var count: Int { headers.count }
  var limit: Int { headers.limit }

  /// Whether all records that one access can cause fit.
  var hasRoomForAccess: Bool {
    headers.remaining >= BlockMap.recordsPerAccess && arena.remaining >= BlockMap.recordsPerAccess &* 128
  }

  mutating func append(
    _ kind: AccessAdapterRecord.Kind, _ slot: SpaceSlot, pointer: UInt32, size: UInt32, left: UInt32,
    right: UInt32
  ) {
    let log2 = size.trailingZeroBitCount
    let block = AccessHeader(
      kind == .merge ? .write : .read, log2Count: UInt8(truncatingIfNeeded: log2), space: slot.id,
      isWide: slot.cellShift != 0)
    let payload: UInt64
    if block.byteCount <= 8 {
      payload = littleEndianPayload(slot.cell(pointer), byteCount: block.byteCount)
    } else {
      payload = UInt64(truncatingIfNeeded: arena.count)
      arena.append(copying: slot.cell(pointer), count: block.byteCount)
    }
    headers.append(
      Header(block: block, pointer: pointer, leftTimestamp: left, rightTimestamp: right, payload: payload))
    if kind == .merge { merges[log2 & 7] &+= 1 } else { splits[log2 & 7] &+= 1 }
  }

  public subscript(index: Int) -> AccessAdapterRecord? {
    withRecord(index) { header, data in
      AccessAdapterRecord(
        kind: header.kind, address: MemoryAddress(header.space, header.pointer),
        leftTimestamp: header.leftTimestamp, rightTimestamp: header.rightTimestamp,
        data: cells(data.bytes, isWide: data.isWide))
    }
  }

  /// All records sorted by address, those of one address in the order they happened: the order of rows.
  public var sorted: [AccessAdapterRecord] {
    let order = (0..<headers.count).map { index in
      let header = headers.base[index]
      return (address: MemoryAddress(header.block.space, header.pointer), index: index)
    }.sorted { ($0.address, $0.index) < ($1.address, $1.index) }
    return order.compactMap { self[$0.index] }
  }

  /// The numbers of the records of one size in the order of rows.
  public func rowOrder(size: Int) -> [UInt32] {
    guard Self.isSize(size) else { return [] }
    var keys: [(address: UInt64, index: UInt32)] = []
    keys.reserveCapacity(splitCount(size: size) &+ mergeCount(size: size))
    for index in 0..<headers.count where headers.base[index].block.count == size {
      let header = headers.base[index]
      let address = UInt64(header.space.rawValue) &<< 32 | UInt64(header.pointer)
      keys.append((address, UInt32(truncatingIfNeeded: index)))
    }
    keys.sort { ($0.address, $0.index) < ($1.address, $1.index) }
    return keys.map(\.index)
  }

  /// Gives a record's fixed part and its stored cells to a closure; nil outside the records.
  @inlinable
  public func withRecord<Result, Failure: Error>(
    _ index: Int, _ body: (Header, StoredCells) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard index >= 0, index < headers.count else { return nil }
    let header = headers.base[index]
    let (size, isWide) = (header.block.byteCount, header.block.isWide)
    guard size > 8 else {
      return try withUnsafeBytes(of: header.payload.littleEndian) { bytes throws(Failure) in
        try body(header, StoredCells(UnsafeRawBufferPointer(rebasing: bytes[0..<size]), isWide: isWide))
      }
    }
    let start = UnsafeRawPointer(arena.base + Int(truncatingIfNeeded: header.payload))
    return try body(header, StoredCells(UnsafeRawBufferPointer(start: start, count: size), isWide: isWide))
  }

  /// Splits of blocks of `size` cells (2, 4, 8, 16 or 32).
  public func splitCount(size: Int) -> Int { Self.isSize(size) ? splits[size.trailingZeroBitCount] : 0 }
  /// Merges into blocks of `size` cells (2, 4, 8, 16 or 32).
  public func mergeCount(size: Int) -> Int { Self.isSize(size) ? merges[size.trailingZeroBitCount] : 0 }

  /// The sizes that have adapters.
  public static let sizes = [2, 4, 8, 16, 32]

  private static func isSize(_ size: Int) -> Bool { sizes.contains(size) }
}
