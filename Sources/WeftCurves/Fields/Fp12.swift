/// An element c0 + c1·w of the quadratic extension of Fp6 with w² = v.
struct Fp12<Parameters: TowerParameters>: Field {
  typealias Base = Fp6<Parameters>

  var c0: Base
  var c1: Base

  @inline(__always)
  init(_ c0: Base, _ c1: Base) { (self.c0, self.c1) = (c0, c1) }

  @inline(__always) static var zero: Self { Self(.zero, .zero) }
  @inline(__always) static var one: Self { Self(.one, .zero) }
  @inline(__always) var isZero: Bool { c0.isZero && c1.isZero }

  static func + (left: Self, right: Self) -> Self { Self(left.c0 + right.c0, left.c1 + right.c1) }
  static func - (left: Self, right: Self) -> Self { Self(left.c0 - right.c0, left.c1 - right.c1) }
  static prefix func - (operand: Self) -> Self { Self(-operand.c0, -operand.c1) }

  static func * (left: Self, right: Self) -> Self {
    let v0 = left.c0 * right.c0
    let v1 = left.c1 * right.c1
    let cross = (left.c0 + left.c1) * (right.c0 + right.c1)
    return Self(v0 + v1.multipliedByV, cross - v0 - v1)
  }

  /// By the complex method.
  var squared: Self {
    let product = c0 * c1
    let cross = (c0 + c1) * (c0 + c1.multipliedByV)
    return Self(cross - product - product.multipliedByV, product.doubled)
  }

  @inline(__always) var doubled: Self { self + self }

  var inverse: Self {
    let inverse = (c0 * c0 - (c1 * c1).multipliedByV).inverse
    return Self(c0 * inverse, -(c1 * inverse))
  }

  /// The power p⁶; of elements whose norm over Fp6 is one, the inverse.
  @inline(__always) var conjugate: Self { Self(c0, -c1) }

  /// The power p.
  var frobenius: Self {
    let gamma = Parameters.frobenius.powers
    return Self(
      Fp6(c0.c0.conjugate, c0.c1.conjugate * gamma.1, c0.c2.conjugate * gamma.3),
      Fp6(c1.c0.conjugate * gamma.0, c1.c1.conjugate * gamma.2, c1.c2.conjugate * gamma.4))
  }
}

/// Elements of the cyclotomic subgroup, of order p⁴ − p² + 1, in which the easy part of the final exponentiation ends.
extension Fp12 {
  /// The square. (R. Granger and M. Scott, eprint 2009/565, §3.2)
  var cyclotomicSquare: Self {
    let (a0, a1) = Self.squareOfPair(c0.c0, c1.c1)
    let (b0, b1) = Self.squareOfPair(c1.c0, c0.c2)
    let (d0, d1) = Self.squareOfPair(c0.c1, c1.c2)
    let last = Parameters.multipliedByNonresidue(d1)
    return Self(
      Fp6((a0 - c0.c0).doubled + a0, (b0 - c0.c1).doubled + b0, (d0 - c0.c2).doubled + d0),
      Fp6((last + c1.c0).doubled + last, (a1 + c1.c1).doubled + a1, (b1 + c1.c2).doubled + b1))
  }

  /// The square of a + b·s in Fp4 = Fp2[s] / (s² − ξ).
  @inline(__always)
  private static func squareOfPair(
    _ a: Fp2<Parameters>, _ b: Fp2<Parameters>
  ) -> (Fp2<Parameters>, Fp2<Parameters>) {
    let product = a * b
    let cross = (a + b) * (a + Parameters.multipliedByNonresidue(b))
    return (cross - product - Parameters.multipliedByNonresidue(product), product.doubled)
  }

  /// The power of the number that signed digits, the most significant first, stand for; inverses are conjugates.
  func cyclotomicPower(_ digits: SignedDigits) -> Self {
    var result = Self.one
    digits.forEach { digit in
      result = result.cyclotomicSquare
      if digit > 0 { result = result * self } else if digit < 0 { result = result * conjugate }
    }
    return result
  }
}
