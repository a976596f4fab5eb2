extension BabyBear {
  @inlinable @inline(__always)
  public static func + (left: Self, right: Self) -> Self {
    let sum = left.montgomery &+ right.montgomery &- order
    return Self(uncheckedMontgomery: sum &+ (UInt32(bitPattern: Int32(bitPattern: sum) &>> 31) & order))
  }

  @inlinable @inline(__always)
  public static func - (left: Self, right: Self) -> Self {
    let difference = left.montgomery &- right.montgomery
    return Self(
      uncheckedMontgomery: difference &+ (UInt32(bitPattern: Int32(bitPattern: difference) &>> 31) & order))
  }

  @inlinable @inline(__always)
  public static func * (left: Self, right: Self) -> Self {
    Self(uncheckedMontgomery: reduce(UInt64(left.montgomery) &* UInt64(right.montgomery)))
  }

  @inlinable @inline(__always)
  public static prefix func - (operand: Self) -> Self { .zero - operand }

  @inlinable @inline(__always)
  public static func += (left: inout Self, right: Self) { left = left + right }

  @inlinable @inline(__always)
  public static func -= (left: inout Self, right: Self) { left = left - right }

  @inlinable @inline(__always)
  public static func *= (left: inout Self, right: Self) { left = left * right }

  @inlinable @inline(__always)
  public var squared: Self { self * self }

  @inlinable @inline(__always)
  public var doubled: Self { self + self }

  /// The element divided by two.
  @inlinable @inline(__always)
  public var halved: Self {
    // An odd word becomes even, and stays below 2^32, when p is added.
    Self(uncheckedMontgomery: (montgomery &+ ((0 &- (montgomery & 1)) & Self.order)) &>> 1)
  }

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

  /// The element squared `count` times: its power 2^count.
  @inlinable
  public func powerOfTwo(_ count: Int) -> Self {
    var result = self
    var rest = count
    while rest > 0 {
      result = result.squared
      rest &-= 1
    }
    return result
  }

  /// The multiplicative inverse; nil for zero.
  @inlinable
  public var inverse: Self? { isZero ? nil : inverseOrZero }

  /// The multiplicative inverse, and zero for zero: the value that "inverse or anything" columns take.
  @inlinable
  public var inverseOrZero: Self {
    // x^(p−2), p − 2 = 0b1110111·2^24 + (2^24 − 1): 30 squarings, 7 products.
    let x = self
    let x2 = x.squared * x  // 2 ones
    let x3 = x2.squared * x  // 3 ones
    let x6 = x3.powerOfTwo(3) * x3  // 6 ones
    let x12 = x6.powerOfTwo(6) * x6  // 12 ones
    let x24 = x12.powerOfTwo(12) * x12  // 24 ones
    // 0b1110111 = 0b111 << 4 | 0b0111
    let head = x3.powerOfTwo(4) * x3
    return head.powerOfTwo(24) * x24
  }
}

extension BabyBear {
  /// A generator of the subgroup of order 2^`logOrder`: w_27 = 440564289, w_k = w_27^(2^(27−k)).
  @inlinable
  public static func rootOfUnity(logOrder: Int) throws(FieldError) -> Self {
    guard logOrder >= 0, logOrder <= twoAdicity else { throw .noRootOfUnity(logOrder: logOrder) }
    return Self(440_564_289 as UInt32).powerOfTwo(twoAdicity &- logOrder)
  }
}
