// Division as the EVM defines it: anything by 0 is 0, remainder 0.
extension UInt256 {
  /// Quotient and remainder; both 0 for the divisor 0.
  public func quotientAndRemainder(
    dividingBy divisor: UInt256
  ) -> (quotient: UInt256, remainder: UInt256) {
    if divisor.fitsInUInt64 {
      if divisor.limb0 == 0 { return (.zero, .zero) }
      if fitsInUInt64 {
        return (UInt256(limb0 / divisor.limb0), UInt256(limb0 % divisor.limb0))
      }
    }
    if self < divisor { return (.zero, self) }
    if let exponent = divisor.exactLogarithm {
      return (shiftedRight(exponent), self & (divisor &- .one))
    }
    if divisor.fitsInUInt64 { return dividedByLimb(divisor.limb0) }
    if divisor.high == 0 { return dividedByTwoLimbs(divisor.low) }
    return WordDivisor(divisor).divide(self)
  }

  /// DIV.
  public static func / (left: UInt256, right: UInt256) -> UInt256 {
    left.quotientAndRemainder(dividingBy: right).quotient
  }

  /// MOD.
  public static func % (left: UInt256, right: UInt256) -> UInt256 {
    left.quotientAndRemainder(dividingBy: right).remainder
  }

  /// SDIV: two's complement, rounded towards 0. -2^255 / -1 is -2^255.
  public func signedQuotient(dividingBy divisor: UInt256) -> UInt256 {
    let quotient = magnitude.quotientAndRemainder(dividingBy: divisor.magnitude).quotient
    return isNegative == divisor.isNegative ? quotient : quotient.negated
  }

  /// SMOD: two's complement, with the sign of the dividend.
  public func signedRemainder(dividingBy divisor: UInt256) -> UInt256 {
    let remainder = magnitude.quotientAndRemainder(dividingBy: divisor.magnitude).remainder
    return isNegative ? remainder.negated : remainder
  }

  /// The quotient by a divisor of one limb that is not 0, and the remainder.
  @inline(__always)
  func dividedByLimb(_ divisor: UInt64) -> (quotient: UInt256, remainder: UInt256) {
    let shift = UInt64(truncatingIfNeeded: divisor.leadingZeroBitCount)
    let normalized = divisor &<< shift
    let reciprocal = Reciprocal.ofLimb(normalized)
    let value = shiftedLeft(shift)
    let spill = (limb3 &>> 1) &>> (63 &- shift)
    let q3 = Reciprocal.divide(spill, value.limb3, by: normalized, reciprocal: reciprocal)
    let q2 = Reciprocal.divide(q3.remainder, value.limb2, by: normalized, reciprocal: reciprocal)
    let q1 = Reciprocal.divide(q2.remainder, value.limb1, by: normalized, reciprocal: reciprocal)
    let q0 = Reciprocal.divide(q1.remainder, value.limb0, by: normalized, reciprocal: reciprocal)
    return (
      UInt256(limbs: q0.quotient, q1.quotient, q2.quotient, q3.quotient), UInt256(q0.remainder &>> shift)
    )
  }

  /// The quotient by a divisor of two limbs, the upper of which is not 0, and the remainder.
  @inline(__always)
  private func dividedByTwoLimbs(_ divisor: UInt128) -> (quotient: UInt256, remainder: UInt256) {
    let shift = UInt64(truncatingIfNeeded: divisor._high.leadingZeroBitCount) & 63
    let count = UInt128(truncatingIfNeeded: shift)
    let normalized = divisor &<< count
    let reciprocal = Reciprocal.ofTwoLimbs(normalized._high, normalized._low)
    let value = shiftedLeft(shift)
    let spill = (limb3 &>> 1) &>> (63 &- shift)
    let top = UInt128(_low: value.limb3, _high: spill)
    let q2 = Reciprocal.divide(top, value.limb2, by: normalized, reciprocal: reciprocal)
    let q1 = Reciprocal.divide(q2.remainder, value.limb1, by: normalized, reciprocal: reciprocal)
    let q0 = Reciprocal.divide(q1.remainder, value.limb0, by: normalized, reciprocal: reciprocal)
    return (
      UInt256(limbs: q0.quotient, q1.quotient, q2.quotient, 0), UInt256(low: q0.remainder &>> count, high: 0)
    )
  }
}
