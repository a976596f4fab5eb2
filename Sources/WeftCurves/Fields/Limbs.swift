/// A natural number of fixed width in limbs of 64 bits, and Montgomery's multiplication on it.
///
/// Types of it store their limbs one by one: arrays of fixed size are not taken apart into registers reliably. What is
/// asked of a type are single rows of the schoolbook method; the algorithms over them are written once, below.
protocol Limbs: Sendable, Hashable, BitwiseCopyable {
  static var zero: Self { get }
  /// Limbs of the type.
  static var count: Int { get }
  /// The lowest limb.
  var first: UInt64 { get }
  /// A limb by its index, 0 where there is none.
  subscript(index: Int) -> UInt64 { get }
  /// The limbs that `limb` gives for each index from 0 on.
  init(_ limb: (Int) -> UInt64)

  /// Sum and carry.
  func adding(_ other: Self) -> (sum: Self, carry: Bool)
  /// Difference and borrow.
  func subtracting(_ other: Self) -> (difference: Self, borrow: Bool)
  /// Zero where the mask is zero, the number itself where it is all ones.
  func masked(_ mask: UInt64) -> Self

  /// Adds `factor · limb`; what exceeds the width is returned.
  mutating func addProduct(_ factor: Self, _ limb: UInt64) -> UInt64
  /// Adds `modulus · quotient`, which must make the lowest limb zero, drops that limb, and takes `carry` in at the top.
  mutating func reduceLimb(_ modulus: Self, quotient: UInt64, carry: UInt64)
  /// Calls `body` with each limb, the lowest first.
  func forEachLimb(_ body: (UInt64) -> Void)
  /// Calls `body` with the limbs of both numbers at each place, the lowest first.
  func forEachLimb(with other: Self, _ body: (UInt64, UInt64) -> Void)
}

extension Limbs {
  @inline(__always) var isZero: Bool { self == .zero }

  @inline(__always)
  static func < (left: Self, right: Self) -> Bool { left.subtracting(right).borrow }

  /// `left − right`, and the modulus added where that is negative.
  @inline(__always)
  static func difference(_ left: Self, _ right: Self, modulus: Self) -> Self {
    let (difference, borrow) = left.subtracting(right)
    return difference.adding(modulus.masked(borrow ? .max : 0)).sum
  }

  /// `left · right / R mod modulus` for factors below the modulus, by coarsely integrated operand scanning.
  ///
  /// R = 2^(64 · count). The modulus must be below R / 4: then no intermediate needs a further limb.
  /// - Parameter inverse: −1 / modulus mod 2^64.
  @inline(__always)
  static func montgomeryProduct(_ left: Self, _ right: Self, modulus: Self, inverse: UInt64) -> Self {
    var sum = Self.zero
    right.forEachLimb { limb in
      let carry = sum.addProduct(left, limb)
      sum.reduceLimb(modulus, quotient: sum.first &* inverse, carry: carry)
    }
    return difference(sum, modulus, modulus: modulus)
  }

  /// `(a·b + c·d) / R mod modulus`, with one reduction for both products.
  ///
  /// (P. Longa, Efficient algorithms for large prime characteristic fields, eprint 2022/367.) With a modulus below R / 4
  /// and factors below the modulus, intermediates stay below 3 · modulus and the result below 2 · modulus.
  @inline(__always)
  static func montgomerySum(
    _ a: Self, _ b: Self, _ c: Self, _ d: Self, modulus: Self, inverse: UInt64
  ) -> Self {
    var sum = Self.zero
    b.forEachLimb(with: d) { first, second in
      let carry = sum.addProduct(a, first) &+ sum.addProduct(c, second)
      sum.reduceLimb(modulus, quotient: sum.first &* inverse, carry: carry)
    }
    return difference(sum, modulus, modulus: modulus)
  }

  /// Bit `index` and the `count − 1` ones above it, zeros beyond the number's end.
  ///
  /// - Parameters:
  ///   - index: at least 0.
  ///   - count: 1…32.
  @inline(__always)
  func bits(from index: Int, count: Int) -> UInt32 {
    let (limb, shift) = (index &>> 6, UInt64(truncatingIfNeeded: index & 63))
    let low = self[limb] &>> shift
    // Shifted twice: by 64 in all where the bits do not straddle limbs.
    let high = (self[limb &+ 1] &<< 1) &<< (63 &- shift)
    let mask = (1 as UInt64) &<< UInt64(truncatingIfNeeded: count) &- 1
    return UInt32(truncatingIfNeeded: (low | high) & mask)
  }

  /// Quotient by a number of up to 32 bits that is not zero.
  func divided(by divisor: UInt32) -> Self {
    var quotients = Self.zero
    var remainder: UInt64 = 0
    let divisor = UInt64(max(1, divisor))
    for index in stride(from: Self.count &- 1, through: 0, by: -1) {
      let high = remainder &<< 32 | self[index] &>> 32
      let low = (high % divisor) &<< 32 | self[index] & 0xffff_ffff
      remainder = low % divisor
      let quotient = (high / divisor) &<< 32 | low / divisor
      quotients = Self { $0 == index ? quotient : quotients[$0] }
    }
    return quotients
  }
}

extension Limbs {
  /// Reads `8 · count` bytes, the most significant first.
  @inline(__always)
  init(bigEndian bytes: UnsafeRawPointer) {
    self.init { index in
      let offset = (Self.count &- 1 &- index) &* 8
      return UInt64(bigEndian: (bytes + offset).loadUnaligned(as: UInt64.self))
    }
  }

  /// Writes `8 · count` bytes, the most significant first.
  @inline(__always)
  func store(bigEndianTo bytes: UnsafeMutableRawPointer) {
    for index in 0..<Self.count {
      (bytes + (Self.count &- 1 &- index) &* 8).storeBytes(of: self[index].bigEndian, as: UInt64.self)
    }
  }
}

/// `addend + factor · limb + carry`: the low half is returned, the high half is the new carry.
@inline(__always)
func multiplyAdd(_ addend: UInt64, _ factor: UInt64, _ limb: UInt64, carry: inout UInt64) -> UInt64 {
  let product = factor.multipliedFullWidth(by: limb)
  // At most (2^64 − 1)² + 2 · (2^64 − 1) = 2^128 − 1.
  let sum = UInt128(_low: product.low, _high: product.high) &+ UInt128(addend) &+ UInt128(carry)
  carry = sum._high
  return sum._low
}

/// `left + right + carry`.
@inline(__always)
func add(_ left: UInt128, _ right: UInt128, carry: inout Bool) -> UInt128 {
  let (sum, first) = left.addingReportingOverflow(right)
  let (result, second) = sum.addingReportingOverflow(carry ? 1 : 0)
  carry = first || second
  return result
}

/// `left − right − borrow`.
@inline(__always)
func subtract(_ left: UInt128, _ right: UInt128, borrow: inout Bool) -> UInt128 {
  let (difference, first) = left.subtractingReportingOverflow(right)
  let (result, second) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
  borrow = first || second
  return result
}
