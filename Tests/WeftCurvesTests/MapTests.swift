import Testing

@testable import WeftCurves

@Suite("Maps to BLS12-381")
struct MapTests {
  private func check<Curve: WeierstrassCurve>(
    _ map: SimplifiedSWU<Curve>, _ elements: [Curve.Coordinate],
    _ clearing: (JacobianPoint<Curve>) -> JacobianPoint<Curve>, _ isInSubgroup: (AffinePoint<Curve>) -> Bool
  ) {
    for element in elements {
      let point = map(element)
      #expect(!point.isInfinity)
      #expect(point.affine.isOnCurve)
      // u and −u give opposite points, and zero is its own opposite.
      #expect(element.isZero || map(-element).isEqual(to: -point))
      #expect(isInSubgroup(clearing(point).affine))
    }
    // An isogeny: −1 times, and what is not on the curve is not brought there.
    let (x, y) = (elements[1], elements[2])
    #expect(map.isogeny(x, -y).isEqual(to: -map.isogeny(x, y)))
    #expect(map.nonsquare.squareRoot == nil)
  }

  @Test("Elements of Fp")
  func curve() throws {
    var source = RandomSource(seed: 53)
    // Z·u² = −1, which makes a denominator zero: Z = 11 is no square, and neither is −1.
    let exception = try #require((-Fp<BLS12_381>(11).inverse).squareRoot)
    #expect(exception.squared * Fp(11) == -.one)
    check(
      BLS12_381.mapToG1,
      [.zero, .one, Fp(7), -.one, exception] + (0..<rounds(40)).map { _ in source.element() },
      BLS12_381.clearingCofactor, BLS12_381.isInSubgroup)
  }

  @Test("Elements of Fp2")
  func twist() {
    var source = RandomSource(seed: 59)
    // Z = −(2 + i) and −1, a square: Z·u² = −1 has no solution.
    #expect((-BLS12_381.mapToG2.nonsquare.inverse).squareRoot == nil)
    check(
      BLS12_381.mapToG2,
      [.zero, .one, Fp2(Fp(7), Fp(9)), Fp2(.zero, .one), Fp2(-.one, -.one)]
        + (0..<rounds(40)).map { _ in source.element2() },
      BLS12_381.clearingCofactor, BLS12_381.isInSubgroup)
  }
}
