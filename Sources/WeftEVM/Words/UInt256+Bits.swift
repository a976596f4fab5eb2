extension UInt256 {
  @inlinable @inline(__always) public static func & (left: UInt256, right: UInt256) -> UInt256 {
    UInt256(
      limbs: left.limb0 & right.limb0, left.limb1 & right.limb1, left.limb2 & right.limb2,
      left.limb3 & right.limb3)
  }

  @inlinable @inline(__always) public static func | (left: UInt256, right: UInt256) -> UInt256 {
    UInt256(
      limbs: left.limb0 | right.limb0, left.limb1 | right.limb1, left.limb2 | right.limb2,
      left.limb3 | right.limb3)
  }

  @inlinable @inline(__always) public static func ^ (left: UInt256, right: UInt256) -> UInt256 {
    UInt256(
      limbs: left.limb0 ^ right.limb0, left.limb1 ^ right.limb1, left.limb2 ^ right.limb2,
      left.limb3 ^ right.limb3)
  }

  @inlinable @inline(__always) public static prefix func ~ (word: UInt256) -> UInt256 {
    UInt256(limbs: ~word.limb0, ~word.limb1, ~word.limb2, ~word.limb3)
  }

  /// Shifts towards the top; 0 for counts of 256 and more.
  @inlinable @inline(__always) public func shiftedLeft(_ count: UInt64) -> UInt256 {
    guard count < 256 else { return .zero }
    let n = UInt128(truncatingIfNeeded: count & 127)
    if count >= 128 { return UInt256(low: 0, high: low &<< n) }
    // In two steps, as a shift by 128 would be masked away.
    let carried = (low &>> 1) &>> (127 &- n)
    return UInt256(low: low &<< n, high: high &<< n | carried)
  }

  /// Shifts towards the bottom; 0 for counts of 256 and more.
  @inlinable @inline(__always) public func shiftedRight(_ count: UInt64) -> UInt256 {
    guard count < 256 else { return .zero }
    let n = UInt128(truncatingIfNeeded: count & 127)
    if count >= 128 { return UInt256(low: high &>> n, high: 0) }
    let carried = (high &<< 1) &<< (127 &- n)
    return UInt256(low: low &>> n | carried, high: high &>> n)
  }

  /// SHL: shifts by any count. No operator: `1 << 20` would be a word, wherever this module is imported.
  @inlinable @inline(__always) public func shiftedLeft(by count: UInt256) -> UInt256 {
    count.fitsInUInt64 ? shiftedLeft(count.limb0) : .zero
  }

  /// SHR: shifts by any count.
  @inlinable @inline(__always) public func shiftedRight(by count: UInt256) -> UInt256 {
    count.fitsInUInt64 ? shiftedRight(count.limb0) : .zero
  }

  /// SAR: shifts a two's complement number towards the bottom; counts of 256 and more leave its sign alone.
  @inlinable @inline(__always) public func arithmeticShiftedRight(_ count: UInt256) -> UInt256 {
    let sign = UInt64(bitPattern: Int64(bitPattern: limb3) &>> 63)
    let fill = UInt256(limbs: sign, sign, sign, sign)
    guard count.fitsInUInt64, count.limb0 < 256 else { return fill }
    if count.limb0 == 0 { return self }
    return shiftedRight(count.limb0) | fill.shiftedLeft(256 &- count.limb0)
  }

  /// BYTE: the byte at an index from the most significant one; 0 from index 32 on.
  @inlinable @inline(__always) public func byte(_ index: UInt256) -> UInt256 {
    guard index.fitsInUInt64, index.limb0 < 32 else { return .zero }
    return UInt256(shiftedRight((31 &- index.limb0) &<< 3).limb0 & 0xff)
  }

  /// SIGNEXTEND: the sign bit of the byte `index`, 0 being the least significant, copied upwards.
  @inlinable @inline(__always) public func signExtended(_ index: UInt256) -> UInt256 {
    guard index.fitsInUInt64, index.limb0 < 31 else { return self }
    let sign = 7 &+ 8 &* index.limb0
    let shift = 63 &- (sign & 63)
    @inline(__always) func extended(_ limb: UInt64) -> UInt64 {
      UInt64(bitPattern: Int64(bitPattern: limb &<< shift) &>> shift)
    }
    @inline(__always) func spread(_ limb: UInt64) -> UInt64 {
      UInt64(bitPattern: Int64(bitPattern: limb) &>> 63)
    }
    switch sign &>> 6 {
    case 0:
      let last = extended(limb0)
      return UInt256(limbs: last, spread(last), spread(last), spread(last))
    case 1:
      let last = extended(limb1)
      return UInt256(limbs: limb0, last, spread(last), spread(last))
    case 2:
      let last = extended(limb2)
      return UInt256(limbs: limb0, limb1, last, spread(last))
    default: return UInt256(limbs: limb0, limb1, limb2, extended(limb3))
    }
  }

  /// CLZ: zero bits above the highest set one; 256 for 0.
  @inlinable @inline(__always) public var leadingZeroBitCount: Int { 256 &- bitWidth }

  /// Bits up to the highest set one: 0 for 0.
  @inlinable @inline(__always) public var bitWidth: Int {
    if limb3 != 0 { return 256 &- limb3.leadingZeroBitCount }
    if limb2 != 0 { return 192 &- limb2.leadingZeroBitCount }
    if limb1 != 0 { return 128 &- limb1.leadingZeroBitCount }
    return 64 &- limb0.leadingZeroBitCount
  }

  /// Zero bits below the lowest set one; 256 for 0.
  @inlinable @inline(__always) public var trailingZeroBitCount: Int {
    if limb0 != 0 { return limb0.trailingZeroBitCount }
    if limb1 != 0 { return 64 &+ limb1.trailingZeroBitCount }
    if limb2 != 0 { return 128 &+ limb2.trailingZeroBitCount }
    return 192 &+ limb3.trailingZeroBitCount
  }

  /// Bytes without the zeros in front: 0 for 0.
  @inlinable public var significantByteCount: Int { (bitWidth &+ 7) &>> 3 }

  /// Whether a bit is set; bit 0 is the lowest, and indices count modulo 256.
  @inlinable @inline(__always) public func bit(_ index: Int) -> Bool {
    let limb: UInt64 =
      switch (index &>> 6) & 3 {
      case 0: limb0
      case 1: limb1
      case 2: limb2
      default: limb3
      }
    return limb &>> UInt64(truncatingIfNeeded: index & 63) & 1 != 0
  }

  /// The exponent where this is a power of two.
  @inlinable @inline(__always) public var exactLogarithm: UInt64? {
    guard !isZero, (self & (self &- .one)).isZero else { return nil }
    return UInt64(truncatingIfNeeded: trailingZeroBitCount)
  }
}
