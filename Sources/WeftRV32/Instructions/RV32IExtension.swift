import WeftMachine

/// The base integer instruction set (RISC-V Unprivileged ISA 20191213, chapter 2), and FENCE.I, which has no
/// effect because decoded text follows every store (chapter 3).
public struct RV32IExtension: VMExtension {
  public let name = "rv32i"
  public let version = "2.1"

  public init() {}

  public func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    for executor in Self.executors { try registry.register(executor) }
  }

  static let executors: [RV32Executor] = computing + memory + control

  private static let computing: [RV32Executor] = [
    RV32Executor("lui", .rv32U(opcode: 0x37), .upper, .constant),
    RV32Executor("auipc", .rv32U(opcode: 0x17), .upperRelative, .constant),
    RV32Executor("addi", .rv32I(opcode: 0x13, funct3: 0), .immediate, .addi),
    RV32Executor("slti", .rv32I(opcode: 0x13, funct3: 2), .immediate, .slti),
    RV32Executor("sltiu", .rv32I(opcode: 0x13, funct3: 3), .immediate, .sltiu),
    RV32Executor("xori", .rv32I(opcode: 0x13, funct3: 4), .immediate, .xori),
    RV32Executor("ori", .rv32I(opcode: 0x13, funct3: 6), .immediate, .ori),
    RV32Executor("andi", .rv32I(opcode: 0x13, funct3: 7), .immediate, .andi),
    RV32Executor("slli", .rv32R(opcode: 0x13, funct3: 1, funct7: 0), .immediate, .slli),
    RV32Executor("srli", .rv32R(opcode: 0x13, funct3: 5, funct7: 0), .immediate, .srli),
    RV32Executor("srai", .rv32R(opcode: 0x13, funct3: 5, funct7: 0x20), .immediate, .srai),
    RV32Executor("add", .rv32R(opcode: 0x33, funct3: 0, funct7: 0), .register, .add),
    RV32Executor("sub", .rv32R(opcode: 0x33, funct3: 0, funct7: 0x20), .register, .sub),
    RV32Executor("sll", .rv32R(opcode: 0x33, funct3: 1, funct7: 0), .register, .sll),
    RV32Executor("slt", .rv32R(opcode: 0x33, funct3: 2, funct7: 0), .register, .slt),
    RV32Executor("sltu", .rv32R(opcode: 0x33, funct3: 3, funct7: 0), .register, .sltu),
    RV32Executor("xor", .rv32R(opcode: 0x33, funct3: 4, funct7: 0), .register, .xor),
    RV32Executor("srl", .rv32R(opcode: 0x33, funct3: 5, funct7: 0), .register, .srl),
    RV32Executor("sra", .rv32R(opcode: 0x33, funct3: 5, funct7: 0x20), .register, .sra),
    RV32Executor("or", .rv32R(opcode: 0x33, funct3: 6, funct7: 0), .register, .or),
    RV32Executor("and", .rv32R(opcode: 0x33, funct3: 7, funct7: 0), .register, .and),
  ]

  private static let memory: [RV32Executor] = [
    RV32Executor("lb", .rv32I(opcode: 0x03, funct3: 0), .load, .lb),
    RV32Executor("lh", .rv32I(opcode: 0x03, funct3: 1), .load, .lh),
    RV32Executor("lw", .rv32I(opcode: 0x03, funct3: 2), .load, .lw),
    RV32Executor("lbu", .rv32I(opcode: 0x03, funct3: 4), .load, .lbu),
    RV32Executor("lhu", .rv32I(opcode: 0x03, funct3: 5), .load, .lhu),
    RV32Executor("sb", .rv32I(opcode: 0x23, funct3: 0), .store, .sb),
    RV32Executor("sh", .rv32I(opcode: 0x23, funct3: 1), .store, .sh),
    RV32Executor("sw", .rv32I(opcode: 0x23, funct3: 2), .store, .sw),
    RV32Executor("fence", .rv32I(opcode: 0x0f, funct3: 0), .idle, .idle),
    RV32Executor("fence.i", .rv32I(opcode: 0x0f, funct3: 1), .idle, .idle),
  ]

  private static let control: [RV32Executor] = [
    RV32Executor("jal", .rv32U(opcode: 0x6f), .jump, .jal),
    RV32Executor("jalr", .rv32I(opcode: 0x67, funct3: 0), .jumpRegister, .jalr),
    RV32Executor("beq", .rv32I(opcode: 0x63, funct3: 0), .branch, .beq),
    RV32Executor("bne", .rv32I(opcode: 0x63, funct3: 1), .branch, .bne),
    RV32Executor("blt", .rv32I(opcode: 0x63, funct3: 4), .branch, .blt),
    RV32Executor("bge", .rv32I(opcode: 0x63, funct3: 5), .branch, .bge),
    RV32Executor("bltu", .rv32I(opcode: 0x63, funct3: 6), .branch, .bltu),
    RV32Executor("bgeu", .rv32I(opcode: 0x63, funct3: 7), .branch, .bgeu),
    RV32Executor("ecall", .word(0x0000_0073), .host(.environmentCall), .service),
    RV32Executor("ebreak", .word(0x0010_0073), .host(.breakpoint), .service),
  ]
}

extension InstructionEncoding {
  /// Exactly one word.
  static func word(_ word: UInt32) -> InstructionEncoding { .rv32(match: word, mask: .max) }
}
