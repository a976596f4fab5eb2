/// An element c0 + c1·i of the quadratic extension with i² = −1, which is no square modulo p = 3 (mod 4).
struct Fp2<Parameters: PrimeFieldParameters>: SquareRootField {
  typealias Base = Fp<Parameters>

  var c0: Base
  var c1: Base

  @inline(__always)
  init(_ c0: Base, _ c1: Base) { (self.c0, self.c1) = (c0, c1) }

  @inline(__always) static var zero: Self { Self(.zero, .zero) }
  @inline(__always) static var one: Self { Self(.one, .zero) }
  @inline(__always) var isZero: Bool { c0.isZero && c1.isZero }

  @inline(__always)
  static func + (left: Self, right: Self) -> Self { Self(left.c0 + right.c0, left.c1 + right.c1) }

  @inline(__always)
  static func - (left: Self, right: Self) -> Self { Self(left.c0 - right.c0, left.c1 - right.c1) }

  @inline(__always)
  static prefix func - (operand: Self) -> Self { Self(-operand.c0, -operand.c1) }

  /// Two sums of products with one reduction each cost as many limb products as Karatsuba's three products, and
  /// save their additions.
  @inline(__always)
  static func * (left: Self, right: Self) -> Self {
    Self(
      .sumOfProducts(left.c0, right.c0, -left.c1, right.c1),
      .sumOfProducts(left.c0, right.c1, left.c1, right.c0))
  }

  @inline(__always)
  static func * (left: Self, right: Base) -> Self { Self(left.c0 * right, left.c1 * right) }

  @inline(__always)
  var squared: Self { Self((c0 + c1) * (c0 - c1), c0.doubled * c1) }

  @inline(__always) var doubled: Self { self + self }

  /// The conjugate, which is the power p.
  @inline(__always) var conjugate: Self { Self(c0, -c1) }

  /// c0² + c1², the product with the conjugate.
  @inline(__always) var norm: Base { .sumOfProducts(c0, c0, c1, c1) }

  var inverse: Self { conjugate * norm.inverse }

  /// By the complex method: with n² the norm, ((c0 ± n) / 2)^(1/2) is the first coefficient of a root.
  var squareRoot: Self? {
    if c1.isZero {
      // Either c0 or −c0 is a square.
      if let root = c0.squareRoot { return Self(root, .zero) }
      return (-c0).squareRoot.map { Self(.zero, $0) }
    }
    guard let root = norm.squareRoot else { return nil }
    let half = Base(2).inverse
    // The product of the two candidates is −c1² / 4, no square: exactly one of them is one.
    guard let first = ((c0 + root) * half).squareRoot ?? ((c0 - root) * half).squareRoot else { return nil }
    return Self(first, c1 * half * first.inverse)
  }

  var isOdd: Bool { c0.isZero ? c1.isOdd : c0.isOdd }
}
