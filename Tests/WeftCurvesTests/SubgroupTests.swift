import Testing

@testable import WeftCurves

@Suite("Subgroups")
struct SubgroupTests {
  /// Points with abscissas from a source, of any order.
  private func points<Curve: WeierstrassCurve>(
    _ count: Int, _ abscissa: () -> Curve.Coordinate
  ) -> [AffinePoint<Curve>] {
    var points: [AffinePoint<Curve>] = []
    while points.count < count {
      let x = abscissa()
      if let y = (x.squared * x + Curve.b).squareRoot { points.append(AffinePoint(unchecked: x, y)) }
    }
    return points
  }

  private func check<Curve: WeierstrassCurve>(
    _ points: [AffinePoint<Curve>], order: BigNumber, cofactor: BigNumber,
    _ isInSubgroup: (AffinePoint<Curve>) -> Bool
  ) {
    #expect(isInSubgroup(.infinity))
    for point in points {
      #expect(point.isOnCurve)
      let multiple = JacobianPoint(point).multiplied(by: order)
      #expect(isInSubgroup(point) == multiple.isInfinity)
      // Of order r, of an order that divides the cofactor, and their sum.
      let member = JacobianPoint(point).multiplied(by: cofactor)
      #expect(isInSubgroup(member.affine))
      if !multiple.isInfinity {
        #expect(!isInSubgroup(multiple.affine))
        #expect(!isInSubgroup((multiple + member).affine))
      }
    }
  }

  @Test("The twist of BN254")
  func bn254() {
    var source = RandomSource(seed: 29)
    let cofactor = BN254.prime + BN254.prime - BN254.groupOrder
    check(
      points(rounds(40)) { source.element2() } as [BN254.G2Point], order: BN254.groupOrder,
      cofactor: cofactor,
      BN254.isInSubgroup)
    #expect(BN254.isInSubgroup(BN254.g1))
  }

  @Test("The curve BLS12-381")
  func bls12() {
    var source = RandomSource(seed: 31)
    let cofactor = (BLS12_381.prime + BigNumber(0xd201_0000_0001_0000)).divided(by: BLS12_381.groupOrder)
      .quotient
    // The smallest prime factors of the cofactor: points of their order.
    let found: [BLS12_381.G1Point] = points(rounds(40)) { source.element() }
    check(found, order: BLS12_381.groupOrder, cofactor: cofactor, BLS12_381.isInSubgroup)
    for prime in [3, 11, 10177] as [UInt64] {
      let (rest, remainder) = (cofactor * BLS12_381.groupOrder).divided(by: BigNumber(prime))
      #expect(remainder.isZero)
      let small = found.map { JacobianPoint($0).multiplied(by: rest) }.first { !$0.isInfinity }
      if let small { #expect(!BLS12_381.isInSubgroup(small.affine), "\(prime)") }
    }
  }

  @Test("The twist of BLS12-381")
  func bls12Twist() {
    var source = RandomSource(seed: 37)
    let found: [BLS12_381.G2Point] = points(rounds(20)) { source.element2() }
    check(found, order: BLS12_381.groupOrder, cofactor: Self.twistCofactor, BLS12_381.isInSubgroup)
    for prime in [13, 23, 2713] as [UInt64] {
      let (rest, remainder) = (Self.twistCofactor * BLS12_381.groupOrder).divided(by: BigNumber(prime))
      #expect(remainder.isZero)
      let small = found.map { JacobianPoint($0).multiplied(by: rest) }.first { !$0.isInfinity }
      if let small { #expect(!BLS12_381.isInSubgroup(small.affine), "\(prime)") }
    }
  }

  /// (x⁸ − 4x⁷ + 5x⁶ − 4x⁴ + 6x³ − 4x² − 4x + 13) / 9, x negative.
  static let twistCofactor: BigNumber = {
    let x = (0...8).map { BigNumber.power(of: BigNumber(0xd201_0000_0001_0000), $0) }
    func times(_ factor: UInt64, _ power: Int) -> BigNumber { BigNumber(factor) * x[power] }
    let positive = x[8] + times(4, 7) + times(5, 6) + times(4, 1) + BigNumber(13)
    return (positive - times(4, 4) - times(6, 3) - times(4, 2)).divided(by: BigNumber(9)).quotient
  }()

  @Test("Clearing cofactors is multiplying by h_eff of RFC 9380")
  func cofactors() {
    var source = RandomSource(seed: 41)
    let ofCurve: [BLS12_381.G1Point] = points(rounds(20)) { source.element() }
    for point in ofCurve {
      let cleared = BLS12_381.clearingCofactor(JacobianPoint(point))
      #expect(cleared.isEqual(to: JacobianPoint(point).multiplied(by: BigNumber(0xd201_0000_0001_0001))))
      #expect(BLS12_381.isInSubgroup(cleared.affine))
    }
    let effective = BigNumber(
      hexadecimal:
        "bc69f08f2ee75b3584c6a0ea91b352888e2a8e9145ad7689986ff031508ffe1329c2f178731db956d82bf015d1212b02"
        + "ec0ec69d7477c1ae954cbc06689f6a359894c0adebbf6b4e8020005aaa95551")
    let ofTwist: [BLS12_381.G2Point] = points(rounds(20)) { source.element2() }
    for point in ofTwist {
      let cleared = BLS12_381.clearingCofactor(JacobianPoint(point))
      #expect(cleared.isEqual(to: JacobianPoint(point).multiplied(by: effective)))
      #expect(BLS12_381.isInSubgroup(cleared.affine))
    }
  }

  @Test("ψ is the eigenvalue p on points of order r, of affine and of Jacobian coordinates")
  func endomorphism() {
    let point = BN254.g2.multiplied(by: Limbs4(5, 6, 7, 8))
    #expect(point.psi().isEqual(to: point.multiplied(by: BN254.prime)))
    #expect(point.psi().affine == point.affine.psi())
    let other = BLS12_381.g2.multiplied(by: Limbs4(5, 6, 7, 8))
    #expect(other.psi().isEqual(to: other.multiplied(by: BLS12_381.prime)))
    #expect(other.psi().affine == other.affine.psi())
  }
}
