import WeftMemory

// Memory that grows by a word or two in the handlers themselves: programs that fill memory do so at every other
// instruction. What `GrowingLoad` and its like do with the host's help is left to them where anything is unusual.
extension ExecutionState {
  /// MLOAD of a word that begins inside memory or at its end.
  /// - Returns: false, with nothing changed, where the host has to do it.
  @inline(__always)
  mutating func loadGrowing() -> Bool {
    let offset = top.word(0)
    guard grow(offset, 32, { memory, end in memory.growQuickly(to: end) }) else { return false }
    top[0] = MemoryWord.load(memory + Int(truncatingIfNeeded: offset.limb0))
    return true
  }

  /// MSTORE of a word that begins inside memory or at its end.
  /// - Returns: false, with nothing changed, where the host has to do it.
  @inline(__always)
  mutating func storeGrowing() -> Bool {
    let (offset, word) = (top.word(0), top.word(-1))
    guard grow(offset, 32, { memory, end in memory.growQuickly(forWordTo: end) }) else { return false }
    MemoryWord.store(word, to: memory + Int(truncatingIfNeeded: offset.limb0))
    top -= 2
    return true
  }

  /// MSTORE8 of a byte right behind memory.
  /// - Returns: false, with nothing changed, where the host has to do it.
  @inline(__always)
  mutating func storeByteGrowing() -> Bool {
    let (offset, word) = (top.word(0), top.word(-1))
    guard grow(offset, 1, { memory, end in memory.growQuickly(to: end) }) else { return false }
    let byte = UInt8(truncatingIfNeeded: word.limb0)
    memory.storeBytes(of: byte, toByteOffset: Int(truncatingIfNeeded: offset.limb0), as: UInt8.self)
    top -= 2
    return true
  }

  /// Pays for memory up to `offset + count`, which it does not reach yet, and grows it.
  @inline(__always)
  private mutating func grow(
    _ offset: UInt256, _ count: UInt64, _ grow: (inout EVMMemory, UInt) -> Bool
  ) -> Bool {
    // Below 2³² nothing overflows.
    guard offset.limb1 | offset.limb2 | offset.limb3 == 0, offset.limb0 &>> 32 == 0 else { return false }
    let end = offset.limb0 &+ count
    let size = (end &+ 31) & ~31
    let price = Host.expansion(from: Int64(memorySize &>> 5), to: Int64(size &>> 5))
    guard price <= gas, grow(&context.engine.pointee.memory, UInt(end)) else { return false }
    gas &-= price
    memorySize = size
    context.pointee.memory_size = size
    return true
  }
}
