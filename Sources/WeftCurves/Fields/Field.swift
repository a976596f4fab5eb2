/// What points and pairings need of a field.
protocol Field: Sendable, Hashable, BitwiseCopyable {
  static var zero: Self { get }
  static var one: Self { get }
  var isZero: Bool { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static prefix func - (operand: Self) -> Self
  var squared: Self { get }
  var doubled: Self { get }
  /// The multiplicative inverse, and zero for zero.
  var inverse: Self { get }
}

extension Field {
  @inline(__always) static func += (left: inout Self, right: Self) { left = left + right }
  @inline(__always) static func -= (left: inout Self, right: Self) { left = left - right }
  @inline(__always) static func *= (left: inout Self, right: Self) { left = left * right }

  @inline(__always) var tripled: Self { doubled + self }

  /// The element to the power of `exponent`, four bits at a time.
  func power(_ exponent: some Limbs) -> Self {
    var powers = InlineArray<16, Self>(repeating: .one)
    var last = Self.one
    for index in 1..<16 {
      last *= self
      powers[unchecked: index] = last
    }
    var result = Self.one
    var index = type(of: exponent).count &* 64
    while index > 0 {
      index &-= 4
      result = result.squared.squared.squared.squared
      let digit = exponent.bits(from: index, count: 4)
      if digit != 0 { result *= powers[unchecked: Int(truncatingIfNeeded: digit)] }
    }
    return result
  }
}

/// A field in which square roots can be taken and signs told.
protocol SquareRootField: Field {
  /// A square root, `nil` where there is none.
  var squareRoot: Self? { get }
  /// `sgn0` of RFC 9380, §4.1: whether the canonical number is odd; in extensions, that of the first coefficient
  /// which is not zero.
  var isOdd: Bool { get }
}
