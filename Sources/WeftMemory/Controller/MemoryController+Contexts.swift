// What recorded EVM runs add while they last: the memories of contexts, and contents that come from outside.
extension MemoryController {
  /// Adds the space of another EVM context. It reads 0.
  /// - Throws: `layoutLimitReached` where the configuration has no more of them, `outOfMemory`.
  public mutating func addContext() throws(MemoryError) -> AddressSpaceID {
    try table.addContext(cellCount: UInt64(MemoryImage.pageSize))
  }

  /// Makes sure that the space of an EVM context has so many cells. Its storage may move.
  /// - Throws: `invalidAddressSpace` for other spaces, `addressOutOfBounds` past what pointers reach, `outOfMemory`.
  public mutating func reach(_ cellCount: UInt64, in context: AddressSpaceID) throws(MemoryError) {
    let range = MemoryRange(MemoryAddress(context, 0), count: Int(clamping: cellCount))
    guard context.isContext, let slot = table.slot(context) else { throw .invalidAddressSpace(range) }
    let size = slot.pointee.cellCount
    if cellCount <= size { return }
    let limit = UInt64(1) << UInt64(clamping: configuration.pointerBits)
    guard cellCount <= limit else { throw .addressOutOfBounds(range, limit: limit) }
    let pages = (cellCount &+ 4095) & ~4095
    try table.growContext(slot, to: min(limit, max(pages, size &* 2)))
  }

  /// Makes sure that clock and log have room for accesses that are to happen all or not at all.
  /// - Throws: `timestampViolation`, `logLimitReached`.
  public mutating func requireRoom(accesses: Int, bytesEach: Int) throws(MemoryError) {
    try reserve(nil, pieces: accesses, dataBytes: accesses &* bytesEach)
  }

  /// Cells of each EVM context's space, in the order of their numbers.
  public var contextSizes: [UInt64] { table.contextSizes }

  /// Gives blocks that no access has touched yet what they hold from the beginning: contents of a store outside, of
  /// which only those become known that the run asks for.
  /// - Throws: `initialMemoryNotAllowed` over volatile memory; errors of the range.
  public mutating func setInitialContents(
    _ bytes: UnsafeRawBufferPointer, at address: MemoryAddress
  ) throws(MemoryError) {
    guard interface != .volatile else { throw .initialMemoryNotAllowed }
    let range = MemoryRange(address, count: bytes.count)
    let slot = try placed(range)
    guard slot.pointee.kind == .byte else { throw .notByteCells(range) }
    guard let source = bytes.baseAddress else { return }
    try initialImage.setBytes(Array(bytes), at: address)
    copyBytes(slot.pointee.cell(address.pointer), source, bytes.count)
  }
}
