/// What the computing instructions do with their operands; the first is the top of the stack.
enum Arithmetic {
  @inline(__always) static func add(_ a: UInt256, _ b: UInt256) -> UInt256 {
    let (low, carry) = a.low.addingReportingOverflow(b.low)
    return UInt256(low: low, high: a.high &+ b.high &+ (carry ? 1 : 0))
  }

  @inline(__always) static func sub(_ a: UInt256, _ b: UInt256) -> UInt256 {
    let (low, borrow) = a.low.subtractingReportingOverflow(b.low)
    return UInt256(low: low, high: a.high &- b.high &- (borrow ? 1 : 0))
  }

  /// The low 256 bits of the product: ten partial products, row by row.
  @inline(__always) static func mul(_ a: UInt256, _ b: UInt256) -> UInt256 {
    @inline(__always) func step(_ x: UInt64, _ y: UInt64, _ add: UInt64, _ carry: UInt64) -> UInt128 {
      let (high, low) = x.multipliedFullWidth(by: y)
      return UInt128(_low: low, _high: high) &+ UInt128(add) &+ UInt128(carry)
    }
    let p0 = step(a.limb0, b.limb0, 0, 0)
    let p1 = step(a.limb1, b.limb0, 0, p0._high)
    let p2 = step(a.limb2, b.limb0, 0, p1._high)
    let q0 = step(a.limb0, b.limb1, p1._low, 0)
    let q1 = step(a.limb1, b.limb1, p2._low, q0._high)
    let r0 = step(a.limb0, b.limb2, q1._low, 0)
    let l3 =
      (a.limb3 &* b.limb0 &+ p2._high) &+ (a.limb2 &* b.limb1 &+ q1._high)
      &+ (a.limb1 &* b.limb2 &+ r0._high) &+ a.limb0 &* b.limb3
    return UInt256(limbs: p0._low, q0._low, r0._low, l3)
  }

  @inline(__always) static func lt(_ a: UInt256, _ b: UInt256) -> Bool {
    let (_, borrow) = a.low.subtractingReportingOverflow(b.low)
    let (high, first) = a.high.subtractingReportingOverflow(b.high)
    let (_, second) = high.subtractingReportingOverflow(borrow ? 1 : 0)
    return first || second
  }

  /// Signed comparison: flipping the sign bits makes it an unsigned one.
  @inline(__always) static func slt(_ a: UInt256, _ b: UInt256) -> Bool {
    lt(flipped(a), flipped(b))
  }

  @inline(__always) private static func flipped(_ a: UInt256) -> UInt256 {
    UInt256(limbs: a.limb0, a.limb1, a.limb2, a.limb3 ^ 1 &<< 63)
  }

  @inline(__always) static func eq(_ a: UInt256, _ b: UInt256) -> Bool {
    (a.limb0 ^ b.limb0) | (a.limb1 ^ b.limb1) | (a.limb2 ^ b.limb2) | (a.limb3 ^ b.limb3) == 0
  }

  @inline(__always) static func and(_ a: UInt256, _ b: UInt256) -> UInt256 {
    UInt256(limbs: a.limb0 & b.limb0, a.limb1 & b.limb1, a.limb2 & b.limb2, a.limb3 & b.limb3)
  }

  @inline(__always) static func or(_ a: UInt256, _ b: UInt256) -> UInt256 {
    UInt256(limbs: a.limb0 | b.limb0, a.limb1 | b.limb1, a.limb2 | b.limb2, a.limb3 | b.limb3)
  }

  @inline(__always) static func xor(_ a: UInt256, _ b: UInt256) -> UInt256 {
    UInt256(limbs: a.limb0 ^ b.limb0, a.limb1 ^ b.limb1, a.limb2 ^ b.limb2, a.limb3 ^ b.limb3)
  }

  @inline(__always) static func not(_ a: UInt256) -> UInt256 {
    UInt256(limbs: ~a.limb0, ~a.limb1, ~a.limb2, ~a.limb3)
  }

  @inline(__always) static func bool(_ value: Bool) -> UInt256 { UInt256(UInt64(value ? 1 : 0)) }

  /// Byte `index` of `value`, 0 being the most significant one.
  @inline(__always) static func byte(_ index: UInt256, _ value: UInt256) -> UInt256 {
    guard index.fitsInUInt64, index.limb0 < 32 else { return .zero }
    return UInt256(shr(UInt256((31 &- index.limb0) &<< 3), value).limb0 & 0xff)
  }

  @inline(__always) static func shl(_ count: UInt256, _ value: UInt256) -> UInt256 {
    guard count.fitsInUInt64, count.limb0 < 256 else { return .zero }
    return shiftedLeft(value, count.limb0)
  }

  @inline(__always) static func shr(_ count: UInt256, _ value: UInt256) -> UInt256 {
    guard count.fitsInUInt64, count.limb0 < 256 else { return .zero }
    return shiftedRight(value, count.limb0)
  }

  @inline(__always) static func sar(_ count: UInt256, _ value: UInt256) -> UInt256 {
    let sign = UInt64(bitPattern: Int64(bitPattern: value.limb3) &>> 63)
    let fill = UInt256(limbs: sign, sign, sign, sign)
    guard count.fitsInUInt64, count.limb0 < 256 else { return fill }
    if count.limb0 == 0 { return value }
    return or(shiftedRight(value, count.limb0), shiftedLeft(fill, 256 &- count.limb0))
  }

  /// `count` is below 256.
  @inline(__always) static func shiftedLeft(_ value: UInt256, _ count: UInt64) -> UInt256 {
    let n = UInt128(count & 127)
    if count >= 128 { return UInt256(low: 0, high: value.low &<< n) }
    // In two steps, as a shift by 128 would be masked away.
    let carried = (value.low &>> 1) &>> (127 &- n)
    return UInt256(low: value.low &<< n, high: value.high &<< n | carried)
  }

  /// `count` is below 256.
  @inline(__always) static func shiftedRight(_ value: UInt256, _ count: UInt64) -> UInt256 {
    let n = UInt128(count & 127)
    if count >= 128 { return UInt256(low: value.high &>> n, high: 0) }
    let carried = (value.high &<< 1) &<< (127 &- n)
    return UInt256(low: value.low &>> n | carried, high: value.high &>> n)
  }

  @inline(__always) static func leadingZeros(_ a: UInt256) -> UInt64 {
    if a.limb3 != 0 { return UInt64(truncatingIfNeeded: a.limb3.leadingZeroBitCount) }
    if a.limb2 != 0 { return 64 &+ UInt64(truncatingIfNeeded: a.limb2.leadingZeroBitCount) }
    if a.limb1 != 0 { return 128 &+ UInt64(truncatingIfNeeded: a.limb1.leadingZeroBitCount) }
    return 192 &+ UInt64(truncatingIfNeeded: a.limb0.leadingZeroBitCount)
  }

  /// `value` with the sign bit of its byte `index`, 0 being the least significant, copied upwards.
  @inline(__always) static func signExtend(_ index: UInt256, _ value: UInt256) -> UInt256 {
    guard index.fitsInUInt64, index.limb0 < 31 else { return value }
    let sign = 7 &+ 8 &* index.limb0
    let limb = sign &>> 6
    let shift = 63 &- (sign & 63)
    @inline(__always) func extended(_ word: UInt64) -> UInt64 {
      UInt64(bitPattern: Int64(bitPattern: word &<< shift) &>> shift)
    }
    @inline(__always) func spread(_ word: UInt64) -> UInt64 {
      UInt64(bitPattern: Int64(bitPattern: word) &>> 63)
    }
    switch limb {
    case 0:
      let low = extended(value.limb0)
      return UInt256(limbs: low, spread(low), spread(low), spread(low))
    case 1:
      let low = extended(value.limb1)
      return UInt256(limbs: value.limb0, low, spread(low), spread(low))
    case 2:
      let low = extended(value.limb2)
      return UInt256(limbs: value.limb0, value.limb1, low, spread(low))
    default:
      return UInt256(limbs: value.limb0, value.limb1, value.limb2, extended(value.limb3))
    }
  }
}
