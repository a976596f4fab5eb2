/// A divisor prepared for many divisions: shifted until its highest bit is set, with the reciprocal of its two
/// highest limbs.
///
/// Dividend and divisor are multiplied by the same power of two, which leaves quotients alone. So one step, five
/// limbs by four, serves divisors of every length (Knuth, The Art of Computer Programming 2, 4.3.1, algorithm D,
/// with quotient digits from a reciprocal).
struct WordDivisor: BitwiseCopyable, Sendable {
  /// The divisor times 2^shift.
  private let normalized: UInt256
  /// Below 256.
  private let shift: UInt64
  private let reciprocal: UInt64

  /// `divisor` is not 0; with 0 the results have no meaning.
  @inline(__always) init(_ divisor: UInt256) {
    shift = UInt64(truncatingIfNeeded: divisor.leadingZeroBitCount) & 255
    normalized = divisor.shiftedLeft(shift)
    reciprocal = Reciprocal.ofTwoLimbs(normalized.limb3, normalized.limb2)
  }

  /// Quotient and remainder of a word.
  @inline(__always) func divide(_ dividend: UInt256) -> (quotient: UInt256, remainder: UInt256) {
    // As many steps as the quotient can have limbs. `rest` is dividend * 2^shift without its `steps` lowest limbs;
    // of these, only the highest is not all zeros.
    let steps = shift &>> 6 &+ 1
    let unread = steps &<< 6 &- shift
    var rest = dividend.shiftedRight(unread)
    var quotient = UInt256.zero
    quotient.limb0 = step(&rest, dividend.limb0 &<< (64 &- unread))
    var left = steps &- 1
    while left > 0 {
      quotient = UInt256(limbs: step(&rest, 0), quotient.limb0, quotient.limb1, quotient.limb2)
      left &-= 1
    }
    return (quotient, rest.shiftedRight(shift))
  }

  /// Remainder of `high * 2^256 + low`, where `high` is below the divisor.
  @inline(__always) func remainder(_ high: UInt256, _ low: UInt256) -> UInt256 {
    var rest = high.shiftedLeft(shift) | low.shiftedRight(256 &- shift)
    let next = low.shiftedLeft(shift)
    _ = step(&rest, next.limb3)
    _ = step(&rest, next.limb2)
    _ = step(&rest, next.limb1)
    _ = step(&rest, next.limb0)
    return rest.shiftedRight(shift)
  }

  /// `(2^512 - 1) / normalized - 2^256`: the reciprocal for `remainder(_:_:reciprocal:)`, with which a limb is a word.
  @inline(__always) var wordReciprocal: UInt256 {
    var rest = ~normalized
    let limb3 = step(&rest, .max)
    let limb2 = step(&rest, .max)
    let limb1 = step(&rest, .max)
    return UInt256(limbs: step(&rest, .max), limb1, limb2, limb3)
  }

  /// Remainder of `high * 2^256 + low`, where `high` is below the divisor, by its `wordReciprocal` (algorithm 4 of
  /// Möller and Granlund with limbs of 256 bits).
  @inline(__always)
  func remainder(_ high: UInt256, _ low: UInt256, reciprocal: UInt256) -> UInt256 {
    let top = high.shiftedLeft(shift) | low.shiftedRight(256 &- shift)
    let bottom = low.shiftedLeft(shift)
    let product = reciprocal.multipliedFullWidth(by: top)
    let (estimate, carry) = product.low.addingReportingOverflow(bottom)
    let quotient = product.high &+ top &+ UInt256(carry ? 2 : 1 as UInt64)
    var rest = bottom &- quotient &* normalized
    // Taken as often as not, so not a branch.
    let isNegative: UInt64 = estimate < rest ? .max : 0
    rest = rest &+ (normalized & UInt256(limbs: isNegative, isNegative, isNegative, isNegative))
    if rest >= normalized { rest = rest &- normalized }
    return rest.shiftedRight(shift)
  }

  /// Divides `rest * 2^64 + low`, gives the quotient's limb, leaves the remainder. `rest` is below the divisor.
  @inline(__always) private func step(_ rest: inout UInt256, _ low: UInt64) -> UInt64 {
    let top = normalized.high
    if rest.high >= top {
      // The highest limbs are equal, as `rest` is below the divisor: the quotient is 2^64 - 1, the remainder the
      // divisor less divisor * 2^64 - dividend, which has at most three limbs.
      let dividend = UInt256(limbs: low, rest.limb0, rest.limb1, rest.limb2)
      let excess = UInt256(limbs: 0, normalized.limb0, normalized.limb1, normalized.limb2) &- dividend
      rest = normalized &- excess
      return .max
    }
    let (estimate, partial) = Reciprocal.divide(rest.high, rest.limb1, by: top, reciprocal: reciprocal)
    let first = UInt256.multiplyAdd(estimate, normalized.limb0, 0, 0)
    let second = UInt256.multiplyAdd(estimate, normalized.limb1, first._high, 0)
    let (remainder, isNegative) = UInt256(limbs: low, rest.limb0, partial._low, partial._high)
      .subtractingReportingOverflow(UInt256(limbs: first._low, second._low, second._high, 0))
    // One too many, at most: two limbs of the divisor have been looked at.
    rest = isNegative ? remainder &+ normalized : remainder
    return isNegative ? estimate &- 1 : estimate
  }
}
