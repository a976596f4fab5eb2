/// An element of the extension of degree 4, F[X] / (X^4 − 11), with the basis 1, X, X², X³.
///
/// Coefficients stand in this order everywhere: in transcripts, flattened columns and files.
@frozen
public struct BabyBear4: Sendable, Hashable, BitwiseCopyable {
  public var c0: BabyBear
  public var c1: BabyBear
  public var c2: BabyBear
  public var c3: BabyBear

  @inlinable @inline(__always)
  public init(_ c0: BabyBear, _ c1: BabyBear, _ c2: BabyBear, _ c3: BabyBear) {
    self.c0 = c0
    self.c1 = c1
    self.c2 = c2
    self.c3 = c3
  }

  /// An element of the base field.
  @inlinable @inline(__always)
  public init(_ base: BabyBear) { self.init(base, .zero, .zero, .zero) }

  /// X^4, the constant of the extension.
  @inlinable public static var nonResidue: BabyBear { 11 }
  @inlinable public static var zero: Self { Self(.zero) }
  @inlinable public static var one: Self { Self(.one) }
  /// 8 + X, which generates the multiplicative group.
  @inlinable public static var generator: Self { Self(8, 1, 0, 0) }
  /// The largest k such that 2^k divides p^4 − 1.
  @inlinable public static var twoAdicity: Int { 29 }

  /// The four coefficients, of the lowest degree first.
  @inlinable
  public var coefficients: [BabyBear] { [c0, c1, c2, c3] }

  @inlinable
  public var isZero: Bool { self == .zero }

  /// Whether the element lies in the base field.
  @inlinable
  public var isBase: Bool { c1.isZero && c2.isZero && c3.isZero }
}

extension BabyBear4: ExpressibleByIntegerLiteral {
  @inlinable
  public init(integerLiteral value: Int) { self.init(BabyBear(value)) }
}

extension BabyBear4: CustomStringConvertible {
  /// The canonical coefficients in brackets, of the lowest degree first.
  public var description: String { "[\(c0), \(c1), \(c2), \(c3)]" }
}
