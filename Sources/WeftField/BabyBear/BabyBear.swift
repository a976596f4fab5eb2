/// An element of the prime field of order p = 15·2^27 + 1 = 2013265921, in Montgomery form with R = 2^32.
///
/// The stored word is `value · 2^32 mod p` and always below p, so equality of words is equality of elements and the
/// memory of a `BabyBear` is what kernels and serialised proofs call a Montgomery word.
@frozen
public struct BabyBear: Sendable, Hashable, BitwiseCopyable {
  /// `value · 2^32 mod p`, below p.
  public var montgomery: UInt32

  /// Takes a Montgomery word as it is. The caller vouches for `word < p`.
  @inlinable
  public init(uncheckedMontgomery word: UInt32) {
    montgomery = word
  }

  /// Takes a Montgomery word that comes from outside; nil when it is not below p.
  @inlinable
  public init?(montgomery word: UInt32) {
    guard word < Self.order else { return nil }
    montgomery = word
  }

  /// Takes a canonical number that comes from outside; nil when it is not below p.
  @inlinable
  public init?(canonical value: UInt32) {
    guard value < Self.order else { return nil }
    self.init(value)
  }

  /// The number modulo p. Every 32-bit number is admissible.
  @inlinable @inline(__always)
  public init(_ value: UInt32) {
    montgomery = Self.reduce(UInt64(value) &* UInt64(Self.rSquared))
  }

  /// The number modulo p.
  @inlinable @inline(__always)
  public init(_ value: UInt8) { self.init(UInt32(value)) }

  /// The number modulo p.
  @inlinable @inline(__always)
  public init(_ value: UInt16) { self.init(UInt32(value)) }

  /// The number modulo p.
  @inlinable
  public init(_ value: UInt64) { self.init(UInt32(truncatingIfNeeded: value % UInt64(Self.order))) }

  /// The number modulo p; negative numbers count down from p.
  @inlinable
  public init(_ value: Int) {
    let remainder = value % Int(Self.order)
    self.init(UInt32(truncatingIfNeeded: remainder < 0 ? remainder &+ Int(Self.order) : remainder))
  }

  /// One for true, zero for false.
  @inlinable @inline(__always)
  public init(_ value: Bool) { montgomery = value ? Self.rModP : 0 }

  /// The number below p that the element stands for.
  @inlinable @inline(__always)
  public var canonical: UInt32 { Self.reduce(UInt64(montgomery)) }

  /// The element as the signed number of smallest magnitude, in −(p−1)/2 … (p−1)/2.
  @inlinable
  public var signed: Int64 {
    let value = Int64(canonical)
    return value > Int64(Self.order >> 1) ? value &- Int64(Self.order) : value
  }

  @inlinable @inline(__always)
  public var isZero: Bool { montgomery == 0 }
}

extension BabyBear {
  /// The prime p = 15·2^27 + 1.
  @inlinable public static var order: UInt32 { 0x7800_0001 }
  /// p^{-1} mod 2^32.
  @inlinable public static var inverseOfOrder: UInt32 { 0x8800_0001 }
  /// 2^32 mod p, the Montgomery form of one.
  @inlinable public static var rModP: UInt32 { 268_435_454 }
  /// 2^64 mod p.
  @inlinable public static var rSquared: UInt32 { 1_172_168_163 }
  /// The largest k such that 2^k divides p − 1.
  @inlinable public static var twoAdicity: Int { 27 }

  @inlinable public static var zero: Self { Self(uncheckedMontgomery: 0) }
  @inlinable public static var one: Self { Self(uncheckedMontgomery: rModP) }
  @inlinable public static var two: Self { Self(uncheckedMontgomery: 536_870_908) }
  @inlinable public static var minusOne: Self { Self(uncheckedMontgomery: order &- rModP) }
  /// 31, which generates the multiplicative group.
  @inlinable public static var generator: Self { Self(31 as UInt32) }

  /// Montgomery reduction: `x / 2^32 mod p` for x < 2^32·p. (reference/prover.md §2)
  @inlinable @inline(__always)
  public static func reduce(_ x: UInt64) -> UInt32 {
    let quotient = UInt32(truncatingIfNeeded: x) &* inverseOfOrder
    let product = UInt64(quotient) &* UInt64(order)
    // The low halves of x and of the product are equal: the difference of the high halves is exact.
    let difference = UInt32(truncatingIfNeeded: x &>> 32) &- UInt32(truncatingIfNeeded: product &>> 32)
    return difference &+ (UInt32(bitPattern: Int32(bitPattern: difference) &>> 31) & order)
  }
}

extension BabyBear: ExpressibleByIntegerLiteral {
  /// The number modulo p; negative literals count down from p.
  @inlinable
  public init(integerLiteral value: Int) { self.init(value) }
}

extension BabyBear: CustomStringConvertible {
  /// The canonical number.
  public var description: String { "\(canonical)" }
}
