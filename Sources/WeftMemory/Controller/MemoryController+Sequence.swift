// Ranges of any length, scattered cells and allocation: several accesses that happen all or not at all.
extension MemoryController {
  /// The accesses that a range of any length takes in a space.
  /// - Throws: `invalidAddressSpace`, `invalidAccessSize` for a negative count, `addressOutOfBounds`.
  public func plan(_ range: MemoryRange) throws(MemoryError) -> AccessPlan {
    let slot = try placed(range)
    return AccessPlan(range, maximumSize: min(maxAccessSize, slot.pointee.blockSize))
  }

  /// Writes byte or field cells of any number, in the accesses of `plan(_:)`.
  /// - Returns: the record of the first access.
  @discardableResult
  public mutating func writeSequence(
    _ values: [UInt32], at address: MemoryAddress
  ) throws(MemoryError) -> RecordID {
    let range = MemoryRange(address, count: values.count)
    let (pieces, size) = try checkSequence(values, at: address)
    try reserve(range, pieces: pieces, dataBytes: size)
    let slot = try placed(range)
    let plan = try plan(range)
    let bytes = storedBytes(values, isWide: slot.pointee.kind == .native)
    return bytes.withUnsafeBytes { commit(plan, $0, in: slot) }
  }

  /// Writes bytes of any number to a space of byte cells, in the accesses of `plan(_:)`.
  /// - Returns: the record of the first access.
  @discardableResult
  public mutating func writeSequence(
    _ bytes: Span<UInt8>, at address: MemoryAddress
  ) throws(MemoryError) -> RecordID {
    let range = MemoryRange(address, count: bytes.count)
    let slot = try placed(range)
    guard slot.pointee.kind == .byte else { throw .notByteCells(range) }
    let plan = try checkedPlan(range, .write)
    try reserve(range, pieces: plan.pieceCount, dataBytes: bytes.count)
    return bytes.bytes.withUnsafeBytes { commit(plan, $0, in: slot) }
  }

  private mutating func commit(
    _ plan: AccessPlan, _ source: UnsafeRawBufferPointer, in slot: Slot
  ) -> RecordID {
    let first = plan.range.count == 0 ? .none : nextRecordID
    guard var position = source.baseAddress else { return first }
    for piece in plan {
      _ = commitWrite(slot, piece.address.pointer, count: piece.count, from: position)
      position += slot.pointee.byteCount(piece.count)
    }
    return first
  }

  /// Reads cells of any number, in the accesses of `plan(_:)`.
  public mutating func readSequence(
    at address: MemoryAddress, count: Int
  ) throws(MemoryError) -> DynamicAccess {
    let range = MemoryRange(address, count: count)
    let slot = try placed(range)
    let plan = try checkedPlan(range, .read)
    try reserve(range, pieces: plan.pieceCount, dataBytes: slot.pointee.byteCount(count))
    let first = count == 0 ? .none : nextRecordID
    for piece in plan { _ = commitRead(slot, piece.address.pointer, count: piece.count) }
    return DynamicAccess(record: first, values: try peek(address, count: count))
  }

  /// Reads scattered single cells, one access each.
  public mutating func readCells(at addresses: [MemoryAddress]) throws(MemoryError) -> [CellAccess] {
    for address in addresses { _ = try validate(MemoryRange(address, count: 1), .read) }
    if let first = addresses.first {
      let range = MemoryRange(first, count: addresses.count)
      try reserve(range, pieces: addresses.count, dataBytes: addresses.count &* 4)
    }
    var result: [CellAccess] = []
    result.reserveCapacity(addresses.count)
    for address in addresses { result.append(try readCell(address)) }
    return result
  }

  /// Gives away the next cells of a space that were never given away before. They read 0: cells that hold
  /// something else are overwritten by recorded accesses, others are not touched.
  /// - Parameter alignment: a power of two.
  /// - Throws: `addressOutOfBounds` where the space has no more room.
  public mutating func allocate(
    _ count: Int, alignment: Int = 1, in space: AddressSpaceID
  ) throws(MemoryError) -> MemoryAddress {
    let request = MemoryRange(MemoryAddress(space, 0), count: count)
    let slot = try placed(request)
    var allocator = RegionAllocator(
      next: slot.pointee.allocatorMark, end: slot.pointee.cellCount, space: space)
    let address = try allocator.allocate(count, alignment: alignment)
    if try peek(address, count: count).contains(where: { $0 != 0 }) {
      try writeSequence([UInt32](repeating: 0, count: count), at: address)
    }
    slot.pointee.allocatorMark = allocator.next
    return address
  }

  /// A plan whose pieces the form of the run can record.
  mutating func checkedPlan(
    _ range: MemoryRange, _ kind: MemoryAccessKind
  ) throws(MemoryError) -> AccessPlan {
    let plan = try plan(range)
    if form == .online {
      for piece in plan { _ = try validate(piece, kind) }
    }
    return plan
  }
}
