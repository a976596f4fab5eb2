/// Which words or bytes of a program an instruction claims.
public enum InstructionEncoding: Sendable, Hashable {
  /// Every 32-bit word with `word & mask == match`.
  case rv32(match: UInt32, mask: UInt32)
  /// One opcode byte.
  case evm(opcode: UInt8)

  public var instructionSet: InstructionSet {
    switch self {
    case .rv32: .rv32
    case .evm: .evm
    }
  }

  /// Whether some word or byte belongs to both encodings.
  public func overlaps(_ other: InstructionEncoding) -> Bool {
    switch (self, other) {
    case (.rv32(let match, let mask), .rv32(let otherMatch, let otherMask)):
      (match ^ otherMatch) & mask & otherMask == 0
    case (.evm(let opcode), .evm(let otherOpcode)):
      opcode == otherOpcode
    default:
      false
    }
  }

  /// An R-type encoding: major opcode, funct3 and funct7 fixed, registers free.
  public static func rv32R(opcode: UInt32, funct3: UInt32, funct7: UInt32) -> InstructionEncoding {
    .rv32(match: opcode & 0x7f | (funct3 & 7) << 12 | (funct7 & 0x7f) << 25, mask: 0xfe00_707f)
  }

  /// An I-, S- or B-type encoding: major opcode and funct3 fixed, registers and immediate free.
  public static func rv32I(opcode: UInt32, funct3: UInt32) -> InstructionEncoding {
    .rv32(match: opcode & 0x7f | (funct3 & 7) << 12, mask: 0x707f)
  }

  /// A U- or J-type encoding: only the major opcode is fixed.
  public static func rv32U(opcode: UInt32) -> InstructionEncoding {
    .rv32(match: opcode & 0x7f, mask: 0x7f)
  }
}

extension InstructionEncoding: CustomStringConvertible {
  public var description: String {
    switch self {
    case .rv32(let match, let mask): "rv32 word & \(hexadecimal(mask)) == \(hexadecimal(match))"
    case .evm(let opcode): "evm opcode \(hexadecimal(UInt32(opcode), digits: 2))"
    }
  }
}
