import CWeftABI
import WeftMemory

// What the host carries out itself: instructions in recorded and metered runs and on the reference engine, phantom
// instructions, system calls.
extension NativeInstance {
  /// Carries an instruction out, all or nothing, its accesses going through the controller: declared registers are
  /// read first, then come the accesses of the function in their order, and last the write of rd.
  package func perform(
    _ instruction: NativeInstruction, word: UInt32, address: UInt32, _ guest: Guest
  ) throws(Trap) {
    var operands = instruction.operands(of: word, at: address)
    openWatched(.watched, guest)
    let status = instruction.step(call, &operands)
    // One access failed, or it is the handler that does.
    if instruction.handler != nil, status == .failed {
      note(misuse("'\(instruction.mnemonic)' neither retired nor had a reason to leave"))
    }
    let written = registers[Int(operands.rd)]
    let stray = strayRegister(instruction, operands, guest)
    rollBack(guest)
    shut()
    try check(status)
    if let stray {
      throw misuse("'\(instruction.mnemonic)' wrote x\(stray), which it does not declare")
    }
    let reads = declaredReads(instruction, operands)
    let writes = instruction.registers.contains(.writesRD)
    let ticks = transaction.ticks &+ UInt64(reads.count &+ (writes ? 1 : 0))
    if instruction.ticks != 0, ticks != UInt64(instruction.ticks) {
      throw misuse("'\(instruction.mnemonic)' took \(ticks) ticks and declares \(instruction.ticks)")
    }
    try reserve(guest, more: ticks &- transaction.ticks)
    try commitRequests(guest)
    for register in reads { _ = try guest.register(register) }
    try transaction.commit(guest)
    if writes { try guest.setRegister(Int(operands.rd) & 31, to: written) }
  }

  /// Runs a phantom instruction's function.
  package func performPhantom(
    _ body: @convention(c) (UnsafeMutablePointer<weft_call>?, UInt32, UInt32) -> weft_status,
    _ first: UInt32, _ second: UInt32, _ guest: Guest
  ) throws(Trap) {
    openWatched(.peeking, guest)
    let status = body(call, first, second)
    shut()
    try check(status)
    try commitRequests(guest)
  }

  /// Runs a system call's function; its accesses follow those to registers.
  package func performCall(
    _ body:
      @convention(c) (
        UnsafeMutablePointer<weft_call>?, UnsafePointer<UInt32>?, UnsafeMutablePointer<weft_call_result>?
      ) -> weft_status,
    _ arguments: SystemCall.Arguments, _ guest: Guest
  ) throws(Trap) -> SystemCall.Result {
    openWatched(.watched, guest)
    var result = weft_call_result()
    let values = [arguments.a0, arguments.a1, arguments.a2, arguments.a3, arguments.a4, arguments.a5]
    let status = body(call, values, &result)
    rollBack(guest)
    shut()
    try check(status)
    // The six ticks of every call are reserved when its body runs; these come on top.
    try reserve(guest, more: 6)
    try commitRequests(guest)
    return SystemCall.Result(
      result.value, second: result.has_second != 0 ? result.second : nil,
      effect: { [transaction] guest throws(Trap) in try transaction.commit(guest) })
  }

  /// A failure that a service noted counts even where the function returned WEFT_OK.
  private func check(_ status: weft_status) throws(Trap) {
    defer { trap = nil }
    if let misuse = takeThreadMisuse() { throw misuse }
    if let trap { throw trap }
    if status != .succeeded { throw Self.statusTrap(name, status) }
  }

  private func declaredReads(_ instruction: NativeInstruction, _ operands: weft_operands) -> [Int] {
    var reads: [Int] = []
    if instruction.registers.contains(.readsRS1) { reads.append(Int(operands.rs1)) }
    if instruction.registers.contains(.readsRS2) { reads.append(Int(operands.rs2)) }
    if instruction.registers.contains(.readsRD) { reads.append(Int(operands.source_rd)) }
    return reads
  }

  /// A register that the function wrote although it does not declare that.
  private func strayRegister(
    _ instruction: NativeInstruction, _ operands: weft_operands, _ guest: Guest
  ) -> Int? {
    // Registers that `weft_set_register` changed are put back before the comparison.
    let destination = instruction.registers.contains(.writesRD) ? Int(operands.rd) : -1
    let value = registers[Int(operands.rd)]
    rollBack(guest)
    defer { registers[Int(operands.rd)] = value }
    if registers[0] != 0 { return 0 }
    return (1..<32).first { $0 != destination && registers[$0] != guest.registers[$0] }
  }
}
