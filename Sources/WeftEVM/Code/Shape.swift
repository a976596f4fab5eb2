/// What an instruction is in the patterns of fused groups. DUPs and SWAPs are alike, pushed values are of two kinds.
enum Shape: UInt8 {
  /// In no group.
  case other
  /// PUSH0 to PUSH8.
  case push
  /// PUSH9 to PUSH32.
  case wide
  case dup, swap, pop
  case add, mul, sub, div, mod, sdiv, signextend
  case lt, gt, slt, sgt, eq, iszero
  case and, or, xor, byte, shl, shr, sar
  case calldataload, mload, mstore, jump, jumpi

  static var count: Int { Int(Shape.jumpi.rawValue) &+ 1 }

  init(_ opcode: Opcode) {
    self =
      switch opcode.rawValue {
      case 0x5f...0x67: .push
      case 0x68...0x7f: .wide
      case 0x80...0x8f: .dup
      case 0x90...0x9f: .swap
      default: Self.single(opcode)
      }
  }

  private static func single(_ opcode: Opcode) -> Shape {
    switch opcode {
    case .add: .add
    case .mul: .mul
    case .sub: .sub
    case .div: .div
    case .mod: .mod
    case .sdiv: .sdiv
    case .signextend: .signextend
    case .lt: .lt
    case .gt: .gt
    case .slt: .slt
    case .sgt: .sgt
    case .eq: .eq
    case .iszero: .iszero
    case .and: .and
    case .or: .or
    case .xor: .xor
    case .byte: .byte
    case .shl: .shl
    case .shr: .shr
    case .sar: .sar
    case .calldataload: .calldataload
    case .mload: .mload
    case .mstore: .mstore
    case .pop: .pop
    case .jump: .jump
    case .jumpi: .jumpi
    default: .other
    }
  }
}
