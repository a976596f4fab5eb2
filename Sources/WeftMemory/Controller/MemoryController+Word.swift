// Four byte cells as one little-endian number: the access that registers and RV32 memory make.
extension MemoryController {
  /// Reads the word at a pointer.
  @inlinable
  public mutating func readWord(
    _ space: AddressSpaceID, _ pointer: UInt32
  ) throws(MemoryError) -> UInt32 {
    guard let slot = wordSlot(space, pointer), hasRoomForWord else {
      throw wordError(space, pointer, .read)
    }
    let value = slot.pointee.cell(pointer).loadUnaligned(as: UInt32.self)
    switch form {
    case .fast: break
    case .metered:
      slot.pointee.noteTouch(pointer, count: 4)
      counts.reads &+= 1
      clock &+= 1
    case .log:
      log.append(AccessHeader(.read, log2Count: 2, space: space), pointer: pointer, payload: 0)
      clock &+= 1
    case .online: _ = commitRead(slot, pointer, count: 4)
    }
    return UInt32(littleEndian: value)
  }

  /// Writes the word at a pointer.
  @inlinable
  public mutating func writeWord(
    _ value: UInt32, _ space: AddressSpaceID, _ pointer: UInt32
  ) throws(MemoryError) {
    guard let slot = wordSlot(space, pointer), hasRoomForWord else {
      throw wordError(space, pointer, .write)
    }
    switch form {
    case .fast: break
    case .metered:
      slot.pointee.noteTouch(pointer, count: 4)
      counts.writes &+= 1
      clock &+= 1
    case .log:
      log.append(
        AccessHeader(.write, log2Count: 2, space: space), pointer: pointer, payload: UInt64(value))
      clock &+= 1
    case .online:
      var bytes = value.littleEndian
      _ = commitWrite(slot, pointer, count: 4, from: &bytes)
      return
    }
    slot.pointee.cell(pointer).storeBytes(of: value.littleEndian, as: UInt32.self)
  }

  /// Reads the word at a pointer without leaving a record: the value is unproven.
  @inlinable
  public func peekWord(_ space: AddressSpaceID, _ pointer: UInt32) throws(MemoryError) -> UInt32 {
    guard let slot = table.slot(space), UInt64(pointer) < slot.pointee.wordLimit else {
      throw peekError(space, pointer)
    }
    return UInt32(littleEndian: slot.pointee.cell(pointer).loadUnaligned(as: UInt32.self))
  }

  @inlinable
  func wordSlot(_ space: AddressSpaceID, _ pointer: UInt32) -> Slot? {
    guard let slot = table.slot(space), UInt64(pointer) < slot.pointee.wordLimit,
      pointer & 3 & alignmentMask == 0
    else { return nil }
    if form == .online, slot.pointee.blockShift != 2 || pointer & 3 != 0 { return nil }
    return slot
  }

  @inlinable
  var hasRoomForWord: Bool {
    switch form {
    case .fast: true
    case .metered: clock < lastTimestamp
    case .log: clock < lastTimestamp && log.cursor != log.end
    case .online: clock < lastTimestamp && records.hasRoom(pieces: 1, dataBytes: 4)
    }
  }

  /// Why a word access is refused: the same error as the general access.
  @usableFromInline
  mutating func wordError(
    _ space: AddressSpaceID, _ pointer: UInt32, _ kind: MemoryAccessKind
  ) -> MemoryError {
    let range = MemoryRange(MemoryAddress(space, pointer), count: 4)
    do throws(MemoryError) {
      let slot = try validate(range, kind)
      guard slot.pointee.kind == .byte else { return .notByteCells(range) }
      try reserve(range, pieces: 1, dataBytes: 0)
      return .addressOutOfBounds(range, limit: slot.pointee.cellCount)
    } catch {
      return error
    }
  }

  @usableFromInline
  func peekError(_ space: AddressSpaceID, _ pointer: UInt32) -> MemoryError {
    let range = MemoryRange(MemoryAddress(space, pointer), count: 4)
    do throws(MemoryError) {
      let slot = try placed(range)
      return slot.pointee.kind == .byte
        ? .invalidAccessSize(range, maximum: maxAccessSize) : .notByteCells(range)
    } catch {
      return error
    }
  }
}
