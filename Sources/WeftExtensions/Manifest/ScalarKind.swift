/// The C types that travel in registers of the guest.
public enum ScalarKind: String, Sendable, Hashable, CaseIterable {
  case bool, i8, u8, i16, u16, i32, u32, i64, u64, f32, f64
  /// `size_t`: one register of the guest, zero-extended.
  case size = "size_t"

  /// Bytes of the C type on the host.
  public var byteCount: Int {
    switch self {
    case .bool, .i8, .u8: 1
    case .i16, .u16: 2
    case .i32, .u32, .f32: 4
    case .i64, .u64, .f64, .size: 8
    }
  }

  /// Whether the value takes two registers, the low word in the first.
  public var isPair: Bool { self == .i64 || self == .u64 || self == .f64 }
  public var isFloat: Bool { self == .f32 || self == .f64 }
  public var isSigned: Bool { self == .i8 || self == .i16 || self == .i32 || self == .i64 }

  /// What a C function finds in a 64-bit argument register, or what it left in one: narrow integers are
  /// sign- or zero-extended, floating-point numbers are their bits.
  @inline(__always)
  func extended(_ bits: UInt64) -> UInt64 {
    switch self {
    case .bool: bits & 0xff != 0 ? 1 : 0
    case .i8: UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: bits)))
    case .u8: bits & 0xff
    case .i16: UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: bits)))
    case .u16: bits & 0xffff
    case .i32: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: bits)))
    case .u32, .f32: bits & 0xffff_ffff
    case .i64, .u64, .f64, .size: bits
    }
  }
}
