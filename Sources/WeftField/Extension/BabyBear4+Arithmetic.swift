extension BabyBear4 {
  @inlinable @inline(__always)
  public static func + (left: Self, right: Self) -> Self {
    Self(left.c0 + right.c0, left.c1 + right.c1, left.c2 + right.c2, left.c3 + right.c3)
  }

  @inlinable @inline(__always)
  public static func - (left: Self, right: Self) -> Self {
    Self(left.c0 - right.c0, left.c1 - right.c1, left.c2 - right.c2, left.c3 - right.c3)
  }

  @inlinable @inline(__always)
  public static prefix func - (operand: Self) -> Self { .zero - operand }

  @inlinable @inline(__always)
  public static func + (left: Self, right: BabyBear) -> Self {
    Self(left.c0 + right, left.c1, left.c2, left.c3)
  }

  @inlinable @inline(__always)
  public static func - (left: Self, right: BabyBear) -> Self {
    Self(left.c0 - right, left.c1, left.c2, left.c3)
  }

  /// The product with an element of the base field.
  @inlinable @inline(__always)
  public static func * (left: Self, right: BabyBear) -> Self {
    Self(left.c0 * right, left.c1 * right, left.c2 * right, left.c3 * right)
  }

  @inlinable
  public static func * (left: Self, right: Self) -> Self {
    // Four sums of at most four products below p²: with X^4 = 11 folded into w·b the sums stay below
    // 4·p² < 2^64, one reduction per coefficient (after bringing them below 2^32·p).
    let (a0, a1, a2, a3) = (left.c0, left.c1, left.c2, left.c3)
    let (b0, b1, b2, b3) = (right.c0, right.c1, right.c2, right.c3)
    let w = nonResidue
    let (w1, w2, w3) = (w * b1, w * b2, w * b3)
    return Self(
      dot(a0, b0, a1, w3, a2, w2, a3, w1), dot(a0, b1, a1, b0, a2, w3, a3, w2),
      dot(a0, b2, a1, b1, a2, b0, a3, w3), dot(a0, b3, a1, b2, a2, b1, a3, b0))
  }

  /// a·b + c·d + e·f + g·h in the base field.
  @inlinable @inline(__always)
  static func dot(
    _ a: BabyBear, _ b: BabyBear, _ c: BabyBear, _ d: BabyBear, _ e: BabyBear, _ f: BabyBear, _ g: BabyBear,
    _ h: BabyBear
  ) -> BabyBear {
    // p² < 0.22·2^64, so four products fit; 2^32·p = 0.47·2^64, so at most two subtractions bring them in range.
    let limit = UInt64(BabyBear.order) &<< 32
    var low = UInt64(a.montgomery) &* UInt64(b.montgomery) &+ UInt64(c.montgomery) &* UInt64(d.montgomery)
    let high = UInt64(e.montgomery) &* UInt64(f.montgomery) &+ UInt64(g.montgomery) &* UInt64(h.montgomery)
    low = low &+ high
    if low >= limit { low &-= limit }
    if low >= limit { low &-= limit }
    return BabyBear(uncheckedMontgomery: BabyBear.reduce(low))
  }

  @inlinable @inline(__always)
  public static func += (left: inout Self, right: Self) { left = left + right }

  @inlinable @inline(__always)
  public static func -= (left: inout Self, right: Self) { left = left - right }

  @inlinable @inline(__always)
  public static func *= (left: inout Self, right: Self) { left = left * right }

  @inlinable
  public var squared: Self { self * self }

  /// The element to the power of `exponent`; anything to the power of 0 is 1.
  @inlinable
  public func power(_ exponent: UInt64) -> Self {
    var result = Self.one
    var base = self
    var rest = exponent
    while rest != 0 {
      if rest & 1 == 1 { result *= base }
      base = base.squared
      rest &>>= 1
    }
    return result
  }

  /// The multiplicative inverse; nil for zero.
  @inlinable
  public var inverse: Self? {
    // With Y = X², a = (c0 + c2·Y) + X·(c1 + c3·Y): the norm to F[Y]/(Y² − 11) is
    // (c0 + c2·Y)² − Y·(c1 + c3·Y)² = n0 + n1·Y, and its norm to the base field n0² − 11·n1².
    let w = Self.nonResidue
    let n0 = c0.squared + w * c2.squared - w * (c1 * c3).doubled
    let n1 = (c0 * c2).doubled - c1.squared - w * c3.squared
    guard let scale = (n0.squared - w * n1.squared).inverse else { return nil }
    let (i0, i1) = (n0 * scale, -(n1 * scale))
    // The conjugate (c0 + c2·Y) − X·(c1 + c3·Y), times i0 + i1·Y.
    return Self(
      c0 * i0 + w * c2 * i1, -(c1 * i0 + w * c3 * i1), c0 * i1 + c2 * i0, -(c1 * i1 + c3 * i0))
  }
}
