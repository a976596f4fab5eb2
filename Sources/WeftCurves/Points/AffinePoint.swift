/// A point by its coordinates; (0, 0), which is on no curve with b ≠ 0, is the point at infinity.
struct AffinePoint<Curve: WeierstrassCurve>: Sendable, Hashable, BitwiseCopyable {
  typealias Coordinate = Curve.Coordinate

  var x: Coordinate
  var y: Coordinate

  /// Takes coordinates as they are.
  @inline(__always)
  init(unchecked x: Coordinate, _ y: Coordinate) { (self.x, self.y) = (x, y) }

  /// The point with these coordinates, `nil` where it is neither on the curve nor at infinity.
  init?(_ x: Coordinate, _ y: Coordinate) {
    self.init(unchecked: x, y)
    guard isInfinity || isOnCurve else { return nil }
  }

  @inline(__always) static var infinity: Self { Self(unchecked: .zero, .zero) }
  @inline(__always) var isInfinity: Bool { x.isZero && y.isZero }

  /// Whether y² = x³ + b.
  var isOnCurve: Bool { y.squared == x.squared * x + Curve.b }

  @inline(__always)
  static prefix func - (operand: Self) -> Self { Self(unchecked: operand.x, -operand.y) }
}
