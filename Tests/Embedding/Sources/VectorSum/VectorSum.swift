import Weft

/// `vector.sum rd, rs1, rs2`: rd = the sum, modulo 2^32, of rs2 words of memory from address rs1 on.
///
/// The guest decides on pointer and length, so both are checked before anything is done: a service traps with
/// nothing changed, or does its whole work.
public struct VectorSum: InstructionExecutor {
  public let mnemonic = "vector.sum"
  /// custom-1, the first of the opcodes that belong to extensions.
  public let encoding = InstructionEncoding.rv32R(opcode: 0x2b, funct3: 0, funct7: 0)

  public func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
    .service(RV32Operands(rType: word)) { guest, operands throws(Trap) in
      let (start, count) = (guest.peekRegister(operands.rs1), guest.peekRegister(operands.rs2))
      guard start & 3 == 0 else { throw Trap(.loadAddressMisaligned, value: UInt64(start)) }
      guard guest.offsets(of: start, count: UInt64(count) &* 4) != nil else {
        throw Trap(.loadAccessFault, value: UInt64(start))
      }
      // Two registers, the words, the result: all of it fits into the record, or nothing is begun.
      try guest.reserve(accesses: Int(count) + 3)
      _ = try guest.register(operands.rs1)
      _ = try guest.register(operands.rs2)
      var sum: UInt32 = 0
      for index in 0..<count { sum &+= try guest.readWord(at: start &+ index &* 4) }
      try guest.setRegister(operands.rd, to: sum)
    }
  }
}

/// The extension that brings `vector.sum`; pass it to `Machine(_:configuration:extensions:)`.
public struct VectorExtension: VMExtension {
  public let name = "vector"
  public let version = "1.0.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(VectorSum())
  }
}
