// Arithmetic modulo 2^256. Nothing here traps.
extension UInt256 {
  @inlinable @inline(__always) public static func &+ (left: UInt256, right: UInt256) -> UInt256 {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return UInt256(low: low, high: left.high &+ right.high &+ (carry ? 1 : 0))
  }

  @inlinable @inline(__always) public static func &- (left: UInt256, right: UInt256) -> UInt256 {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return UInt256(low: low, high: left.high &- right.high &- (borrow ? 1 : 0))
  }

  /// The low 256 bits of the product: ten partial products, row by row.
  @inlinable @inline(__always) public static func &* (left: UInt256, right: UInt256) -> UInt256 {
    let p0 = multiplyAdd(left.limb0, right.limb0, 0, 0)
    let p1 = multiplyAdd(left.limb1, right.limb0, p0._high, 0)
    let p2 = multiplyAdd(left.limb2, right.limb0, p1._high, 0)
    let q0 = multiplyAdd(left.limb0, right.limb1, p1._low, 0)
    let q1 = multiplyAdd(left.limb1, right.limb1, p2._low, q0._high)
    let r0 = multiplyAdd(left.limb0, right.limb2, q1._low, 0)
    let top0 = left.limb3 &* right.limb0 &+ p2._high
    let top1 = left.limb2 &* right.limb1 &+ q1._high
    let top2 = left.limb1 &* right.limb2 &+ r0._high
    let top = top0 &+ top1 &+ top2 &+ left.limb0 &* right.limb3
    return UInt256(limbs: p0._low, q0._low, r0._low, top)
  }

  @inlinable public static func &+= (left: inout UInt256, right: UInt256) { left = left &+ right }
  @inlinable public static func &-= (left: inout UInt256, right: UInt256) { left = left &- right }
  @inlinable public static func &*= (left: inout UInt256, right: UInt256) { left = left &* right }

  /// The two's complement: 2^256 - self, and 0 for 0.
  @inlinable @inline(__always) public var negated: UInt256 { .zero &- self }

  /// The sum modulo 2^256 and whether it was larger.
  @inlinable @inline(__always)
  public func addingReportingOverflow(_ other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
    let (low, carry) = self.low.addingReportingOverflow(other.low)
    let (sum, first) = self.high.addingReportingOverflow(other.high)
    let (high, second) = sum.addingReportingOverflow(carry ? 1 : 0)
    // At most one of them; without a branch.
    return (UInt256(low: low, high: high), first != second)
  }

  /// The difference modulo 2^256 and whether it was negative.
  @inlinable @inline(__always)
  public func subtractingReportingOverflow(_ other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
    let (low, borrow) = self.low.subtractingReportingOverflow(other.low)
    let (difference, first) = self.high.subtractingReportingOverflow(other.high)
    let (high, second) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
    // At most one of them; without a branch.
    return (UInt256(low: low, high: high), first != second)
  }

  /// The product modulo 2^256 and whether it was larger.
  @inlinable
  public func multipliedReportingOverflow(by other: UInt256) -> (partialValue: UInt256, overflow: Bool) {
    let product = multipliedFullWidth(by: other)
    return (product.low, !product.high.isZero)
  }

  /// All 512 bits of the product.
  @inlinable @inline(__always)
  public func multipliedFullWidth(by other: UInt256) -> (high: UInt256, low: UInt256) {
    let p0 = UInt256.multiplyAdd(limb0, other.limb0, 0, 0)
    let p1 = UInt256.multiplyAdd(limb1, other.limb0, p0._high, 0)
    let p2 = UInt256.multiplyAdd(limb2, other.limb0, p1._high, 0)
    let p3 = UInt256.multiplyAdd(limb3, other.limb0, p2._high, 0)
    let q0 = UInt256.multiplyAdd(limb0, other.limb1, p1._low, 0)
    let q1 = UInt256.multiplyAdd(limb1, other.limb1, p2._low, q0._high)
    let q2 = UInt256.multiplyAdd(limb2, other.limb1, p3._low, q1._high)
    let q3 = UInt256.multiplyAdd(limb3, other.limb1, p3._high, q2._high)
    let r0 = UInt256.multiplyAdd(limb0, other.limb2, q1._low, 0)
    let r1 = UInt256.multiplyAdd(limb1, other.limb2, q2._low, r0._high)
    let r2 = UInt256.multiplyAdd(limb2, other.limb2, q3._low, r1._high)
    let r3 = UInt256.multiplyAdd(limb3, other.limb2, q3._high, r2._high)
    let s0 = UInt256.multiplyAdd(limb0, other.limb3, r1._low, 0)
    let s1 = UInt256.multiplyAdd(limb1, other.limb3, r2._low, s0._high)
    let s2 = UInt256.multiplyAdd(limb2, other.limb3, r3._low, s1._high)
    let s3 = UInt256.multiplyAdd(limb3, other.limb3, r3._high, s2._high)
    return (
      high: UInt256(limbs: s1._low, s2._low, s3._low, s3._high),
      low: UInt256(limbs: p0._low, q0._low, r0._low, s0._low)
    )
  }

  /// `a * b + c + d`, which cannot exceed 128 bits.
  @inlinable @inline(__always)
  static func multiplyAdd(_ a: UInt64, _ b: UInt64, _ c: UInt64, _ d: UInt64) -> UInt128 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return UInt128(_low: low, _high: high) &+ UInt128(truncatingIfNeeded: c) &+ UInt128(truncatingIfNeeded: d)
  }

  /// `self` to the power `exponent` modulo 2^256; anything to the power 0 is 1.
  public func wrappingPower(_ exponent: UInt256) -> UInt256 {
    // Powers of powers of two are shifts: of the base 2 above all, which contracts use.
    if let shift = exactLogarithm {
      let (product, overflow) = exponent.limb0.multipliedReportingOverflow(by: shift)
      if !exponent.fitsInUInt64 || overflow { return shift == 0 ? .one : .zero }
      return product < 256 ? UInt256.one.shiftedLeft(product) : .zero
    }
    var result = UInt256.one
    var bit = exponent.bitWidth
    while bit > 0 {
      bit &-= 1
      result = result &* result
      if exponent.bit(bit) { result = result &* self }
    }
    return result
  }
}
