import WeftMachine
import WeftMemory

// What only RV32 programs have: registers, memory by address, functions by name.
extension Machine {
  private var rv32: RV32Processor? { processor as? RV32Processor }

  /// x0 to x31; all zeros for a program of another instruction set.
  public var registers: [UInt32] {
    (0..<32).map { rv32?.guest.peekRegister($0) ?? 0 }
  }

  /// Address of the next instruction.
  public var programCounter: UInt64 { processor.programCounter }

  /// Looks at memory; `nil` when the range does not lie inside it.
  public func bytes(at address: UInt32, count: Int) -> [UInt8]? {
    guard count >= 0 else { return nil }
    return processor.guest.withPeekedBytes(at: address, count: UInt64(count)) { Array($0) }
  }

  /// Changes memory before the guest goes on; text included. A machine that was not started starts in fast mode.
  ///
  /// - Throws: `recordedRun` in recorded runs, whose memory changes by their own instructions only;
  ///   `outsideMemory` when the range does not lie inside memory.
  public mutating func setBytes(_ bytes: [UInt8], at address: UInt32) throws(MachineError) {
    let processor = try fastProcessor()
    guard processor.setBytes(bytes, at: address) else {
      throw .outsideMemory(address: UInt64(address), count: bytes.count)
    }
  }

  /// Changes a register, 1 to 31, before the guest goes on.
  ///
  /// - Throws: `recordedRun` in recorded runs.
  public mutating func setRegister(_ index: Int, to value: UInt32) throws(MachineError) {
    let processor = try fastProcessor()
    if (1...31).contains(index) { processor.guest.registers[index] = value }
  }

  /// The result of a function of the guest.
  public struct FunctionResult: Sendable, Hashable {
    /// a0 on return.
    public var value: UInt32
    /// a1 on return: the upper half of a 64-bit result.
    public var second: UInt32
    /// Instructions that the call took.
    public var instructions: UInt64
  }

  /// Calls a function of the program with up to eight words of arguments, on the guest's present stack.
  ///
  /// What it does to memory stays; registers and program counter are as before, so that a paused run can go on.
  /// The machine may be fresh, paused or ended; the limits apply to the call.
  /// - Throws: `unknownSymbol`; `callEnded` when the function traps, exits or reaches a limit instead of returning;
  ///   `recordedRun` in recorded runs.
  public mutating func callFunction(
    _ symbol: String, arguments: [UInt32] = []
  ) throws(MachineError) -> FunctionResult {
    let processor = try fastProcessor()
    guard let address = processor.program.symbols.address(of: symbol) else { throw .unknownSymbol(symbol) }
    guard arguments.count <= 8 else { throw .program("\(arguments.count) arguments, a call takes 8 words") }
    let saved = processor.enterFunction(at: address, arguments: arguments)
    reactivate()
    let before = processor.retiredInstructions
    let status = try resume().exit
    let result = FunctionResult(
      value: processor.guest.peekRegister(10), second: processor.guest.peekRegister(11),
      instructions: processor.retiredInstructions &- before)
    let didReturn = processor.leaveFunction(saved)
    reactivate()
    guard didReturn else { throw .callEnded(status) }
    return result
  }

  /// The words between the symbols `begin_signature` and `end_signature`, by which the architecture tests report;
  /// `nil` when the program has none.
  public func signature() -> [UInt32]? {
    guard let rv32, let begin = rv32.program.symbols.address(of: "begin_signature"),
      let end = rv32.program.symbols.address(of: "end_signature"), begin <= end,
      let bytes = bytes(at: begin, count: Int(end &- begin))
    else { return nil }
    return stride(from: 0, to: bytes.count & ~3, by: 4).map { offset in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
    }
  }

  private mutating func fastProcessor() throws(MachineError) -> RV32Processor {
    guard let processor = rv32 else { throw .program("this is no RV32 program") }
    guard processor.guest.mode == .fast else { throw .recordedRun }
    return processor
  }
}

extension RV32Processor {
  /// What a call has to put back.
  fileprivate struct SavedRegisters {
    var registers: [UInt32]
    var pc: UInt32
  }

  /// The return address of calls from the host: no program has code there, since a word needs four bytes.
  static let hostReturnAddress: UInt32 = 0xffff_fffc

  fileprivate func enterFunction(at address: UInt32, arguments: [UInt32]) -> SavedRegisters {
    let saved = SavedRegisters(registers: (0..<32).map { guest.peekRegister($0) }, pc: pc)
    for (index, argument) in arguments.enumerated() { guest.registers[10 &+ index] = argument }
    guest.registers[1] = Self.hostReturnAddress
    guest.registers[2] &= ~15
    guest.clearRequests()
    returnsToHost = true
    hasReturned = false
    pc = address
    return saved
  }

  /// Whether the function has returned.
  fileprivate func leaveFunction(_ saved: SavedRegisters) -> Bool {
    returnsToHost = false
    guest.clearRequests()
    for index in 1..<32 { guest.registers[index] = saved.registers[index] }
    pc = saved.pc
    return hasReturned
  }

  fileprivate func setBytes(_ bytes: [UInt8], at address: UInt32) -> Bool {
    guard let range = guest.offsets(of: address, count: UInt64(bytes.count)),
      let region = guest.memory.pointee.region(of: .memory)
    else { return false }
    UnsafeMutableRawBufferPointer(
      start: region.base + Int(truncatingIfNeeded: range.lowerBound), count: bytes.count
    ).copyBytes(from: bytes)
    isPristine = false
    pendingTextWrite = range
    finishTextWrite()
    return true
  }
}
