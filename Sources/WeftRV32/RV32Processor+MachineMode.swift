import WeftMachine

extension RV32Processor {
  /// The six Zicsr instructions: the old value goes to rd; `csrrs` and `csrrc` with rs1 = x0 do not write.
  func controlAndStatusRegister(_ word: UInt32) throws(Trap) {
    let number = word >> 20
    let operands = RV32Operands(rType: word)
    let isImmediate = word & 0x4000 != 0
    try guest.reserve(accesses: 2)
    let old = counter(number) ?? machineMode?[number] ?? 0
    let source = isImmediate ? UInt32(operands.rs1) : try guest.register(operands.rs1)
    if isImmediate { try guest.idle() }
    try guest.setRegister(operands.rd, to: old)
    switch word >> 12 & 3 {
    case 1: machineMode?[number] = source
    case 2: if operands.rs1 != 0 { machineMode?[number] = old | source }
    default: if operands.rs1 != 0 { machineMode?[number] = old & ~source }
    }
  }

  /// The counters, which all count retired instructions: cycle, time, instret and their machine-mode twins.
  private func counter(_ number: UInt32) -> UInt32? {
    switch number {
    case 0xc00, 0xc01, 0xc02, 0xb00, 0xb02: UInt32(truncatingIfNeeded: retiredInstructions)
    case 0xc80, 0xc81, 0xc82, 0xb80, 0xb82: UInt32(truncatingIfNeeded: retiredInstructions >> 32)
    default: nil
    }
  }

  func machineReturn() throws(Trap) {
    try guest.reserve(accesses: 1)
    try record { () throws(Trap) in
      try guest.idle()
      guest.jump(to: machineMode?.leave() ?? pc)
    }
  }

  /// The exit code of a store to `tohost`, for the official suites' convention: 1 is success, other odd values are
  /// twice the number of the failed test plus one. Zero only clears the word.
  ///
  /// - Throws: a store access fault for other even values: they ask for a device, there is none, and the guest
  ///   would wait for its answer forever.
  func toHostCode(_ range: Range<UInt64>, _ value: UInt32) throws(Trap) -> UInt32? {
    guard let toHostOffset, range.lowerBound == UInt64(toHostOffset), value != 0 else { return nil }
    guard value & 1 == 1 else {
      throw Trap(.storeAccessFault, value: UInt64(toHostOffset &+ guest.memoryStart))
    }
    return value >> 1
  }
}
