/// Division of limbs by multiplication with a reciprocal of the divisor.
///
/// N. Möller, T. Granlund, "Improved division by invariant integers", IEEE Transactions on Computers 60 (2011). Every
/// divisor here is normalised: its highest bit is set.
enum Reciprocal {
  /// `(2^128 - 1) / divisor - 2^64` (definition 1), by Newton's iteration (algorithm 3): 11, 21, 34, 65 bits.
  @inline(__always) static func ofLimb(_ divisor: UInt64) -> UInt64 {
    // The bit is set already; saying so shows that the division below is none by zero.
    let divisor = divisor | 1 &<< 63
    let low = divisor & 1
    let upper40 = divisor &>> 24 &+ 1
    let upper63 = divisor &>> 1 &+ low
    let first: UInt64 = (1 &<< 19 &- 3 &<< 8) / (divisor &>> 55)
    let second: UInt64 = first &<< 11 &- (first &* first &* upper40) &>> 40 &- 1
    let third: UInt64 = second &<< 13 &+ (second &* (1 &<< 60 &- second &* upper40)) &>> 47
    let error: UInt64 = (third &>> 1) & (0 &- low) &- third &* upper63
    let fourth: UInt64 = third &<< 31 &+ third.multipliedFullWidth(by: error).high &>> 1
    let product = UInt256.multiplyAdd(fourth, divisor, divisor, 0)
    return fourth &- product._high &- divisor
  }

  /// `(2^192 - 1) / (high * 2^64 + low) - 2^64` (algorithm 6).
  @inline(__always) static func ofTwoLimbs(_ high: UInt64, _ low: UInt64) -> UInt64 {
    var value = ofLimb(high)
    var rest = high &* value &+ low
    if rest < low {
      value &-= 1
      if rest >= high {
        value &-= 1
        rest &-= high
      }
      rest &-= high
    }
    let product = value.multipliedFullWidth(by: low)
    rest &+= product.high
    if rest < product.high {
      value &-= 1
      if UInt128(_low: product.low, _high: rest) >= UInt128(_low: low, _high: high) { value &-= 1 }
    }
    return value
  }

  /// Quotient and remainder of two limbs by one; `high` is below `divisor` (algorithm 4).
  @inline(__always) static func divide(
    _ high: UInt64, _ low: UInt64, by divisor: UInt64, reciprocal: UInt64
  ) -> (quotient: UInt64, remainder: UInt64) {
    let product = reciprocal.multipliedFullWidth(by: high)
    let estimate = UInt128(_low: product.low, _high: product.high) &+ UInt128(_low: low, _high: high)
    var quotient = estimate._high &+ 1
    var remainder = low &- quotient &* divisor
    // Taken as often as not, so not a branch.
    let isNegative: UInt64 = remainder > estimate._low ? .max : 0
    quotient &+= isNegative
    remainder &+= divisor & isNegative
    if remainder >= divisor {
      quotient &+= 1
      remainder &-= divisor
    }
    return (quotient, remainder)
  }

  /// Quotient and remainder of three limbs by two; `high` is below `divisor` (algorithm 5).
  @inline(__always) static func divide(
    _ high: UInt128, _ low: UInt64, by divisor: UInt128, reciprocal: UInt64
  ) -> (quotient: UInt64, remainder: UInt128) {
    let product = reciprocal.multipliedFullWidth(by: high._high)
    let estimate = UInt128(_low: product.low, _high: product.high) &+ high
    let first = high._low &- estimate._high &* divisor._high
    let below = divisor._low.multipliedFullWidth(by: estimate._high)
    var quotient = estimate._high &+ 1
    var remainder =
      UInt128(_low: low, _high: first) &- UInt128(_low: below.low, _high: below.high) &- divisor
    // Taken as often as not, so not a branch.
    let isNegative: UInt64 = remainder._high >= estimate._low ? .max : 0
    quotient &+= isNegative
    remainder = remainder &+ (divisor & UInt128(_low: isNegative, _high: isNegative))
    if remainder >= divisor {
      quotient &+= 1
      remainder = remainder &- divisor
    }
    return (quotient, remainder)
  }
}
