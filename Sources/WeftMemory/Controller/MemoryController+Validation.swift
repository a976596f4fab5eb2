// The checks of an access, in the order that `MemoryError` documents. They read and change nothing: they are
// `mutating` only so that the controller is passed by address; by value, each call would copy it.
extension MemoryController {
  @usableFromInline typealias Slot = UnsafeMutablePointer<SpaceSlot>

  /// Checks shape and place of an access.
  /// - Returns: the slot of the space.
  @usableFromInline
  mutating func validate(_ range: MemoryRange, _ kind: MemoryAccessKind) throws(MemoryError) -> Slot {
    let pointer = range.address.pointer
    let count = range.count
    guard let slot = table.slot(range.address.space) else { throw .invalidAddressSpace(range) }
    let isImmediate = slot.pointee.kind == .immediate
    if isImmediate, kind == .write { throw .invalidAddressSpace(range) }
    let maximum = isImmediate ? 1 : maxAccessSize
    guard count > 0 else { throw .invalidAccessSize(range, maximum: maximum) }
    guard count & (count &- 1) == 0 else { throw .sizeNotPowerOfTwo(range) }
    guard count <= maximum else { throw .invalidAccessSize(range, maximum: maximum) }
    if isImmediate {
      guard pointer < AddressSpace.fieldOrder else { throw .nonCanonicalCell(pointer, at: range.address) }
      return slot
    }
    guard pointer & UInt32(truncatingIfNeeded: count &- 1) & alignmentMask == 0 else {
      throw .unalignedAccess(range, alignment: count)
    }
    guard range.end <= slot.pointee.cellCount else {
      throw .addressOutOfBounds(range, limit: slot.pointee.cellCount)
    }
    if form == .online {
      let size = slot.pointee.blockSize
      guard count == size, pointer & UInt32(truncatingIfNeeded: size &- 1) == 0 else {
        throw .accessNotABlock(range, blockSize: size)
      }
    }
    return slot
  }

  /// Checks that a space's cells can hold the values.
  static func validateCells(
    _ source: UnsafeRawBufferPointer, at address: MemoryAddress, in slot: Slot
  ) throws(MemoryError) {
    guard slot.pointee.kind == .native else { return }
    var offset = 0
    while offset &+ 4 <= source.count {
      let value = source.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
      guard value < AddressSpace.fieldOrder else {
        let pointer = address.pointer &+ UInt32(truncatingIfNeeded: offset >> 2)
        throw .nonCanonicalCell(value, at: MemoryAddress(address.space, pointer))
      }
      offset &+= 4
    }
  }

  /// Checks that clock and log have room for `pieces` accesses that store `dataBytes` in all.
  mutating func reserve(_ range: MemoryRange?, pieces: Int, dataBytes: Int) throws(MemoryError) {
    guard form != .fast else { return }
    let requested = UInt64(clock) &+ UInt64(truncatingIfNeeded: pieces)
    guard requested <= lastTimestamp else {
      throw .timestampViolation(range, current: clock, requested: requested)
    }
    switch form {
    case .fast, .metered: break
    case .log:
      guard log.remaining >= pieces else { throw .logLimitReached(range, limit: log.limit) }
      guard log.arena.remaining >= dataBytes else {
        throw .logLimitReached(range, limit: log.arena.limit)
      }
    case .online:
      guard records.hasRoom(pieces: pieces, dataBytes: dataBytes) else {
        throw .logLimitReached(range, limit: records.limit)
      }
    }
  }
}
