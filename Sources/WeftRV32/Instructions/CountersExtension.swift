import WeftMachine

/// The unprivileged counters (RISC-V Unprivileged ISA 20191213, chapter 10).
///
/// All three count retired instructions, so that a program sees the same values in every engine and every run:
/// a guest has no access to wall-clock time.
public struct CountersExtension: VMExtension {
  public let name = "zicntr"
  public let version = "2.0"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    for (name, number) in [("cycle", UInt32(0xc00)), ("time", 0xc01), ("instret", 0xc02)] {
      try registry.register(ReadCounter(mnemonic: "rd\(name)", csr: number, shift: 0))
      try registry.register(ReadCounter(mnemonic: "rd\(name)h", csr: number | 0x80, shift: 32))
    }
  }

  /// `csrrs rd, counter, x0`: writes half of the counter to rd, one tick.
  private struct ReadCounter: InstructionExecutor {
    let mnemonic: String
    let csr: UInt32
    let shift: UInt64

    var encoding: InstructionEncoding { .rv32(match: csr << 20 | 0x2073, mask: 0xffff_f07f) }

    func lower(_ word: UInt32, at address: UInt32) -> LoweredInstruction? {
      .service(RV32Operands(rType: word)) { [shift] guest, operands throws(Trap) in
        let count = guest.retiredInstructions >> shift
        try guest.setRegister(operands.rd, to: UInt32(truncatingIfNeeded: count))
      }
    }
  }
}
