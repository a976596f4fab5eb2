// Accesses in terms of cell values, one `UInt32` per cell in spaces of either kind.
extension MemoryController {
  /// Reads one cell; in space 0 the value is the pointer.
  public mutating func readCell(_ address: MemoryAddress) throws(MemoryError) -> CellAccess {
    let access: MemoryAccess<1> = try read(address)
    return CellAccess(record: access.record, value: access.values[0])
  }

  /// Writes one cell and returns the value it replaces.
  @discardableResult
  public mutating func writeCell(
    _ value: UInt32, to address: MemoryAddress
  ) throws(MemoryError) -> CellAccess {
    let access: MemoryAccess<1> = try write([value], to: address)
    return CellAccess(record: access.record, value: access.values[0])
  }

  /// Reads as many cells as the result has; allocates nothing.
  @inlinable
  public mutating func read<let size: Int>(
    _ address: MemoryAddress
  ) throws(MemoryError) -> MemoryAccess<size> {
    var values = InlineArray<size, UInt32>(repeating: 0)
    var span = values.mutableSpan
    let record = try span.withUnsafeMutableBufferPointer { buffer throws(MemoryError) in
      try readCells(address, into: buffer)
    }
    return MemoryAccess(record: record, values: values)
  }

  /// Writes cells and returns those they replace; allocates nothing.
  @inlinable
  @discardableResult
  public mutating func write<let size: Int>(
    _ values: InlineArray<size, UInt32>, to address: MemoryAddress
  ) throws(MemoryError) -> MemoryAccess<size> {
    var old = InlineArray<size, UInt32>(repeating: 0)
    var span = old.mutableSpan
    let record = try span.withUnsafeMutableBufferPointer { previous throws(MemoryError) in
      try values.span.withUnsafeBufferPointer { buffer throws(MemoryError) in
        try writeCells(buffer, to: address, previous: previous.baseAddress)
      }
    }
    return MemoryAccess(record: record, values: old)
  }

  /// Reads cells in one access of a size known at run time.
  public mutating func read(
    _ address: MemoryAddress, count: Int
  ) throws(MemoryError) -> DynamicAccess {
    // Checked before the array is made: the count may come from a guest.
    _ = try validate(MemoryRange(address, count: count), .read)
    var values = [UInt32](repeating: 0, count: count)
    var span = values.mutableSpan
    let record = try span.withUnsafeMutableBufferPointer { buffer throws(MemoryError) in
      try readCells(address, into: buffer)
    }
    return DynamicAccess(record: record, values: values)
  }

  /// Writes cells in one access and returns those they replace.
  @discardableResult
  public mutating func write(
    _ values: [UInt32], to address: MemoryAddress
  ) throws(MemoryError) -> DynamicAccess {
    _ = try validate(MemoryRange(address, count: values.count), .write)
    var old = [UInt32](repeating: 0, count: values.count)
    var span = old.mutableSpan
    let record = try span.withUnsafeMutableBufferPointer { previous throws(MemoryError) in
      try values.span.withUnsafeBufferPointer { buffer throws(MemoryError) in
        try writeCells(buffer, to: address, previous: previous.baseAddress)
      }
    }
    return DynamicAccess(record: record, values: old)
  }

  /// Writes the cells of a byte space in one access.
  @discardableResult
  public mutating func write(
    _ bytes: Span<UInt8>, to address: MemoryAddress
  ) throws(MemoryError) -> RecordID {
    try bytes.bytes.withUnsafeBytes { buffer throws(MemoryError) in try write(buffer, to: address) }
  }

  @usableFromInline
  mutating func readCells(
    _ address: MemoryAddress, into values: UnsafeMutableBufferPointer<UInt32>
  ) throws(MemoryError) -> RecordID {
    let range = MemoryRange(address, count: values.count)
    let slot = try validate(range, .read)
    try reserve(range, pieces: 1, dataBytes: values.count &* 4)
    if slot.pointee.kind == .immediate {
      values.baseAddress?.pointee = address.pointer
      return commitImmediate(address)
    }
    Self.unpack(slot, address.pointer, values.count, into: values.baseAddress)
    return commitRead(slot, address.pointer, count: values.count)
  }

  @usableFromInline
  mutating func writeCells(
    _ values: UnsafeBufferPointer<UInt32>, to address: MemoryAddress,
    previous: UnsafeMutablePointer<UInt32>?
  ) throws(MemoryError) -> RecordID {
    let range = MemoryRange(address, count: values.count)
    let slot = try validate(range, .write)
    let kind = slot.pointee.kind
    var stored = InlineArray<32, UInt32>(repeating: 0)  // 32 cells of four bytes
    var span = stored.mutableSpan
    return try span.withUnsafeMutableBufferPointer { buffer throws(MemoryError) in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      var index = 0
      while index < values.count {
        let value = values[index]
        guard value <= kind.maximumCell else {
          let pointer = address.pointer &+ UInt32(truncatingIfNeeded: index)
          throw .nonCanonicalCell(value, at: MemoryAddress(address.space, pointer))
        }
        if kind == .byte { bytes[index] = UInt8(truncatingIfNeeded: value) } else { buffer[index] = value }
        index &+= 1
      }
      try reserve(range, pieces: 1, dataBytes: slot.pointee.byteCount(values.count))
      Self.unpack(slot, address.pointer, values.count, into: previous)
      return commitWrite(slot, address.pointer, count: values.count, from: bytes.baseAddress!)
    }
  }

  /// Stored cells as values, into memory of the caller.
  private static func unpack(
    _ slot: Slot, _ pointer: UInt32, _ count: Int, into values: UnsafeMutablePointer<UInt32>?
  ) {
    guard let values else { return }
    let source = slot.pointee.cell(pointer)
    guard slot.pointee.kind == .byte else {
      copyBytes(values, source, slot.pointee.byteCount(count))
      return
    }
    var index = 0
    while index < count {
      values[index] = UInt32((source + index).loadUnaligned(as: UInt8.self))
      index &+= 1
    }
  }
}
