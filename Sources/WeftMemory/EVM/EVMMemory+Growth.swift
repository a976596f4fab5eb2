import Glibc

extension EVMMemory {
  /// Makes the active context reach to `end`, which lies behind its present end.
  @inlinable
  @inline(__always)
  mutating func grow(to end: UInt) throws(EVMMemoryError) {
    if !growQuickly(to: end) { try growSlowly(to: end) }
  }

  /// Makes the active context reach to `end`, behind its present end, where that takes a few stores: most growth is by
  /// a word or two. Handlers have this inline.
  ///
  /// The bytes cleared too many lie behind the context and in the buffer.
  /// - Parameter end: in bytes from the context's beginning.
  /// - Returns: false, with nothing changed, where more has to be looked at.
  @inlinable
  @inline(__always)
  public mutating func growQuickly(to end: UInt) -> Bool {
    let added = end &- UInt(bitPattern: size)
    guard added <= UInt(bitPattern: Self.zeroedAhead),
      UInt(bitPattern: base) &+ end <= roomEnd
    else { return false }
    if added <= 32 { memset(base + size, 0, 32) } else { memset(base + size, 0, Self.zeroedAhead) }
    size = Int(bitPattern: (end &+ 31) & ~31)
    return true
  }

  /// Makes room for a word up to `end`, which the caller writes next, where that takes a store or two.
  ///
  /// Mostly it begins inside the context or at its end. What is new is then the word's own, and only what rounding adds
  /// behind it has to be cleared.
  /// - Parameter end: in bytes from the context's beginning.
  /// - Returns: false, with nothing changed, where more has to be looked at.
  @inlinable
  @inline(__always)
  public mutating func growQuickly(forWordTo end: UInt) -> Bool {
    guard _fastPath(end &- UInt(bitPattern: size) <= 32 && UInt(bitPattern: base) &+ end <= roomEnd) else {
      return false
    }
    extend(to: end)
    return true
  }

  /// Makes room for the bytes `offset..<end`, which the caller writes next.
  ///
  /// Mostly they begin inside the context or at its end: as for words, only what rounding adds has to be cleared.
  /// - Returns: false where more has to be looked at.
  @inlinable
  @inline(__always)
  mutating func growQuickly(forDataAt offset: Int, to end: UInt) -> Bool {
    // No sum wraps: the offset is inside, and a count is at most `Int.max`.
    guard UInt(bitPattern: offset) <= UInt(bitPattern: size), UInt(bitPattern: base) &+ end <= roomEnd else {
      return false
    }
    extend(to: end)
    return true
  }

  /// Makes the context reach to `end`; of what is new, only what rounding adds is not written by the caller.
  @inlinable
  @inline(__always)
  mutating func extend(to end: UInt) {
    if end & 31 != 0 { memset(base + Int(bitPattern: end), 0, 32) }
    size = Int(bitPattern: (end &+ 31) & ~31)
  }

  /// Makes room for the byte at `offset`, which lies behind the present end.
  ///
  /// It is never told where the byte ends: a loop over bytes would keep that number, which is its next index, across
  /// the call, so in memory.
  @usableFromInline
  @inline(never)
  mutating func growSlowly(forByteAt offset: UInt) throws(EVMMemoryError) {
    guard offset < UInt(bitPattern: .max) else { throw .invalidSize }
    try growSlowly(to: offset &+ 1)
  }

  @usableFromInline
  @inline(never)
  mutating func growSlowly(to end: UInt) throws(EVMMemoryError) {
    if !fillRoom(to: end) { try growAtBorder(to: end) }
  }

  /// Growth by any number of bytes that needs nothing but clearing them.
  /// - Returns: false where more has to be looked at.
  @usableFromInline
  @inline(never)
  mutating func growInRoom(to end: UInt) -> Bool { fillRoom(to: end) }

  @inline(__always)
  private mutating func fillRoom(to end: UInt) -> Bool {
    let (place, overflow) = end.addingReportingOverflow(UInt(bitPattern: base))
    guard !overflow, place <= roomEnd else { return false }
    let before = size
    size = Int(bitPattern: (end &+ 31) & ~31)
    memset(base + before, 0, size &- before)
    return true
  }

  /// Makes `offset..<offset + count` part of the active context; `count` is not negative.
  @inlinable
  @inline(__always)
  mutating func cover(_ offset: Int, _ count: Int) throws(EVMMemoryError) {
    let (end, overflow) = UInt(bitPattern: offset).addingReportingOverflow(UInt(bitPattern: count))
    if overflow { throw .invalidSize }
    if end > UInt(bitPattern: size) { try grow(to: end) }
  }

  /// Makes the 32 bytes from `offset` on part of the active context; the caller writes all of them.
  @inlinable
  @inline(__always)
  mutating func coverWord(_ offset: Int) throws(EVMMemoryError) {
    let (end, overflow) = UInt(bitPattern: offset).addingReportingOverflow(32)
    if overflow { throw .invalidSize }
    if end > UInt(bitPattern: size), !growQuickly(forWordTo: end) { try growSlowly(to: end) }
  }

  @usableFromInline
  @inline(never)
  mutating func growAtBorder(to end: UInt) throws(EVMMemoryError) {
    guard end <= UInt(bitPattern: .max) else { throw .invalidSize }
    let end = Int(bitPattern: end)
    // Before rounding: near `Int.max` that would wrap.
    guard end <= limit &- contextCheckpoint else { throw .memoryLimitExceeded }
    let newSize = (end &+ 31) & ~31
    let needed = contextCheckpoint &+ newSize
    if roomEnd == 0 { try moveWindowAside() }
    if needed > capacity { try enlarge(to: needed) }

    let toClear = min(needed, usedEnd) &- contextEnd
    if toClear > 0 { memset(base + size, 0, toClear) }
    if needed > usedEnd {
      // Ahead by some pages, so that small growth finds room for its quick path.
      usedEnd = min(capacity, (needed &+ 4095) & ~4095)
      updateRoom()
    }
    size = newSize
    updateRoomEnd()
  }

  /// Grows the buffer, which may move.
  mutating func enlarge(to needed: Int) throws(EVMMemoryError) {
    let doubled = capacity > limit &>> 1 ? limit : capacity &* 2
    let newCapacity = max(needed, min(doubled, Self.largestBuffer))
    guard newCapacity <= Self.largestBuffer, takeAllocation(), reallocate(newCapacity) else {
      throw .outOfMemory
    }
    usedEnd = newCapacity
    updateRoom()
  }

  /// Gives an allocated buffer another capacity; what it held and still has room for stays, and the contexts with it.
  mutating func reallocate(_ newCapacity: Int) -> Bool {
    guard let block else { return false }
    let (former, shift) = (buffer, buffer - block)
    guard let newBlock = realloc(block, newCapacity &+ Self.alignment) else { return false }
    self.block = newBlock
    buffer = Self.aligned(newBlock)
    if buffer - newBlock != shift { memmove(buffer, newBlock + shift, min(capacity, newCapacity)) }
    capacity = newCapacity
    let distance = buffer - former
    base += distance
    var frame = frames
    while frame < top {
      frame.pointee.base += distance
      frame += 1
    }
    return true
  }

  /// Counts an allocation; false where it is one to fail.
  mutating func takeAllocation() -> Bool {
    if failingAllocation == 1 { return false }
    if failingAllocation > 1 { failingAllocation &-= 1 }
    return true
  }

  mutating func updateRoom() {
    room = Self.room(buffer, limit, usedEnd, capacity)
  }

  /// After a change of the context, its size, room or of what lies behind the context.
  @usableFromInline
  mutating func updateRoomEnd() {
    let isFree = retainedEnd <= contextEnd && (windowCount == 0 || window == side)
    roomEnd = isFree ? room : 0
  }
}

// Sizes and their price.
extension EVMMemory {
  /// Makes the active context at least `newSize` bytes long, rounded up to 32.
  ///
  /// Growth costs 3·w + ⌊w²/512⌋ of the context's own words w; see `expansionCost(to:)`.
  /// - Returns: the words it has grown by.
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  @discardableResult
  public mutating func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    if UInt(bitPattern: newSize) <= UInt(bitPattern: size) { return 0 }
    let before = size
    try grow(to: UInt(bitPattern: newSize))
    return (size &- before) &>> 5
  }

  /// Makes the active context `newSize` bytes long, rounded up to 32. It may shrink; what comes back then reads 0.
  ///
  /// No opcode shrinks memory: this is for hosts.
  /// - Throws: `invalidSize`, `memoryLimitExceeded`, `outOfMemory`.
  @inlinable
  public mutating func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    if UInt(bitPattern: newSize) > UInt(bitPattern: size) {
      try grow(to: UInt(bitPattern: newSize))
    } else {
      shrink(to: newSize)
    }
  }

  @inlinable
  mutating func shrink(to newSize: Int) {
    size = (newSize &+ 31) & ~31
    // Then there is more between the context and the bytes that are kept.
    if retainedEnd != 0 { updateRoomEnd() }
  }

  /// The gas that growing the active context to `newSize` bytes would cost; 0 where it is that large already.
  ///
  /// - Returns: C(new) − C(old) with C(w) = 3·w + ⌊w²/512⌋ (Yellow Paper, appendix H), of this context alone;
  ///   `UInt64.max` where the number is larger, which no gas pays.
  /// - Throws: `invalidSize` for negative sizes.
  @inlinable
  public func expansionCost(to newSize: Int) throws(EVMMemoryError) -> UInt64 {
    guard newSize >= 0 else { throw .invalidSize }
    return Self.expansionCost(from: size, to: newSize)
  }

  /// The gas for growing a context from one size to another, neither of them negative.
  @inlinable
  public static func expansionCost(from size: Int, to newSize: Int) -> UInt64 {
    if newSize <= size { return 0 }
    let words = (UInt64(truncatingIfNeeded: newSize) &+ 31) &>> 5
    if words > UInt64(UInt32.max) { return .max }
    return cost(words: words) &- cost(words: UInt64(truncatingIfNeeded: size) &>> 5)
  }

  /// C(w) for at most 2³² − 1 words.
  @inlinable
  static func cost(words: UInt64) -> UInt64 { 3 &* words &+ (words &* words) &>> 9 }

  /// Grows the active context to at least `newSize` bytes: the plain function for handlers that hold base and size in
  /// their arguments, charge first, and load both again afterwards.
  /// - Returns: why it failed, or `nil`.
  @inline(never)
  public static func expand(
    _ memory: UnsafeMutablePointer<EVMMemory>, to newSize: Int
  ) -> EVMMemoryError? {
    if UInt(bitPattern: newSize) <= UInt(bitPattern: memory.pointee.size) { return nil }
    do throws(EVMMemoryError) {
      try memory.pointee.grow(to: UInt(bitPattern: newSize))
      return nil
    } catch {
      return error
    }
  }
}
