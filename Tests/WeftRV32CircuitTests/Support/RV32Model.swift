import WeftRV32Circuit

/// What RV32IM instructions compute, written down anew: on signed and unsigned 64-bit numbers, bit by bit where the
/// processor has an instruction. Shares nothing with engines and chips.
enum RV32Model {
  static func signed(_ x: UInt32) -> Int64 { x >= 0x8000_0000 ? Int64(x) - 0x1_0000_0000 : Int64(x) }

  static func wrapped(_ x: Int64) -> UInt32 { UInt32(truncatingIfNeeded: x) }

  /// The result of a computing instruction.
  static func result(_ opcode: CircuitOpcode, _ x: UInt32, _ y: UInt32) -> UInt32 {
    let (a, b) = (Int64(x), Int64(y))
    let (s, t) = (signed(x), signed(y))
    switch opcode {
    case .add: return wrapped((a + b) % 0x1_0000_0000)
    case .sub: return wrapped((a - b + 0x1_0000_0000) % 0x1_0000_0000)
    case .xor: return bits { (a >> $0) % 2 != (b >> $0) % 2 }
    case .or: return bits { (a >> $0) % 2 + (b >> $0) % 2 > 0 }
    case .and: return bits { (a >> $0) % 2 + (b >> $0) % 2 == 2 }
    case .sll: return bits { $0 >= y % 32 && (a >> ($0 - Int64(y % 32))) % 2 == 1 }
    case .srl: return bits { $0 + Int64(y % 32) < 32 && (a >> ($0 + Int64(y % 32))) % 2 == 1 }
    case .sra: return bits { (a >> min($0 + Int64(y % 32), 31)) % 2 == 1 }
    case .slt: return s < t ? 1 : 0
    case .sltu: return a < b ? 1 : 0
    case .mul: return UInt32((UInt64(x) * UInt64(y)) % 0x1_0000_0000)
    case .mulh: return high(s, t)
    case .mulhsu: return high(s, b)
    case .mulhu: return UInt32(UInt64(x) * UInt64(y) / 0x1_0000_0000)
    case .div: return y == 0 ? 0xffff_ffff : wrapped(quotient(s, t))
    case .divu: return y == 0 ? 0xffff_ffff : UInt32(a / b)
    case .rem: return y == 0 ? x : wrapped(s - quotient(s, t) * t)
    case .remu: return y == 0 ? x : UInt32(a - a / b * b)
    default: return 0
    }
  }

  /// Whether a branch is taken.
  static func isTaken(_ opcode: CircuitOpcode, _ x: UInt32, _ y: UInt32) -> Bool {
    switch opcode {
    case .beq: x == y
    case .bne: x != y
    case .blt: signed(x) < signed(y)
    case .bge: signed(x) >= signed(y)
    case .bltu: Int64(x) < Int64(y)
    case .bgeu: Int64(x) >= Int64(y)
    default: false
    }
  }

  /// What a load makes of the bytes of the word that holds the address, the lowest first.
  static func loaded(_ opcode: CircuitOpcode, _ bytes: [UInt32], offset: Int) -> UInt32 {
    let byte = Int64(bytes[offset])
    let half = byte + (offset < 3 ? 256 * Int64(bytes[offset + 1]) : 0)
    switch opcode {
    case .loadByteUnsigned: return wrapped(byte)
    case .loadByte: return wrapped(byte < 128 ? byte : byte - 256)
    case .loadHalfUnsigned: return wrapped(half)
    case .loadHalf: return wrapped(half < 32768 ? half : half - 65536)
    default: return bytes.reversed().reduce(0) { $0 * 256 + $1 }
    }
  }

  /// The bytes of a word after a store.
  static func stored(_ opcode: CircuitOpcode, _ value: [UInt32], over old: [UInt32], offset: Int) -> [UInt32]
  {
    var bytes = old
    let count = opcode == .storeByte ? 1 : opcode == .storeHalf ? 2 : 4
    for i in 0..<count { bytes[offset + i] = value[i] }
    return bytes
  }

  static func bytes(_ x: UInt32) -> [UInt32] { [x % 256, x / 256 % 256, x / 65536 % 256, x / 16_777_216] }

  private static func bits(_ isSet: (Int64) -> Bool) -> UInt32 {
    (0..<32).reduce(0) { $0 + (isSet($1) ? UInt32(1) << UInt32($1) : 0) }
  }

  /// ⌊x·y / 2^32⌋ modulo 2^32.
  private static func high(_ x: Int64, _ y: Int64) -> UInt32 {
    let product = x.multipliedFullWidth(by: y)
    return UInt32(product.low >> 32)
  }

  /// Rounded towards zero, of magnitudes.
  private static func quotient(_ x: Int64, _ y: Int64) -> Int64 {
    let magnitude = Int64(x.magnitude / y.magnitude)
    return (x < 0) == (y < 0) ? magnitude : -magnitude
  }
}
