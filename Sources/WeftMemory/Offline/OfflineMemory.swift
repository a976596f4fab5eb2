/// Memory that replays a log: it recovers previous times and data, and keeps every split and merge of blocks.
///
/// This is the general path to records and the oracle for runs that make theirs online.
public struct OfflineMemory: ~Copyable, @unchecked Sendable {  // one owner, so sending it sends the memory
  public let configuration: MemoryConfiguration
  let table: SpaceTable
  var blockMap: BlockMap
  /// Cells per block at the beginning, by slot.
  let initialSizes: [Int]
  /// Whether the final block size is the caller's choice.
  let isStandalone: Bool
  /// The time of the next access.
  public internal(set) var timestamp = Timestamp.first
  /// Entries of the log that were replayed.
  public internal(set) var replayedCount = 0
  public internal(set) var records: MemoryRecords
  public internal(set) var adapterRecords: AccessAdapterRecords

  /// A memory whose blocks have the sizes that a controller with this interface gives them.
  /// - Parameter contextSizes: cells of the EVM contexts' spaces that the controller has at the end.
  public init(
    image: MemoryImage, configuration: MemoryConfiguration, interface: MemoryInterface,
    contextSizes: [UInt64] = [], run: UInt32 = 0
  ) throws(MemoryError) {
    try self.init(image, configuration, contextSizes, run: run, isStandalone: false) {
      $0.kind == .immediate ? 1 : interface.boundarySize(blockSize: $0.blockSize)
    }
  }

  /// A memory with blocks of one size in all spaces, for use without a controller.
  /// - Parameter initialBlockSize: a power of two up to `maxAccessSize`.
  /// - Throws: `blockSizeMismatch` for other sizes.
  public init(
    image: MemoryImage, configuration: MemoryConfiguration, initialBlockSize: Int
  ) throws(MemoryError) {
    let isPowerOfTwo = initialBlockSize > 0 && initialBlockSize & (initialBlockSize &- 1) == 0
    guard isPowerOfTwo, initialBlockSize <= configuration.maxAccessSize else {
      throw .blockSizeMismatch(requested: initialBlockSize, required: configuration.maxAccessSize)
    }
    try self.init(image, configuration, [], run: 0, isStandalone: true) { _ in initialBlockSize }
  }

  private init(
    _ image: MemoryImage, _ configuration: MemoryConfiguration, _ contextSizes: [UInt64], run: UInt32,
    isStandalone: Bool, size: (AddressSpace) -> Int
  ) throws(MemoryError) {
    try configuration.validate(mode: .recorded(.accessLog))
    let spaces = configuration.spaces.sorted { $0.id < $1.id }
    var initialSizes = spaces.map(size)
    var table = try SpaceTable(
      spaces, contextLimit: contextSizes.count, tracking: .none, maxAccessSize: configuration.maxAccessSize)
    for (number, cellCount) in contextSizes.enumerated() {
      _ = try table.addContext(cellCount: cellCount)
      initialSizes.append(size(.context(number, cellCount: cellCount)))
    }
    try table.validate(image)
    let blockMap = try BlockMap(table, initialSizes: initialSizes)
    let records = try MemoryRecords(limit: configuration.accessLimit, run: run)
    adapterRecords = try AccessAdapterRecords(
      limit: min(configuration.accessLimit, 1 << 26) &* 4 &+ 4 &* BlockMap.recordsPerAccess)
    table.replaceContents(with: image)
    self.table = table
    self.blockMap = blockMap
    self.records = records
    self.initialSizes = initialSizes
    self.configuration = configuration
    self.isStandalone = isStandalone
  }

  /// The contents at this moment.
  public var image: MemoryImage { table.image() }

  /// The record with this number; nil for idle ticks and numbers of other runs.
  public func record(_ id: RecordID) -> MemoryRecord? { records.record(id) }

  /// Reads cells at the next time. Any pointer is allowed: borders are made by splits and merges.
  @discardableResult
  public mutating func read(_ address: MemoryAddress, count: Int) throws(MemoryError) -> RecordID {
    let range = MemoryRange(address, count: count)
    if address.space == .immediate { return try readImmediate(range) }
    let (slot, space) = try checked(range)
    let time = access(slot, space, address.pointer, UInt32(truncatingIfNeeded: count))
    let data = slot.cell(address.pointer)
    return append(.read, slot, range, previousTimestamp: time, data: data)
  }

  /// Writes stored cells at the next time.
  @discardableResult
  public mutating func write(
    _ source: UnsafeRawBufferPointer, to address: MemoryAddress
  ) throws(MemoryError) -> RecordID {
    let shift = Int(table.slot(address.space)?.pointee.cellShift ?? 0)
    let range = MemoryRange(address, count: source.count >> shift)
    let (slot, space) = try checked(range)
    guard let bytes = source.baseAddress, source.count == slot.byteCount(range.count) else {
      throw .bufferSizeMismatch(range, expected: slot.byteCount(range.count), actual: source.count)
    }
    for (index, value) in cells(source, isWide: shift != 0).enumerated() where value > slot.kind.maximumCell {
      throw .nonCanonicalCell(value, at: MemoryAddress(address.space, address.pointer &+ UInt32(index)))
    }
    let time = access(slot, space, address.pointer, UInt32(truncatingIfNeeded: range.count))
    let id = append(.write, slot, range, previousTimestamp: time, data: bytes)
    slot.cell(address.pointer).copyMemory(from: bytes, byteCount: source.count)
    return id
  }

  /// Writes cell values at the next time.
  @discardableResult
  public mutating func write(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) -> RecordID {
    let kind = table.slot(address.space)?.pointee.kind ?? .byte
    if let index = values.firstIndex(where: { $0 > kind.maximumCell }) {
      throw .nonCanonicalCell(
        values[index], at: MemoryAddress(address.space, address.pointer &+ UInt32(index)))
    }
    let bytes = storedBytes(values, isWide: kind == .native)
    return try bytes.span.bytes.withUnsafeBytes { buffer throws(MemoryError) in
      try write(buffer, to: address)
    }
  }

  /// Advances the clock without an access; takes a record number unless `ticks` is 0.
  public mutating func advanceTimestamp(by ticks: UInt32 = 1) throws(MemoryError) {
    guard ticks > 0 else { return }
    try reserve(nil, ticks: ticks)
    records.appendAdvance(by: ticks, timestamp: timestamp)
    timestamp &+= ticks
  }

  private mutating func readImmediate(_ range: MemoryRange) throws(MemoryError) -> RecordID {
    guard range.count == 1 else { throw .invalidAccessSize(range, maximum: 1) }
    guard range.address.pointer < AddressSpace.fieldOrder else {
      throw .nonCanonicalCell(range.address.pointer, at: range.address)
    }
    try reserve(range, ticks: 1)
    let id = RecordID(index: UInt32(truncatingIfNeeded: records.count), run: records.run)
    records.appendImmediate(
      AccessHeader(.read, log2Count: 0, space: .immediate, isWide: true), pointer: range.address.pointer,
      timestamp: timestamp)
    timestamp &+= 1
    return id
  }

  /// Checks an access completely; what follows cannot fail.
  private func checked(
    _ range: MemoryRange
  ) throws(MemoryError) -> (slot: SpaceSlot, space: Int) {
    guard let slot = table.slot(range.address.space), slot.pointee.kind != .immediate else {
      throw .invalidAddressSpace(range)
    }
    let maximum = configuration.maxAccessSize
    guard range.count > 0 else { throw .invalidAccessSize(range, maximum: maximum) }
    guard range.count & (range.count &- 1) == 0 else { throw .sizeNotPowerOfTwo(range) }
    guard range.count <= maximum else { throw .invalidAccessSize(range, maximum: maximum) }
    guard range.end <= slot.pointee.cellCount else {
      throw .addressOutOfBounds(range, limit: slot.pointee.cellCount)
    }
    try reserve(range, ticks: 1, dataBytes: slot.pointee.byteCount(range.count))
    return (slot.pointee, slot - table.slots)
  }

  private func reserve(
    _ range: MemoryRange?, ticks: UInt32, dataBytes: Int = 0
  ) throws(MemoryError) {
    let requested = UInt64(timestamp) &+ UInt64(ticks)
    guard requested <= configuration.lastTimestamp else {
      throw .timestampViolation(range, current: timestamp, requested: requested)
    }
    guard records.hasRoom(pieces: 1, dataBytes: dataBytes) else {
      throw .logLimitReached(range, limit: records.limit)
    }
    guard adapterRecords.hasRoomForAccess, blockMap.hasRoomForAccess else {
      throw .logLimitReached(range, limit: adapterRecords.limit)
    }
  }

  /// Makes a range one block and sets its time.
  /// - Returns: the time of its last access.
  private mutating func access(
    _ slot: SpaceSlot, _ space: Int, _ pointer: UInt32, _ size: UInt32
  ) -> UInt32 {
    let block = blockMap.access(slot, space, pointer, size, &adapterRecords)
    blockMap.setTimestamp(timestamp, space, pointer)
    return block.timestamp
  }

  private mutating func append(
    _ kind: MemoryAccessKind, _ slot: SpaceSlot, _ range: MemoryRange, previousTimestamp: UInt32,
    data: UnsafeRawPointer
  ) -> RecordID {
    let id = RecordID(index: UInt32(truncatingIfNeeded: records.count), run: records.run)
    records.append(
      AccessHeader(
        kind, log2Count: UInt8(truncatingIfNeeded: range.count.trailingZeroBitCount), space: slot.id,
        isWide: slot.cellShift != 0),
      pointer: range.address.pointer, timestamp: timestamp, previousTimestamp: previousTimestamp,
      data: data, previous: slot.cell(range.address.pointer))
    timestamp &+= 1
    return id
  }
}
