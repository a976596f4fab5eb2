import WeftMemory

extension Guest {
  /// Reads RV32 register `index` (taken modulo 32), logged as an access of one tick.
  public func register(_ index: Int) throws(Trap) -> UInt32 {
    do throws(MemoryError) {
      return try memory.pointee.readWord(.registers, Self.pointer(index))
    } catch { throw error.trap }
  }

  /// Writes RV32 register `index` (taken modulo 32), logged; for `x0` nothing is written and the tick is idle.
  public func setRegister(_ index: Int, to value: UInt32) throws(Trap) {
    do throws(MemoryError) {
      if index & 31 == 0 {
        try memory.pointee.advanceTimestamp(by: 1)
      } else {
        try memory.pointee.writeWord(value, .registers, Self.pointer(index))
      }
    } catch { throw error.trap }
  }

  /// Looks at RV32 register `index` (taken modulo 32) without a trace.
  public func peekRegister(_ index: Int) -> UInt32 {
    registers[index & 31]
  }

  /// Lets `ticks` pass without an access.
  public func idle(_ ticks: UInt32 = 1) throws(Trap) {
    do throws(MemoryError) {
      try memory.pointee.advanceTimestamp(by: ticks)
    } catch { throw error.trap }
  }

  /// The register file: x0…x31 and the slot for discarded writes.
  package var registers: UnsafeMutablePointer<UInt32> {
    // The register space is part of every configuration.
    memory.pointee.region(of: .registers).unsafelyUnwrapped.base.assumingMemoryBound(to: UInt32.self)
  }

  private static func pointer(_ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: index & 31) &<< 2
  }
}
