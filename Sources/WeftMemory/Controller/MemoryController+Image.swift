// Initial contents, current contents, idle ticks and looks that leave no trace.
extension MemoryController {
  /// Replaces the contents of all spaces.
  /// - Throws: `initialMemoryAfterAccess` unless the clock is at 1; `initialMemoryNotAllowed` for a non-empty
  ///   image over volatile memory; errors of the first cell that does not fit its space.
  public mutating func setInitialMemory(_ image: MemoryImage) throws(MemoryError) {
    guard clock == Timestamp.first, log.count == 0, records.count == 0 else {
      throw .initialMemoryAfterAccess(timestamp: clock)
    }
    if interface == .volatile, !image.isEmpty { throw .initialMemoryNotAllowed }
    try table.validate(image)
    table.replaceContents(with: image)
    initialImage = image
  }

  /// The contents at this moment.
  public var image: MemoryImage { table.image() }

  /// Advances the clock without an access, in one entry of the log. No effect in a fast run and for 0.
  /// - Throws: `timestampViolation`, `logLimitReached`.
  public mutating func advanceTimestamp(by ticks: UInt32 = 1) throws(MemoryError) {
    guard ticks > 0, form != .fast else { return }
    let requested = UInt64(clock) &+ UInt64(ticks)
    guard requested <= lastTimestamp else {
      throw .timestampViolation(nil, current: clock, requested: requested)
    }
    switch form {
    case .fast: return
    case .metered: counts.advances &+= 1
    case .log:
      guard log.remaining > 0 else { throw .logLimitReached(nil, limit: log.limit) }
      log.append(.advance, pointer: 0, payload: UInt64(ticks))
    case .online:
      guard records.hasRoom(pieces: 1, dataBytes: 0) else {
        throw .logLimitReached(nil, limit: records.limit)
      }
      records.appendAdvance(by: ticks, timestamp: clock)
      counts.advances &+= 1
    }
    clock = UInt32(truncatingIfNeeded: requested)
  }

  /// Looks at a cell without log, tick or record: the value is unproven.
  /// - Throws: `invalidAddressSpace`, `addressOutOfBounds`.
  public func peekCell(_ address: MemoryAddress) throws(MemoryError) -> UInt32 {
    let range = MemoryRange(address, count: 1)
    guard let slot = table.slot(address.space) else { throw .invalidAddressSpace(range) }
    guard slot.pointee.kind == .immediate || range.end <= slot.pointee.cellCount else {
      throw .addressOutOfBounds(range, limit: slot.pointee.cellCount)
    }
    return slot.pointee.value(at: address.pointer)
  }

  /// Looks at any number of cells without log, tick or record: the values are unproven.
  /// - Throws: `invalidAddressSpace` (also for space 0), `invalidAccessSize` for a negative count,
  ///   `addressOutOfBounds`.
  public func peek(_ address: MemoryAddress, count: Int) throws(MemoryError) -> [UInt32] {
    let slot = try placed(MemoryRange(address, count: count))
    return cells(
      UnsafeRawBufferPointer(
        start: slot.pointee.cell(address.pointer), count: slot.pointee.byteCount(count)),
      isWide: slot.pointee.cellShift != 0)
  }

  /// The slot of a range of any length that lies inside its space.
  func placed(_ range: MemoryRange) throws(MemoryError) -> Slot {
    guard let slot = table.slot(range.address.space), slot.pointee.kind != .immediate else {
      throw .invalidAddressSpace(range)
    }
    guard range.count >= 0 else { throw .invalidAccessSize(range, maximum: .max) }
    guard range.end <= slot.pointee.cellCount else {
      throw .addressOutOfBounds(range, limit: slot.pointee.cellCount)
    }
    return slot
  }
}
