/// A curve y² = x³ + b.
protocol WeierstrassCurve: Sendable {
  associatedtype Coordinate: SquareRootField
  static var b: Coordinate { get }
}
