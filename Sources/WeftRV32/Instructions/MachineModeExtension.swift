import WeftMachine

/// What start code of bare-metal programs touches: Zicsr, `mret` and `wfi` (RISC-V Privileged ISA 20211203).
/// Only in the machine environment.
public struct MachineModeExtension: VMExtension {
  public let name = "machine-mode"
  public let version = "1.12"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    let registers: [(UInt32, String)] = [
      (1, "csrrw"), (2, "csrrs"), (3, "csrrc"), (5, "csrrwi"), (6, "csrrsi"), (7, "csrrci"),
    ]
    for (funct3, mnemonic) in registers {
      try registry.register(
        RV32Executor(
          mnemonic, .rv32I(opcode: 0x73, funct3: funct3), .host(.controlAndStatusRegister), .service))
    }
    try registry.register(RV32Executor("mret", .word(0x3020_0073), .host(.machineReturn), .service))
    // There are no interrupts to wait for.
    try registry.register(RV32Executor("wfi", .word(0x1050_0073), .idle, .idle))
  }
}
