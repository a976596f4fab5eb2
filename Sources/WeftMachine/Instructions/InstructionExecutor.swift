/// An instruction as an instruction set or an extension brings it: its name, its encoding and what it does.
///
/// An executor is asked when a program is decoded, once per word, and never while the program runs: what it
/// answers is lowered to a handler. So it may be as rich as it likes.
///
/// ```swift
/// struct Double: InstructionExecutor {
///   let mnemonic = "double"
///   let encoding = InstructionEncoding.rv32R(opcode: 0x2b, funct3: 0, funct7: 0)
///
///   func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
///     .service(RV32Operands(rType: word)) { guest, operands throws(Trap) in
///       let value = try guest.register(operands.rs1)
///       try guest.setRegister(operands.rd, to: value &* 2)
///     }
///   }
/// }
/// ```
public protocol InstructionExecutor: Sendable {
  /// The name in disassembly, profiles and messages, in lower case.
  var mnemonic: String { get }

  /// The words or opcode bytes that belong to this instruction and to no other.
  var encoding: InstructionEncoding { get }

  /// What the instruction `word` at `address` does; `nil` when this word, though it fits the encoding, is no
  /// valid instruction. Executing such a word traps; loading it is no error.
  func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction?

  /// The chip that proves it; `nil` where it runs and is not provable.
  var chip: InstructionChip? { get }
}

extension InstructionExecutor {
  public var chip: InstructionChip? { nil }
}
