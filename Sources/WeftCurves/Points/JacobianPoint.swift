/// A point (x / z², y / z³); with z = 0 the point at infinity.
///
/// The formulas are those of the Explicit-Formulas Database for a = 0.
struct JacobianPoint<Curve: WeierstrassCurve>: Sendable, BitwiseCopyable {
  typealias Coordinate = Curve.Coordinate

  var x: Coordinate
  var y: Coordinate
  var z: Coordinate

  @inline(__always)
  init(_ x: Coordinate, _ y: Coordinate, _ z: Coordinate) { (self.x, self.y, self.z) = (x, y, z) }

  init(_ point: AffinePoint<Curve>) {
    self.init(point.x, point.y, point.isInfinity ? .zero : .one)
  }

  @inline(__always) static var infinity: Self { Self(.one, .one, .zero) }
  @inline(__always) var isInfinity: Bool { z.isZero }

  /// The coordinates, with one inversion.
  var affine: AffinePoint<Curve> {
    if isInfinity { return .infinity }
    let inverse = z.inverse
    let square = inverse.squared
    return AffinePoint(unchecked: x * square, y * square * inverse)
  }

  @inline(__always)
  static prefix func - (operand: Self) -> Self { Self(operand.x, -operand.y, operand.z) }

  /// Whether both are the same point.
  func isEqual(to other: Self) -> Bool {
    if isInfinity || other.isInfinity { return isInfinity && other.isInfinity }
    let square = z.squared
    let otherSquare = other.z.squared
    return x * otherSquare == other.x * square && y * otherSquare * other.z == other.y * square * z
  }

  /// dbl-2009-l.
  var doubled: Self {
    let a = x.squared
    let b = y.squared
    let c = b.squared
    let d = ((x + b).squared - a - c).doubled
    let e = a.tripled
    let x3 = e.squared - d.doubled
    let y3 = e * (d - x3) - c.doubled.doubled.doubled
    return Self(x3, y3, (y * z).doubled)
  }

  /// add-2007-bl.
  static func + (left: Self, right: Self) -> Self {
    if left.isInfinity { return right }
    if right.isInfinity { return left }
    let z1z1 = left.z.squared
    let z2z2 = right.z.squared
    let u1 = left.x * z2z2
    let s1 = left.y * right.z * z2z2
    let h = right.x * z1z1 - u1
    let r = (right.y * left.z * z1z1 - s1).doubled
    if h.isZero { return r.isZero ? left.doubled : .infinity }
    let i = h.doubled.squared
    let j = h * i
    let v = u1 * i
    let x3 = r.squared - j - v.doubled
    let y3 = r * (v - x3) - (s1 * j).doubled
    return Self(x3, y3, ((left.z + right.z).squared - z1z1 - z2z2) * h)
  }

  /// madd-2007-bl.
  static func + (left: Self, right: AffinePoint<Curve>) -> Self {
    if right.isInfinity { return left }
    if left.isInfinity { return Self(right) }
    let z1z1 = left.z.squared
    let h = right.x * z1z1 - left.x
    let r = (right.y * left.z * z1z1 - left.y).doubled
    if h.isZero { return r.isZero ? left.doubled : .infinity }
    let hh = h.squared
    let i = hh.doubled.doubled
    let j = h * i
    let v = left.x * i
    let x3 = r.squared - j - v.doubled
    let y3 = r * (v - x3) - (left.y * j).doubled
    return Self(x3, y3, (left.z + h).squared - z1z1 - hh)
  }

  @inline(__always)
  static func - (left: Self, right: Self) -> Self { left + -right }

  /// The multiple by the number that signed digits stand for.
  func multiplied(by digits: SignedDigits) -> Self {
    var result = Self.infinity
    digits.forEach { digit in
      result = result.doubled
      if digit > 0 { result = result + self } else if digit < 0 { result = result - self }
    }
    return result
  }
}
