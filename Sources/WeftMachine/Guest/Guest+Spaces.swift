import WeftMemory

// Address spaces of extensions, in bytes. In recorded runs every access is of whole blocks, one tick each, as in RV32
// memory: bytes inside a block are read or merged.
extension Guest {
  /// Bytes of a space, 0 where there is no such space.
  public func byteCount(of space: AddressSpaceID) -> UInt64 {
    memory.pointee.configuration.space(space)?.byteCount ?? 0
  }

  /// Reads bytes of a space.
  /// - Throws: `addressOutOfBounds` when they do not lie inside it; then nothing was read.
  public func readSpace(_ space: AddressSpaceID, at offset: UInt64, count: Int) throws(Trap) -> [UInt8] {
    let (cells, size) = try spaceBytes(space, at: offset, count: count)
    if isRecording {
      try reserve(accesses: Int(clamping: blockCount(space, at: offset, count: count)))
      try forEachBlock(of: offset, count, size) { block throws(Trap) in
        do throws(MemoryError) {
          try withBlockBuffer(size) { buffer throws(MemoryError) in
            _ = try memory.pointee.read(
              self.address(space, block), count: self.cellCount(space, size), into: buffer)
          }
        } catch { throw error.trap }
      }
    }
    return Array(UnsafeRawBufferPointer(start: cells, count: count))
  }

  /// Writes bytes of a space; blocks that are covered in part keep their other bytes.
  /// - Throws: `addressOutOfBounds` when they do not lie inside it, `nonCanonicalCell` for a cell that cannot hold its
  ///   value; then nothing was written.
  public func writeSpace(
    _ bytes: some Collection<UInt8>, _ space: AddressSpaceID, at offset: UInt64
  ) throws(Trap) {
    let (cells, size) = try spaceBytes(space, at: offset, count: bytes.count)
    let source = Array(bytes)
    if let fault = source.withUnsafeBytes({ cellFault($0, space, at: offset) }) { throw fault.trap }
    if !isRecording {
      UnsafeMutableRawBufferPointer(start: cells, count: source.count).copyBytes(from: source)
      return
    }
    try reserve(accesses: Int(clamping: blockCount(space, at: offset, count: source.count)))
    let range = offset..<offset &+ UInt64(source.count)
    try forEachBlock(of: offset, source.count, size) { block throws(Trap) in
      do throws(MemoryError) {
        guard let region = memory.pointee.region(of: space) else { return }
        try withBlockBuffer(size) { buffer throws(MemoryError) in
          for index in 0..<size {
            let place = block &+ UInt64(index)
            buffer[index] =
              range.contains(place)
              ? source[Int(truncatingIfNeeded: place &- offset)]
              : (region.base + Int(truncatingIfNeeded: place)).load(as: UInt8.self)
          }
          _ = try self.memory.pointee.write(UnsafeRawBufferPointer(buffer), to: self.address(space, block))
        }
      } catch { throw error.trap }
    }
  }

  /// Why cells of field elements cannot take these bytes: they come in fours, each below the order of the field.
  func cellFault(_ bytes: UnsafeRawBufferPointer, _ space: AddressSpaceID, at offset: UInt64) -> MemoryError?
  {
    guard memory.pointee.configuration.space(space)?.kind == .native else { return nil }
    let place = MemoryAddress(space, UInt32(clamping: offset &>> 2))
    guard offset & 3 == 0, bytes.count & 3 == 0 else {
      return .bufferSizeMismatch(
        MemoryRange(place, count: bytes.count &>> 2), expected: bytes.count & ~3, actual: bytes.count)
    }
    for index in stride(from: 0, to: bytes.count, by: 4) {
      let value = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
      if value >= AddressSpace.fieldOrder {
        return .nonCanonicalCell(
          value, at: MemoryAddress(space, place.pointer &+ UInt32(truncatingIfNeeded: index &>> 2)))
      }
    }
    return nil
  }

  /// Blocks that a range of bytes meets.
  func blockCount(_ space: AddressSpaceID, at offset: UInt64, count: Int) -> UInt64 {
    guard count > 0, let size = blockBytes(space) else { return 0 }
    // Blocks are powers of two.
    let shift = UInt64(truncatingIfNeeded: size.trailingZeroBitCount)
    let last = offset &+ UInt64(truncatingIfNeeded: count) &- 1
    return last &>> shift &- offset &>> shift &+ 1
  }

  /// Where a byte of a space is stored, when `count` bytes from there lie inside it.
  func spaceCells(_ space: AddressSpaceID, at offset: UInt64, count: Int) -> UnsafeMutableRawPointer? {
    guard count >= 0, let region = memory.pointee.region(of: space) else { return nil }
    let size = byteCount(of: space)
    guard offset <= size, UInt64(count) <= size &- offset else { return nil }
    return region.base + Int(truncatingIfNeeded: offset)
  }

  private func spaceBytes(
    _ space: AddressSpaceID, at offset: UInt64, count: Int
  ) throws(Trap) -> (cells: UnsafeMutableRawPointer, blockBytes: Int) {
    guard let cells = spaceCells(space, at: offset, count: count), let size = blockBytes(space) else {
      let range = MemoryRange(MemoryAddress(space, UInt32(clamping: offset)), count: count)
      throw MemoryError.addressOutOfBounds(range, limit: byteCount(of: space)).trap
    }
    return (cells, size)
  }

  private func blockBytes(_ space: AddressSpaceID) -> Int? {
    guard let space = memory.pointee.configuration.space(space), space.kind != .immediate else { return nil }
    return space.blockSize &<< (space.kind == .native ? 2 : 0)
  }

  private func cellCount(_ space: AddressSpaceID, _ bytes: Int) -> Int {
    memory.pointee.configuration.space(space)?.kind == .native ? bytes &>> 2 : bytes
  }

  private func address(_ space: AddressSpaceID, _ offset: UInt64) -> MemoryAddress {
    let isField = memory.pointee.configuration.space(space)?.kind == .native
    return MemoryAddress(space, UInt32(truncatingIfNeeded: isField ? offset &>> 2 : offset))
  }

  private func forEachBlock(
    of offset: UInt64, _ count: Int, _ size: Int, _ body: (UInt64) throws(Trap) -> Void
  ) throws(Trap) {
    var block = offset & ~(UInt64(size) &- 1)
    let end = offset &+ UInt64(count)
    while block < end {
      try body(block)
      block &+= UInt64(size)
    }
  }

  /// Room for the largest block: 32 cells of four bytes.
  private func withBlockBuffer(
    _ size: Int, _ body: (UnsafeMutableRawBufferPointer) throws(MemoryError) -> Void
  ) throws(MemoryError) {
    var storage = InlineArray<32, UInt32>(repeating: 0)
    var span = storage.mutableSpan
    try span.withUnsafeMutableBufferPointer { buffer throws(MemoryError) in
      try body(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[0..<size]))
    }
  }
}
