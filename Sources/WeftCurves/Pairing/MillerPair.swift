/// A pair of points in a Miller loop, with the multiple of the second that the loop has come to.
///
/// Homogeneous coordinates (x / z, y / z), as in C. Costello, T. Lange and M. Naehrig, eprint 2009/615, §5.
struct MillerPair<Parameters: PairingCurve>: Sendable, BitwiseCopyable {
  let p: AffinePoint<G1<Parameters>>
  let q: AffinePoint<G2<Parameters>>
  private var x: Fp2<Parameters>
  private var y: Fp2<Parameters>
  private var z: Fp2<Parameters>

  /// - Parameters: p, q: not at infinity.
  init(_ p: AffinePoint<G1<Parameters>>, _ q: AffinePoint<G2<Parameters>>) {
    (self.p, self.q) = (p, q)
    (x, y, z) = (q.x, q.y, .one)
  }

  /// Doubles the multiple; the tangent there, at the first point.
  mutating func double(tripledCoefficient: Fp2<Parameters>) -> Line<Parameters> {
    let a = x * y
    let b = y.squared
    let c = z.squared
    let e = tripledCoefficient * c
    let f = e.tripled
    let h = (y + z).squared - b - c
    let line = Line(p, y: -h, x: x.squared.tripled, constant: e - b)
    // Four times the point of the source, so that nothing need be halved.
    x = (a * (b - f)).doubled
    y = (b + f).squared - e.doubled.squared.tripled
    z = (b * h).doubled.doubled
    return line
  }

  /// Adds a point to the multiple; the line through both, at the first point.
  mutating func add(_ point: AffinePoint<G2<Parameters>>) -> Line<Parameters> {
    let theta = y - point.y * z
    let lambda = x - point.x * z
    let line = Line(p, y: lambda, x: -theta, constant: theta * point.x - lambda * point.y)
    let d = lambda.squared
    let e = lambda * d
    let g = x * d
    let h = e + z * theta.squared - g.doubled
    x = lambda * h
    y = theta * (g - h) - e * y
    z = z * e
    return line
  }
}

/// The value of a line of the twist at a point of the curve, an element of Fp12 of which three coefficients are not zero.
struct Line<Parameters: PairingCurve> {
  let y: Fp2<Parameters>
  let x: Fp2<Parameters>
  let constant: Fp2<Parameters>

  @inline(__always)
  init(
    _ point: AffinePoint<G1<Parameters>>, y: Fp2<Parameters>, x: Fp2<Parameters>, constant: Fp2<Parameters>
  ) {
    self.y = y * point.y
    self.x = x * point.x
    self.constant = constant
  }
}

extension Fp12 where Parameters: PairingCurve {
  /// Multiplies by a line: y + (x + constant·v)·w, or constant + x·v + y·v·w where b′ = b · ξ.
  mutating func multiply(by line: Line<Parameters>) {
    switch Parameters.twist {
    case .divided:
      let v0 = c0 * line.y
      let v1 = c1.multiplied(by: line.x, line.constant)
      let cross = (c0 + c1).multiplied(by: line.y + line.x, line.constant)
      c1 = cross - v0 - v1
      c0 = v0 + v1.multipliedByV
    case .multiplied:
      let v0 = c0.multiplied(by: line.constant, line.x)
      let v1 = c1.multiplied(byV: line.y)
      let cross = (c0 + c1).multiplied(by: line.constant, line.x + line.y)
      c1 = cross - v0 - v1
      c0 = v0 + v1.multipliedByV
    }
  }
}
