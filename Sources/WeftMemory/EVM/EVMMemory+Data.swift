import Glibc

extension EVMMemory {
  /// Copies bytes into the active context, which grows as needed. The source may lie in the context itself.
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    guard let start = source.baseAddress, source.count > 0 else { return }
    try setData(start, source.count, at: offset)
  }

  @inlinable
  @inline(__always)
  mutating func setData(
    _ start: UnsafeRawPointer, _ count: Int, at offset: Int
  ) throws(EVMMemoryError) {
    let (end, overflow) = UInt(bitPattern: offset).addingReportingOverflow(UInt(bitPattern: count))
    if overflow { throw .invalidSize }
    if end <= UInt(bitPattern: size) || growQuickly(forDataAt: offset, to: end) || growInRoom(to: end) {
      memmove(base + offset, start, count)
    } else {
      let source = try growAtBorder(to: end, keeping: start)
      memmove(base + offset, source, count)
    }
  }

  /// Grows, and finds a source again that lies in this memory: the return data, or call data in a suspended context.
  /// - Returns: where the source is now.
  @usableFromInline
  @inline(never)
  mutating func growAtBorder(
    to end: UInt, keeping source: UnsafeRawPointer
  ) throws(EVMMemoryError) -> UnsafeRawPointer {
    let inWindow = UInt(bitPattern: source) &- UInt(bitPattern: window)
    let inBuffer = UInt(bitPattern: source) &- UInt(bitPattern: buffer)
    let isInWindow = inWindow < UInt(bitPattern: windowCount)
    let isInBuffer = inBuffer < UInt(bitPattern: capacity)
    try growAtBorder(to: end)
    if isInWindow { return UnsafeRawPointer(window) + Int(bitPattern: inWindow) }
    return isInBuffer ? UnsafeRawPointer(buffer) + Int(bitPattern: inBuffer) : source
  }

  /// Copies bytes into the active context, which grows as needed.
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  public mutating func setData(_ source: [UInt8], at offset: Int) throws(EVMMemoryError) {
    try source.span.bytes.withUnsafeBytes { bytes throws(EVMMemoryError) in try setData(bytes, at: offset) }
  }

  /// Copies `count` bytes of a source from `sourceOffset` on, with zeros where it has ended (CALLDATACOPY, CODECOPY,
  /// EXTCODECOPY).
  ///
  /// Any source offset is possible; negative ones count as the large unsigned numbers that they are as bits.
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int
  ) throws(EVMMemoryError) {
    if count <= 0 {
      if count == 0 { return }
      throw .invalidSize
    }
    let sourceCount = source.count
    guard let start = source.baseAddress, UInt(bitPattern: sourceOffset) < UInt(bitPattern: sourceCount)
    else {
      try cover(offset, count)
      memset(base + offset, 0, count)
      return
    }
    let available = sourceCount &- sourceOffset
    if available >= count {
      try setData(start + sourceOffset, count, at: offset)
    } else {
      let (end, overflow) = UInt(bitPattern: offset).addingReportingOverflow(UInt(bitPattern: count))
      if overflow { throw .invalidSize }
      var source = start + sourceOffset
      if end > UInt(bitPattern: size), !growQuickly(forDataAt: offset, to: end), !growInRoom(to: end) {
        source = try growAtBorder(to: end, keeping: source)
      }
      memmove(base + offset, source, available)
      memset(base + offset + available, 0, count &- available)
    }
  }

  /// Copies inside the active context, which grows to cover both ranges; they may overlap (MCOPY).
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    if count <= 0 {
      if count == 0 { return }
      throw .invalidSize
    }
    // The larger as unsigned numbers, so that a negative one is found.
    let last = max(UInt(bitPattern: source), UInt(bitPattern: target))
    try cover(Int(bitPattern: last), count)
    memmove(base + target, base + source, count)
  }
}
