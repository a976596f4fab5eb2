import Glibc

// What the last child gave back. It lives until the context enters another child or ends.
extension EVMMemory {
  /// Bytes of return data (RETURNDATASIZE).
  @inlinable public var returnDataSize: Int { windowCount }

  /// The return data where it lies, with no copy; valid until the next call that may change the memory.
  @inlinable public var returnData: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: window, count: windowCount)
  }

  /// Copies return data into the active context, which grows as needed (RETURNDATACOPY).
  /// - Parameters:
  ///   - source: an offset in the return data.
  ///   - target: an offset in the context.
  /// - Throws: `invalidOffset` where the return data ends before `source + count`, also for no bytes;
  ///   `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  public mutating func copyReturnData(
    from source: Int, to target: Int, count: Int
  ) throws(EVMMemoryError) {
    let (end, overflow) = UInt(bitPattern: source).addingReportingOverflow(UInt(bitPattern: count))
    guard !overflow, end <= UInt(bitPattern: windowCount), source >= 0, count >= 0 else {
      throw Self.readError(source, count)
    }
    if count == 0 { return }
    // May grow, which moves the return data out of the way first.
    try cover(target, count)
    memmove(base + target, window + source, count)
  }

  /// Copies as much return data as there is, at most `count` bytes, to a place inside the active context: the out-area
  /// of a call, for which the call has grown the context before.
  /// - Returns: the bytes copied.
  /// - Throws: `invalidOffset` where the place is not inside the context, `invalidSize` for negative numbers.
  @inlinable
  @discardableResult
  public mutating func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int {
    if count == 0 { return 0 }
    let (end, overflow) = UInt(bitPattern: target).addingReportingOverflow(UInt(bitPattern: count))
    guard !overflow, end <= UInt(bitPattern: size), count > 0 else { throw Self.readError(target, count) }
    let copied = min(count, windowCount)
    memmove(base + target, window, copied)
    return copied
  }

  /// Makes a copy of the bytes the return data: of precompiles, and of calls that hosts answer.
  /// - Throws: `outOfMemory`.
  public mutating func setReturnData(_ data: UnsafeRawBufferPointer) throws(EVMMemoryError) {
    guard let start = data.baseAddress, data.count > 0 else { return clearReturnData() }
    if data.count <= sideCapacity, let side {
      memmove(side, start, data.count)
      setWindow(side, data.count)
      return
    }
    // The data may be the present return data: it is copied before that is given up.
    let (memory, capacity) = try sideBuffer(atLeast: data.count)
    memcpy(memory, start, data.count)
    replaceSide(memory, capacity)
    setWindow(memory, data.count)
  }

  /// Makes a copy of the bytes the return data.
  /// - Throws: `outOfMemory`.
  public mutating func setReturnData(_ data: [UInt8]) throws(EVMMemoryError) {
    try data.span.bytes.withUnsafeBytes { bytes throws(EVMMemoryError) in try setReturnData(bytes) }
  }

  /// Forgets the return data: after a failed call, and after a successful creation.
  public mutating func clearReturnData() {
    windowCount = 0
    updateRoomEnd()
  }

  private mutating func setWindow(_ start: UnsafeMutableRawPointer, _ count: Int) {
    window = start
    windowCount = count
    updateRoomEnd()
  }

  /// Moves return data out of the buffer before the context grows over it.
  mutating func moveWindowAside() throws(EVMMemoryError) {
    guard windowCount != 0, window != side else { return }
    if let side, windowCount <= sideCapacity {
      memcpy(side, window, windowCount)
      window = side
      return
    }
    let (memory, capacity) = try sideBuffer(atLeast: windowCount)
    memcpy(memory, window, windowCount)
    replaceSide(memory, capacity)
    window = memory
  }

  private mutating func sideBuffer(
    atLeast count: Int
  ) throws(EVMMemoryError) -> (UnsafeMutableRawPointer, Int) {
    let capacity = max(256, sideCapacity > Int.max &>> 1 ? count : max(count, sideCapacity &* 2))
    guard takeAllocation(), let memory = malloc(capacity) else { throw .outOfMemory }
    return (memory, capacity)
  }

  private mutating func replaceSide(_ memory: UnsafeMutableRawPointer, _ capacity: Int) {
    free(side)
    side = memory
    sideCapacity = capacity
  }
}
