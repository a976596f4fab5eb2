import WeftMachine

/// An instruction that the RV32 engines carry out themselves.
struct RV32Executor: InstructionExecutor {
  /// How operands are encoded and what decoding makes of them.
  enum Format {
    case register, immediate, load, store, branch, jump, jumpRegister, upper, upperRelative, idle
    case host(HostOperation)
  }

  let mnemonic: String
  let encoding: InstructionEncoding
  let format: Format
  let operation: Operation

  init(_ mnemonic: String, _ encoding: InstructionEncoding, _ format: Format, _ operation: Operation) {
    self.mnemonic = mnemonic
    self.encoding = encoding
    self.format = format
    self.operation = operation
  }

  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    switch format {
    case .register: computing(RV32Operands(rType: word), operation)
    case .immediate: computing(RV32Operands(iType: word), operation)
    case .upper: computing(RV32Operands(uType: word), .constant)
    case .upperRelative: computing(relative(RV32Operands(uType: word), to: address), .constant)
    case .load, .jumpRegister: lowered(RV32Operands(iType: word), operation)
    case .store: lowered(RV32Operands(sType: word), operation)
    case .branch: lowered(RV32Operands(bType: word), operation)
    case .jump: lowered(RV32Operands(jType: word), operation)
    case .idle: lowered(RV32Operands(rType: word), .idle)
    case .host(let operation):
      LoweredInstruction(.engine(operation: operation.rawValue), RV32Operands(iType: word))
    }
  }

  /// A computing instruction with destination `x0` does nothing.
  private func computing(_ operands: RV32Operands, _ operation: Operation) -> LoweredInstruction {
    lowered(operands, operands.rd == 0 ? .idle : operation)
  }

  private func relative(_ operands: RV32Operands, to address: UInt32) -> RV32Operands {
    var operands = operands
    operands.immediate &+= Int32(bitPattern: address)
    return operands
  }

  private func lowered(_ operands: RV32Operands, _ operation: Operation) -> LoweredInstruction {
    LoweredInstruction(.engine(operation: operation.rawValue), operands)
  }
}
