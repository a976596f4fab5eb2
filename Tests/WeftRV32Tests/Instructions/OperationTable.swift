/// The register-register instructions as the tests see them: encoding, and meaning written independently of the
/// engines with wide integers.
struct RegisterOperation: Sendable, CustomStringConvertible {
  var name: String
  var funct3: UInt32
  var funct7: UInt32
  var meaning: @Sendable (UInt32, UInt32) -> UInt32

  var description: String { name }

  func word(_ rd: UInt32, _ rs1: UInt32, _ rs2: UInt32) -> InstructionWord {
    .r(0x33, funct3, funct7, rd, rs1, rs2)
  }

  static let all: [RegisterOperation] = [
    .init(name: "add", funct3: 0, funct7: 0) { low(signed($0) + signed($1)) },
    .init(name: "sub", funct3: 0, funct7: 0x20) { low(signed($0) - signed($1)) },
    .init(name: "sll", funct3: 1, funct7: 0) { low(Int64($0) << Int64($1 % 32)) },
    .init(name: "slt", funct3: 2, funct7: 0) { signed($0) < signed($1) ? 1 : 0 },
    .init(name: "sltu", funct3: 3, funct7: 0) { $0 < $1 ? 1 : 0 },
    .init(name: "xor", funct3: 4, funct7: 0) { ($0 | $1) - ($0 & $1) },
    .init(name: "srl", funct3: 5, funct7: 0) { low(Int64($0) >> Int64($1 % 32)) },
    .init(name: "sra", funct3: 5, funct7: 0x20) { low(signed($0) >> Int64($1 % 32)) },
    .init(name: "or", funct3: 6, funct7: 0) { ~(~$0 & ~$1) },
    .init(name: "and", funct3: 7, funct7: 0) { ~(~$0 | ~$1) },
    .init(name: "mul", funct3: 0, funct7: 1) { low(signed($0) * signed($1) & 0xffff_ffff) },
    .init(name: "mulh", funct3: 1, funct7: 1) { low((signed($0) * signed($1)) >> 32) },
    .init(name: "mulhsu", funct3: 2, funct7: 1) { low((signed($0) * Int64($1)) >> 32) },
    .init(name: "mulhu", funct3: 3, funct7: 1) { UInt32((UInt64($0) * UInt64($1)) >> 32) },
    .init(name: "div", funct3: 4, funct7: 1) { $1 == 0 ? .max : low(signed($0) / signed($1)) },
    .init(name: "divu", funct3: 5, funct7: 1) { $1 == 0 ? .max : $0 / $1 },
    .init(name: "rem", funct3: 6, funct7: 1) { $1 == 0 ? $0 : low(signed($0) % signed($1)) },
    .init(name: "remu", funct3: 7, funct7: 1) { $1 == 0 ? $0 : $0 % $1 },
  ]
}

/// The register-immediate instructions.
struct ImmediateOperation: Sendable, CustomStringConvertible {
  var name: String
  var funct3: UInt32
  /// Bits 5 to 11 of the immediate of a shift; other instructions use all twelve bits.
  var shiftBits: Int32?
  var meaning: @Sendable (UInt32, Int32) -> UInt32

  var description: String { name }

  var immediates: [Int32] {
    shiftBits == nil ? [0, 1, -1, 5, 2047, -2048, -2047, 0x555] : [0, 1, 2, 15, 16, 30, 31]
  }

  func word(_ rd: UInt32, _ rs1: UInt32, _ immediate: Int32) -> InstructionWord {
    .i(0x13, funct3, rd, rs1, immediate | (shiftBits ?? 0))
  }

  static let all: [ImmediateOperation] = [
    .init(name: "addi", funct3: 0) { low(signed($0) + Int64($1)) },
    .init(name: "slti", funct3: 2) { signed($0) < Int64($1) ? 1 : 0 },
    .init(name: "sltiu", funct3: 3) { $0 < UInt32(bitPattern: $1) ? 1 : 0 },
    .init(name: "xori", funct3: 4) { $0 ^ UInt32(bitPattern: $1) },
    .init(name: "ori", funct3: 6) { $0 | UInt32(bitPattern: $1) },
    .init(name: "andi", funct3: 7) { $0 & UInt32(bitPattern: $1) },
    .init(name: "slli", funct3: 1, shiftBits: 0) { low(Int64($0) << Int64($1)) },
    .init(name: "srli", funct3: 5, shiftBits: 0) { low(Int64($0) >> Int64($1)) },
    .init(name: "srai", funct3: 5, shiftBits: 0x400) { low(signed($0) >> Int64($1)) },
  ]
}

private func signed(_ value: UInt32) -> Int64 { Int64(Int32(bitPattern: value)) }
private func low(_ value: Int64) -> UInt32 { UInt32(truncatingIfNeeded: value) }
