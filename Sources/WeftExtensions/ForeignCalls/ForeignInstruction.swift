import WeftMachine

/// A C function as an instruction.
struct ForeignInstruction: InstructionExecutor {
  let mnemonic: String
  let encoding: InstructionEncoding
  let call: ForeignCall

  init(_ instruction: ExtensionManifest.Instruction, _ call: ForeignCall) {
    mnemonic = instruction.mnemonic
    encoding = .rv32(match: instruction.match, mask: instruction.mask)
    self.call = call
  }

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    let fields = RV32Operands(iType: word)
    let operands = CallOperands(
      rd: fields.rd & 31, rs1: fields.rs1 & 31, rs2: Int(word &>> 20 & 31), immediate: fields.immediate)
    guard call.accepts(operands) else { return nil }
    return .service(fields) { [call] guest, _ throws(Trap) in try call.run(guest, operands) }
  }
}
