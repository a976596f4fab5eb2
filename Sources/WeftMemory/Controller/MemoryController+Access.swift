// Reads and writes of 1 to 32 cells over plain bytes: the core that the typed forms call.
extension MemoryController {
  /// Reads cells as they are stored: a byte per byte cell, four bytes (little-endian) per field cell.
  ///
  /// In space 0 the one cell is the pointer itself, in four bytes.
  /// - Parameters:
  ///   - count: cells, a power of two up to `maxAccessSize`.
  ///   - destination: exactly the bytes that the cells take.
  /// - Returns: the record of the access.
  @discardableResult
  public mutating func read(
    _ address: MemoryAddress, count: Int, into destination: UnsafeMutableRawBufferPointer
  ) throws(MemoryError) -> RecordID {
    let range = MemoryRange(address, count: count)
    let slot = try validate(range, .read)
    let size = slot.pointee.kind == .immediate ? 4 : slot.pointee.byteCount(count)
    guard destination.count == size, let target = destination.baseAddress else {
      throw .bufferSizeMismatch(range, expected: size, actual: destination.count)
    }
    try reserve(range, pieces: 1, dataBytes: size)
    if slot.pointee.kind == .immediate {
      target.storeBytes(of: address.pointer.littleEndian, as: UInt32.self)
      return commitImmediate(address)
    }
    let source = slot.pointee.cell(address.pointer)
    copyBytes(target, source, size)
    return commitRead(slot, address.pointer, count: count)
  }

  /// Writes cells as they are stored: a byte per byte cell, four bytes (little-endian) per field cell.
  /// - Parameter source: the bytes of 1 to `maxAccessSize` cells, a power of two.
  /// - Returns: the record of the access.
  @discardableResult
  public mutating func write(
    _ source: UnsafeRawBufferPointer, to address: MemoryAddress
  ) throws(MemoryError) -> RecordID {
    let shift = Int(table.slot(address.space)?.pointee.cellShift ?? 0)
    let count = source.count >> shift
    let range = MemoryRange(address, count: count)
    let slot = try validate(range, .write)
    guard source.count == count &<< shift, let bytes = source.baseAddress else {
      throw .bufferSizeMismatch(range, expected: count &<< shift, actual: source.count)
    }
    try Self.validateCells(source, at: address, in: slot)
    try reserve(range, pieces: 1, dataBytes: source.count)
    return commitWrite(slot, address.pointer, count: count, from: bytes)
  }

  /// Records a read that has been checked.
  @usableFromInline
  mutating func commitRead(_ slot: Slot, _ pointer: UInt32, count: Int) -> RecordID {
    switch form {
    case .fast: return .none
    case .metered:
      slot.pointee.noteTouch(pointer, count: count)
      counts.reads &+= 1
      clock &+= 1
      return .none
    case .log:
      let id = nextRecordID
      log.append(Self.header(.read, slot, count), pointer: pointer, payload: 0)
      clock &+= 1
      return id
    case .online:
      let data = slot.pointee.cell(pointer)
      return commitOnline(.read, slot, pointer, count: count, data: data)
    }
  }

  /// Stores and records a write that has been checked.
  @usableFromInline
  mutating func commitWrite(
    _ slot: Slot, _ pointer: UInt32, count: Int, from source: UnsafeRawPointer
  ) -> RecordID {
    var id = RecordID.none
    switch form {
    case .fast: break
    case .metered:
      slot.pointee.noteTouch(pointer, count: count)
      counts.writes &+= 1
      clock &+= 1
    case .log:
      id = nextRecordID
      log.appendWrite(Self.header(.write, slot, count), pointer: pointer, from: source)
      clock &+= 1
    case .online:
      id = commitOnline(.write, slot, pointer, count: count, data: source)
    }
    copyBytes(slot.pointee.cell(pointer), source, slot.pointee.byteCount(count))
    return id
  }

  /// Records a read of an immediate: it ticks, but touches no block.
  mutating func commitImmediate(_ address: MemoryAddress) -> RecordID {
    let header = AccessHeader(.read, log2Count: 0, space: .immediate, isWide: true)
    let id = nextRecordID
    switch form {
    case .fast: return .none
    case .metered: counts.reads &+= 1
    case .log: log.append(header, pointer: address.pointer, payload: 0)
    case .online:
      counts.reads &+= 1
      records.appendImmediate(header, pointer: address.pointer, timestamp: clock)
    }
    clock &+= 1
    return id
  }

  private mutating func commitOnline(
    _ kind: MemoryAccessKind, _ slot: Slot, _ pointer: UInt32, count: Int, data: UnsafeRawPointer
  ) -> RecordID {
    let id = nextRecordID
    let block = Int(truncatingIfNeeded: pointer &>> UInt32(slot.pointee.blockShift))
    let time = slot.pointee.region.times + block
    records.append(
      Self.header(kind, slot, count), pointer: pointer, timestamp: clock, previousTimestamp: time.pointee,
      data: data, previous: slot.pointee.cell(pointer))
    time.pointee = clock
    if kind == .read { counts.reads &+= 1 } else { counts.writes &+= 1 }
    clock &+= 1
    return id
  }

  /// The number the next access will have.
  @usableFromInline
  var nextRecordID: RecordID {
    mutating get {
      switch form {
      case .fast, .metered: .none
      case .log: RecordID(index: UInt32(truncatingIfNeeded: log.drainedCount &+ log.count), run: log.run)
      case .online: RecordID(index: UInt32(truncatingIfNeeded: records.count), run: records.run)
      }
    }
  }

  private static func header(_ kind: MemoryAccessKind, _ slot: Slot, _ count: Int) -> AccessHeader {
    AccessHeader(
      kind, log2Count: UInt8(truncatingIfNeeded: count.trailingZeroBitCount), space: slot.pointee.id,
      isWide: slot.pointee.cellShift != 0)
  }
}
