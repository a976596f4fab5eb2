/// One encoded instruction. Programs in tests are arrays of these, written with the names of the ISA:
/// `[.addi(5, 0, 1), .ebreak]`. Offsets of jumps and branches are bytes from the instruction itself.
struct InstructionWord: Hashable, Sendable, ExpressibleByIntegerLiteral {
  var bits: UInt32

  init(_ bits: UInt32) { self.bits = bits }
  init(integerLiteral value: UInt32) { bits = value }
}

// Formats: RISC-V Unprivileged ISA 20191213, section 2.3.
extension InstructionWord {
  static func r(
    _ opcode: UInt32, _ funct3: UInt32, _ funct7: UInt32, _ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32
  )
    -> InstructionWord
  {
    InstructionWord(funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode)
  }

  static func i(_ opcode: UInt32, _ funct3: UInt32, _ rd: UInt32, _ rs1: UInt32, _ immediate: Int32)
    -> InstructionWord
  {
    let bits = UInt32(bitPattern: immediate) << 20
    return InstructionWord(bits | rs1 << 15 | funct3 << 12 | rd << 7 | opcode)
  }

  static func s(_ funct3: UInt32, _ rs2: UInt32, _ rs1: UInt32, _ immediate: Int32) -> InstructionWord {
    let bits = UInt32(bitPattern: immediate)
    return InstructionWord(
      (bits >> 5 & 0x7f) << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | (bits & 0x1f) << 7 | 0x23)
  }

  static func b(_ funct3: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> InstructionWord {
    let bits = UInt32(bitPattern: offset)
    let high = (bits >> 12 & 1) << 31 | (bits >> 5 & 0x3f) << 25
    let low = (bits >> 1 & 0xf) << 8 | (bits >> 11 & 1) << 7
    return InstructionWord(high | rs2 << 20 | rs1 << 15 | funct3 << 12 | low | 0x63)
  }

  static func u(_ opcode: UInt32, _ rd: UInt32, _ upper: UInt32) -> InstructionWord {
    InstructionWord(upper << 12 | rd << 7 | opcode)
  }
}

extension InstructionWord {
  static func lui(_ rd: UInt32, _ upper: UInt32) -> Self { u(0x37, rd, upper) }
  static func auipc(_ rd: UInt32, _ upper: UInt32) -> Self { u(0x17, rd, upper) }

  static func jal(_ rd: UInt32, _ offset: Int32) -> Self {
    let bits = UInt32(bitPattern: offset)
    let high = (bits >> 20 & 1) << 31 | (bits >> 1 & 0x3ff) << 21
    return Self(high | (bits >> 11 & 1) << 20 | (bits >> 12 & 0xff) << 12 | rd << 7 | 0x6f)
  }
  static func jalr(_ rd: UInt32, _ rs1: UInt32, _ immediate: Int32) -> Self { i(0x67, 0, rd, rs1, immediate) }

  static func beq(_ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> Self { b(0, rs1, rs2, offset) }
  static func bne(_ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> Self { b(1, rs1, rs2, offset) }
  static func blt(_ rs1: UInt32, _ rs2: UInt32, _ offset: Int32) -> Self { b(4, rs1, rs2, offset) }

  static func addi(_ rd: UInt32, _ rs1: UInt32, _ immediate: Int32) -> Self { i(0x13, 0, rd, rs1, immediate) }
  static func andi(_ rd: UInt32, _ rs1: UInt32, _ immediate: Int32) -> Self { i(0x13, 7, rd, rs1, immediate) }
  static func add(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> Self { r(0x33, 0, 0, rd, rs1, rs2) }
  static func sub(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> Self { r(0x33, 0, 0x20, rd, rs1, rs2) }

  static func lw(_ rd: UInt32, _ rs1: UInt32, _ offset: Int32) -> Self { i(0x03, 2, rd, rs1, offset) }
  static func sb(_ rs2: UInt32, _ rs1: UInt32, _ offset: Int32) -> Self { s(0, rs2, rs1, offset) }
  static func sh(_ rs2: UInt32, _ rs1: UInt32, _ offset: Int32) -> Self { s(1, rs2, rs1, offset) }
  static func sw(_ rs2: UInt32, _ rs1: UInt32, _ offset: Int32) -> Self { s(2, rs2, rs1, offset) }

  static func csrrw(_ rd: UInt32, _ csr: UInt32, _ rs1: UInt32) -> Self {
    i(0x73, 1, rd, rs1, Int32(bitPattern: csr))
  }
  static func csrrs(_ rd: UInt32, _ csr: UInt32, _ rs1: UInt32) -> Self {
    i(0x73, 2, rd, rs1, Int32(bitPattern: csr))
  }

  static let nop: Self = 0x0000_0013
  static let fence: Self = 0x0ff0_000f
  static let fenceI: Self = 0x0000_100f
  static let ecall: Self = 0x0000_0073
  static let ebreak: Self = 0x0010_0073
  static let mret: Self = 0x3020_0073
  static let wfi: Self = 0x1050_0073
}

/// `lui` and `addi` that put any value into a register, always two instructions.
func li(_ rd: UInt32, _ value: UInt32) -> [InstructionWord] {
  let low = Int32(bitPattern: value << 20) >> 20
  let upper = (value &- UInt32(bitPattern: low)) >> 12
  return [.lui(rd, upper), .addi(rd, rd, low)]
}

/// An environment call: number in a7, arguments from a0 on.
func call(_ number: UInt32, _ arguments: UInt32...) -> [InstructionWord] {
  let registers = zip(UInt32(10)..., arguments).flatMap { li($0, $1) }
  return registers + li(17, number) + [.ecall]
}

/// Ends the run with an exit code.
func exit(_ code: UInt32 = 0) -> [InstructionWord] { call(93, code) }
