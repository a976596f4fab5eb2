import WeftMachine

/// Integer multiplication and division (RISC-V Unprivileged ISA 20191213, chapter 7).
public struct RV32MExtension: VMExtension {
  public let name = "rv32m"
  public let version = "2.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    let operations: [(String, Operation)] = [
      ("mul", .mul), ("mulh", .mulh), ("mulhsu", .mulhsu), ("mulhu", .mulhu), ("div", .div), ("divu", .divu),
      ("rem", .rem), ("remu", .remu),
    ]
    for (funct3, (mnemonic, operation)) in zip(UInt32(0)..., operations) {
      try registry.register(
        RV32Executor(
          mnemonic, .rv32R(opcode: 0x33, funct3: funct3, funct7: 1), .register, operation))
    }
  }
}
