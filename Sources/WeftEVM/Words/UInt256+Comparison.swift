extension UInt256: Comparable {
  @inlinable @inline(__always) public static func < (left: UInt256, right: UInt256) -> Bool {
    // Without a branch, as nobody can foresee it.
    let isBelow: UInt64 = left.high < right.high ? 1 : 0
    let isEqual: UInt64 = left.high == right.high ? 1 : 0
    let isLowBelow: UInt64 = left.low < right.low ? 1 : 0
    return isBelow | isEqual & isLowBelow != 0
  }

  @inlinable @inline(__always) public static func == (left: UInt256, right: UInt256) -> Bool {
    (left.limb0 ^ right.limb0) | (left.limb1 ^ right.limb1) | (left.limb2 ^ right.limb2)
      | (left.limb3 ^ right.limb3) == 0
  }

  /// Whether bit 255 is set: negative as a two's complement number.
  @inlinable @inline(__always) public var isNegative: Bool { limb3 &>> 63 != 0 }

  /// The absolute value as a two's complement number; that of -2^255 is 2^255.
  @inlinable @inline(__always) public var magnitude: UInt256 { isNegative ? negated : self }

  /// Comparison as two's complement numbers. Flipping the sign bits makes it an unsigned one.
  @inlinable @inline(__always) public func isLessSigned(than other: UInt256) -> Bool {
    let sign: UInt64 = 1 &<< 63
    return UInt256(limbs: limb0, limb1, limb2, limb3 ^ sign)
      < UInt256(limbs: other.limb0, other.limb1, other.limb2, other.limb3 ^ sign)
  }
}
