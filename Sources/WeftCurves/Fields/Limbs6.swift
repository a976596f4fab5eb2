/// 384 bits.
struct Limbs6: Limbs {
  /// The lowest limb first.
  private var l0, l1, l2, l3, l4, l5: UInt64

  @inline(__always)
  init(_ l0: UInt64, _ l1: UInt64, _ l2: UInt64, _ l3: UInt64, _ l4: UInt64, _ l5: UInt64) {
    (self.l0, self.l1, self.l2, self.l3, self.l4, self.l5) = (l0, l1, l2, l3, l4, l5)
  }

  @inline(__always)
  init(_ limb: (Int) -> UInt64) {
    (l0, l1, l2, l3, l4, l5) = (limb(0), limb(1), limb(2), limb(3), limb(4), limb(5))
  }

  @inline(__always)
  private init(_ h0: UInt128, _ h1: UInt128, _ h2: UInt128) {
    (l0, l1, l2, l3, l4, l5) = (
      h0._low, h0._high, h1._low, h1._high, h2._low, h2._high
    )
  }

  @inline(__always) static var zero: Self { Self(0, 0, 0, 0, 0, 0) }
  @inline(__always) static var count: Int { 6 }
  @inline(__always) var first: UInt64 { l0 }

  @inline(__always) private var half0: UInt128 { UInt128(_low: l0, _high: l1) }
  @inline(__always) private var half1: UInt128 { UInt128(_low: l2, _high: l3) }
  @inline(__always) private var half2: UInt128 { UInt128(_low: l4, _high: l5) }

  @inline(__always)
  subscript(index: Int) -> UInt64 {
    switch index {
    case 0: l0
    case 1: l1
    case 2: l2
    case 3: l3
    case 4: l4
    case 5: l5
    default: 0
    }
  }

  @inline(__always)
  func adding(_ other: Self) -> (sum: Self, carry: Bool) {
    var carry = false
    let sum0 = add(half0, other.half0, carry: &carry)
    let sum1 = add(half1, other.half1, carry: &carry)
    let sum2 = add(half2, other.half2, carry: &carry)
    return (Self(sum0, sum1, sum2), carry)
  }

  @inline(__always)
  func subtracting(_ other: Self) -> (difference: Self, borrow: Bool) {
    var borrow = false
    let difference0 = subtract(half0, other.half0, borrow: &borrow)
    let difference1 = subtract(half1, other.half1, borrow: &borrow)
    let difference2 = subtract(half2, other.half2, borrow: &borrow)
    return (Self(difference0, difference1, difference2), borrow)
  }

  @inline(__always)
  func masked(_ mask: UInt64) -> Self {
    Self(l0 & mask, l1 & mask, l2 & mask, l3 & mask, l4 & mask, l5 & mask)
  }

  @inline(__always)
  mutating func addProduct(_ factor: Self, _ limb: UInt64) -> UInt64 {
    var carry: UInt64 = 0
    l0 = multiplyAdd(l0, factor.l0, limb, carry: &carry)
    l1 = multiplyAdd(l1, factor.l1, limb, carry: &carry)
    l2 = multiplyAdd(l2, factor.l2, limb, carry: &carry)
    l3 = multiplyAdd(l3, factor.l3, limb, carry: &carry)
    l4 = multiplyAdd(l4, factor.l4, limb, carry: &carry)
    l5 = multiplyAdd(l5, factor.l5, limb, carry: &carry)
    return carry
  }

  @inline(__always)
  mutating func reduceLimb(_ modulus: Self, quotient: UInt64, carry top: UInt64) {
    var carry: UInt64 = 0
    _ = multiplyAdd(l0, modulus.l0, quotient, carry: &carry)
    l0 = multiplyAdd(l1, modulus.l1, quotient, carry: &carry)
    l1 = multiplyAdd(l2, modulus.l2, quotient, carry: &carry)
    l2 = multiplyAdd(l3, modulus.l3, quotient, carry: &carry)
    l3 = multiplyAdd(l4, modulus.l4, quotient, carry: &carry)
    l4 = multiplyAdd(l5, modulus.l5, quotient, carry: &carry)
    l5 = top &+ carry
  }

  @inline(__always)
  func forEachLimb(_ body: (UInt64) -> Void) {
    body(l0)
    body(l1)
    body(l2)
    body(l3)
    body(l4)
    body(l5)
  }

  @inline(__always)
  func forEachLimb(with other: Self, _ body: (UInt64, UInt64) -> Void) {
    body(l0, other.l0)
    body(l1, other.l1)
    body(l2, other.l2)
    body(l3, other.l3)
    body(l4, other.l4)
    body(l5, other.l5)
  }
}
