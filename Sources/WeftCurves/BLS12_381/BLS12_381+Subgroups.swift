/// Subgroups of order r, by endomorphisms. (M. Scott, eprint 2021/1130)
extension BLS12_381 {
  /// Whether a point of the curve is of order r or 1: whether φ(P) = −x²·P with φ(x, y) = (βx, y).
  ///
  /// φ² + φ + 1 = 0, and (−x²)² − x² + 1 = r: a point for which that holds is annihilated by r.
  static func isInSubgroup(_ point: G1Point) -> Bool {
    if point.isInfinity { return true }
    let multiple = JacobianPoint(point).multiplied(by: parameter).multiplied(by: parameter)
    let image = G1Point(unchecked: point.x * frobenius.cubeRootOfOne, point.y)
    return (-multiple).isEqual(to: JacobianPoint(image))
  }

  /// Whether a point of the twist is of order r or 1: whether ψ(Q) = x·Q.
  ///
  /// ψ² − (x + 1)ψ + p = 0: a point for which that holds is annihilated by p − x = r·(x − 1)² / 3, of which only the
  /// factor r divides the order of the twist.
  static func isInSubgroup(_ point: G2Point) -> Bool {
    if point.isInfinity { return true }
    let multiple = JacobianPoint(point).multiplied(by: parameter)
    return (-multiple).isEqual(to: JacobianPoint(point.psi()))
  }

  /// The point times 1 − x, which is of order r or 1. (RFC 9380, §8.8.1)
  static func clearingCofactor(_ point: JacobianPoint<G1<BLS12_381>>) -> JacobianPoint<G1<BLS12_381>> {
    point.multiplied(by: parameter) + point
  }

  /// (x² − x − 1)·Q + (x − 1)·ψ(Q) + ψ²(2Q), the product with the h_eff of RFC 9380, §8.8.2.
  /// (A. Budroni and F. Pintore, eprint 2017/419; RFC 9380, appendix G.3)
  static func clearingCofactor(_ point: JacobianPoint<G2<BLS12_381>>) -> JacobianPoint<G2<BLS12_381>> {
    let psi = point.psi()
    // With m = −x·Q: (x² − x)·Q + x·ψ(Q) = −x·(m + Q − ψ(Q)).
    let multiple = point.multiplied(by: parameter)
    let sum = (multiple + point - psi).multiplied(by: parameter)
    return sum - psi - point + point.doubled.psi().psi()
  }
}
