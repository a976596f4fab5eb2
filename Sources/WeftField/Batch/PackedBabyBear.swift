/// Eight field elements that are computed with at once.
///
/// The products are formed on the even and the odd 32-bit halves of four 64-bit lanes, which is what the vector units of
/// all targets multiply.
@frozen
public struct PackedBabyBear: Sendable, BitwiseCopyable {
  /// The Montgomery words.
  public var words: SIMD8<UInt32>

  /// The elements in a vector.
  @inlinable public static var count: Int { 8 }

  @inlinable @inline(__always)
  public init(words: SIMD8<UInt32>) { self.words = words }

  /// The same element in every lane.
  @inlinable @inline(__always)
  public init(_ element: BabyBear) { words = SIMD8(repeating: element.montgomery) }

  @inlinable @inline(__always)
  public static func load(_ pointer: UnsafePointer<BabyBear>) -> Self {
    Self(words: UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<UInt32>.self))
  }

  @inlinable @inline(__always)
  public func store(_ pointer: UnsafeMutablePointer<BabyBear>) {
    UnsafeMutableRawPointer(pointer).storeBytes(of: words, as: SIMD8<UInt32>.self)
  }

  /// Brings lanes of −p … p−1 into 0 … p−1.
  @inlinable @inline(__always)
  static func corrected(_ difference: SIMD8<UInt32>) -> Self {
    let signed = unsafeBitCast(difference, to: SIMD8<Int32>.self)
    let order = SIMD8<Int32>(repeating: Int32(bitPattern: BabyBear.order))
    return Self(words: unsafeBitCast(signed &+ ((signed &>> 31) & order), to: SIMD8<UInt32>.self))
  }

  @inlinable @inline(__always)
  public static func + (left: Self, right: Self) -> Self {
    corrected(left.words &+ right.words &- SIMD8(repeating: BabyBear.order))
  }

  @inlinable @inline(__always)
  public static func - (left: Self, right: Self) -> Self { corrected(left.words &- right.words) }

  @inlinable @inline(__always)
  public static func * (left: Self, right: Self) -> Self {
    let low = SIMD4<UInt64>(repeating: 0xffff_ffff)
    let x = unsafeBitCast(left.words, to: SIMD4<UInt64>.self)
    let y = unsafeBitCast(right.words, to: SIMD4<UInt64>.self)
    return reduce(even: (x & low) &* (y & low), odd: (x &>> 32) &* (y &>> 32))
  }

  /// Montgomery reduction of the products of the even and of the odd lanes.
  @inlinable @inline(__always)
  static func reduce(even: SIMD4<UInt64>, odd: SIMD4<UInt64>) -> Self {
    let low = SIMD4<UInt64>(repeating: 0xffff_ffff)
    let inverse = SIMD4<UInt64>(repeating: UInt64(BabyBear.inverseOfOrder))
    let order = SIMD4<UInt64>(repeating: UInt64(BabyBear.order))
    let evenProduct = (((even & low) &* inverse) & low) &* order
    let oddProduct = (((odd & low) &* inverse) & low) &* order
    let high = (even &>> 32) | (odd & ~low)
    let highProduct = (evenProduct &>> 32) | (oddProduct & ~low)
    return corrected(
      unsafeBitCast(high, to: SIMD8<UInt32>.self) &- unsafeBitCast(highProduct, to: SIMD8<UInt32>.self))
  }

  @inlinable @inline(__always)
  public static prefix func - (operand: Self) -> Self { corrected(SIMD8(repeating: 0) &- operand.words) }

  @inlinable @inline(__always)
  public var halved: Self {
    let one = SIMD8<UInt32>(repeating: 1)
    let odd = SIMD8<UInt32>(repeating: 0) &- (words & one)
    return Self(words: (words &+ (odd & SIMD8(repeating: BabyBear.order))) &>> one)
  }

  /// The numbers below p that the elements stand for.
  @inlinable @inline(__always)
  public var canonical: SIMD8<UInt32> {
    let low = SIMD4<UInt64>(repeating: 0xffff_ffff)
    let x = unsafeBitCast(words, to: SIMD4<UInt64>.self)
    return Self.reduce(even: x & low, odd: x &>> 32).words
  }

  /// The elements of any eight 32-bit numbers modulo p.
  @inlinable @inline(__always)
  public init(reducing values: SIMD8<UInt32>) {
    self = Self(words: values) * Self(words: SIMD8(repeating: BabyBear.rSquared))
  }
}
