/// An element c0 + c1·v + c2·v² of the cubic extension of Fp2 with v³ = ξ.
struct Fp6<Parameters: TowerParameters>: Field {
  typealias Base = Fp2<Parameters>

  var c0: Base
  var c1: Base
  var c2: Base

  @inline(__always)
  init(_ c0: Base, _ c1: Base, _ c2: Base) { (self.c0, self.c1, self.c2) = (c0, c1, c2) }

  @inline(__always) static var zero: Self { Self(.zero, .zero, .zero) }
  @inline(__always) static var one: Self { Self(.one, .zero, .zero) }
  @inline(__always) var isZero: Bool { c0.isZero && c1.isZero && c2.isZero }

  static func + (left: Self, right: Self) -> Self {
    Self(left.c0 + right.c0, left.c1 + right.c1, left.c2 + right.c2)
  }

  static func - (left: Self, right: Self) -> Self {
    Self(left.c0 - right.c0, left.c1 - right.c1, left.c2 - right.c2)
  }

  static prefix func - (operand: Self) -> Self { Self(-operand.c0, -operand.c1, -operand.c2) }

  /// Karatsuba's method for three coefficients (Devegili and others, eprint 2006/471, §4).
  static func * (left: Self, right: Self) -> Self {
    let v0 = left.c0 * right.c0
    let v1 = left.c1 * right.c1
    let v2 = left.c2 * right.c2
    let t0 = (left.c1 + left.c2) * (right.c1 + right.c2) - v1 - v2
    let t1 = (left.c0 + left.c1) * (right.c0 + right.c1) - v0 - v1
    let t2 = (left.c0 + left.c2) * (right.c0 + right.c2) - v0 - v2
    return Self(v0 + xi(t0), t1 + xi(v2), t2 + v1)
  }

  static func * (left: Self, right: Base) -> Self {
    Self(left.c0 * right, left.c1 * right, left.c2 * right)
  }

  /// The product with b0 + b1·v.
  func multiplied(by b0: Base, _ b1: Base) -> Self {
    let v0 = c0 * b0
    let v1 = c1 * b1
    let t0 = (c1 + c2) * b1 - v1
    let t1 = (c0 + c1) * (b0 + b1) - v0 - v1
    let t2 = (c0 + c2) * b0 - v0
    return Self(v0 + Self.xi(t0), t1, t2 + v1)
  }

  /// The product with b1·v.
  func multiplied(byV b1: Base) -> Self { Self(Self.xi(c2 * b1), c0 * b1, c1 * b1) }

  /// The product with v.
  @inline(__always) var multipliedByV: Self { Self(Self.xi(c2), c0, c1) }

  @inline(__always) var squared: Self { self * self }
  @inline(__always) var doubled: Self { self + self }

  /// (Algorithm 17 of Beuchat and others, eprint 2010/354.)
  var inverse: Self {
    let t0 = c0.squared - Self.xi(c1 * c2)
    let t1 = Self.xi(c2.squared) - c0 * c1
    let t2 = c1.squared - c0 * c2
    let norm = c0 * t0 + Self.xi(c2 * t1 + c1 * t2)
    return Self(t0, t1, t2) * norm.inverse
  }

  @inline(__always)
  private static func xi(_ element: Base) -> Base { Parameters.multipliedByNonresidue(element) }
}
