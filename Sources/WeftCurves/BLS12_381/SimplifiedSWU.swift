/// The simplified map of Shallue, van de Woestijne and Ulas to a curve y² = x³ + a·x + b, and an isogeny from there to
/// the curve that is wanted. (RFC 9380, §6.6.2 and §6.6.3)
struct SimplifiedSWU<Curve: WeierstrassCurve>: Sendable {
  typealias Element = Curve.Coordinate

  let a: Element
  let b: Element
  /// Z.
  let nonsquare: Element
  let isogeny: Isogeny<Curve>

  /// The point that an element is mapped to; its order is any.
  func callAsFunction(_ u: Element) -> JacobianPoint<Curve> {
    let scale = nonsquare * u.squared
    let sum = scale.squared + scale
    // −b / a · (1 + 1 / sum), and b / (Z·a) where the sum is zero.
    let first =
      sum.isZero ? b * (nonsquare * a).inverse : -b * (sum + .one) * (a * sum).inverse
    if let y = ordinate(first) { return image(first, y, u) }
    let second = scale * first
    // One of both is an abscissa; were there a mistake, the point at infinity is what breaks nothing.
    guard let y = ordinate(second) else { return .infinity }
    return image(second, y, u)
  }

  private func ordinate(_ x: Element) -> Element? { ((x.squared + a) * x + b).squareRoot }

  private func image(_ x: Element, _ y: Element, _ u: Element) -> JacobianPoint<Curve> {
    isogeny(x, u.isOdd == y.isOdd ? y : -y)
  }
}

/// A rational map (x, y) → (n(x) / d(x), y · m(x) / e(x)) between curves.
struct Isogeny<Curve: WeierstrassCurve>: Sendable {
  typealias Element = Curve.Coordinate

  /// Coefficients, that of the highest power first.
  let xNumerator: [Element]
  let xDenominator: [Element]
  let yNumerator: [Element]
  let yDenominator: [Element]

  func callAsFunction(_ x: Element, _ y: Element) -> JacobianPoint<Curve> {
    let xd = Self.value(xDenominator, x)
    let yd = Self.value(yDenominator, x)
    // With z = xd · yd nothing need be inverted; a pole becomes the point at infinity.
    let z = xd * yd
    let x3 = Self.value(xNumerator, x) * yd * z
    let y3 = y * Self.value(yNumerator, x) * xd * z.squared
    return JacobianPoint(x3, y3, z)
  }

  private static func value(_ coefficients: [Element], _ x: Element) -> Element {
    var value = Element.zero
    for coefficient in coefficients { value = value * x + coefficient }
    return value
  }
}
