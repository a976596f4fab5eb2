/// What the computing instructions compute (RISC-V Unprivileged ISA 20191213, chapters 2 and 7).
enum Arithmetic {
  @inline(__always) static func add(_ a: UInt32, _ b: UInt32) -> UInt32 { a &+ b }
  @inline(__always) static func sub(_ a: UInt32, _ b: UInt32) -> UInt32 { a &- b }
  @inline(__always) static func xor(_ a: UInt32, _ b: UInt32) -> UInt32 { a ^ b }
  @inline(__always) static func or(_ a: UInt32, _ b: UInt32) -> UInt32 { a | b }
  @inline(__always) static func and(_ a: UInt32, _ b: UInt32) -> UInt32 { a & b }
  /// Shift amounts are taken modulo 32, as `&<<` and `&>>` do.
  @inline(__always) static func sll(_ a: UInt32, _ b: UInt32) -> UInt32 { a &<< b }
  @inline(__always) static func srl(_ a: UInt32, _ b: UInt32) -> UInt32 { a &>> b }
  @inline(__always) static func sra(_ a: UInt32, _ b: UInt32) -> UInt32 {
    UInt32(bitPattern: Int32(bitPattern: a) &>> Int32(bitPattern: b))
  }
  @inline(__always) static func slt(_ a: UInt32, _ b: UInt32) -> UInt32 {
    Int32(bitPattern: a) < Int32(bitPattern: b) ? 1 : 0
  }
  @inline(__always) static func sltu(_ a: UInt32, _ b: UInt32) -> UInt32 { a < b ? 1 : 0 }

  @inline(__always) static func mul(_ a: UInt32, _ b: UInt32) -> UInt32 { a &* b }
  @inline(__always) static func mulh(_ a: UInt32, _ b: UInt32) -> UInt32 {
    high(Int64(Int32(bitPattern: a)) &* Int64(Int32(bitPattern: b)))
  }
  @inline(__always) static func mulhsu(_ a: UInt32, _ b: UInt32) -> UInt32 {
    high(Int64(Int32(bitPattern: a)) &* Int64(b))
  }
  @inline(__always) static func mulhu(_ a: UInt32, _ b: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: (UInt64(a) &* UInt64(b)) &>> 32)
  }

  /// Division rounds to zero. By zero it gives all ones; the one overflow gives the dividend.
  @inline(__always) static func div(_ a: UInt32, _ b: UInt32) -> UInt32 {
    if b == 0 { return .max }
    if b == .max { return 0 &- a }
    return UInt32(bitPattern: Int32(bitPattern: a) / Int32(bitPattern: b))
  }
  @inline(__always) static func divu(_ a: UInt32, _ b: UInt32) -> UInt32 {
    b == 0 ? .max : a / b
  }
  /// The remainder takes the sign of the dividend. By zero it is the dividend; of the one overflow it is 0.
  @inline(__always) static func rem(_ a: UInt32, _ b: UInt32) -> UInt32 {
    if b == 0 { return a }
    if b == .max { return 0 }
    return UInt32(bitPattern: Int32(bitPattern: a) % Int32(bitPattern: b))
  }
  @inline(__always) static func remu(_ a: UInt32, _ b: UInt32) -> UInt32 {
    b == 0 ? a : a % b
  }

  @inline(__always) private static func high(_ product: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: product &>> 32)
  }
}

/// What the conditional branches compare.
enum Condition {
  @inline(__always) static func eq(_ a: UInt32, _ b: UInt32) -> Bool { a == b }
  @inline(__always) static func ne(_ a: UInt32, _ b: UInt32) -> Bool { a != b }
  @inline(__always) static func lt(_ a: UInt32, _ b: UInt32) -> Bool {
    Int32(bitPattern: a) < Int32(bitPattern: b)
  }
  @inline(__always) static func ge(_ a: UInt32, _ b: UInt32) -> Bool {
    Int32(bitPattern: a) >= Int32(bitPattern: b)
  }
  @inline(__always) static func ltu(_ a: UInt32, _ b: UInt32) -> Bool { a < b }
  @inline(__always) static func geu(_ a: UInt32, _ b: UInt32) -> Bool { a >= b }
}
