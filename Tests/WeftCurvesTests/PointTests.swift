import Testing

@testable import WeftCurves

@Suite("Points")
struct PointTests {
  private func check<Curve: WeierstrassCurve>(_ generator: AffinePoint<Curve>, order: BigNumber) {
    typealias Point = JacobianPoint<Curve>
    #expect(generator.isOnCurve)
    #expect(!generator.isInfinity)
    let g = Point(generator)
    #expect(g.multiplied(by: order).isInfinity)
    #expect(g.multiplied(by: order - BigNumber(1)).affine == -generator)
    #expect(!AffinePoint<Curve>.infinity.isOnCurve)
    #expect(AffinePoint<Curve>(.zero, .zero) == .infinity)
    #expect(AffinePoint<Curve>(generator.x, generator.y + .one) == nil)

    // The group's laws, with denominators that are not one.
    let (a, b) = (g.multiplied(by: BigNumber(77)), g.multiplied(by: BigNumber(1_000_003)))
    let c = g.multiplied(by: BigNumber(0xffff_ffff_ffff))
    #expect((a + b + c).isEqual(to: a + (b + c)))
    #expect((a + b).isEqual(to: b + a))
    #expect((a + a).isEqual(to: a.doubled))
    #expect((a + -a).isInfinity)
    #expect((a - a).isInfinity)
    #expect((a + Point.infinity).isEqual(to: a))
    #expect((Point.infinity + a).isEqual(to: a))
    #expect((Point.infinity + Point.infinity).isInfinity)
    #expect(Point.infinity.doubled.isInfinity)
    #expect(Point.infinity.affine == .infinity)
    #expect(Point.infinity.isEqual(to: -.infinity))
    #expect(!a.isEqual(to: .infinity))
    #expect(!a.isEqual(to: -a))
    // With a point whose denominator is one.
    #expect((a + b.affine).isEqual(to: a + b))
    #expect((a + a.affine).isEqual(to: a.doubled))
    #expect((a + -a.affine).isInfinity)
    #expect((a + AffinePoint<Curve>.infinity).isEqual(to: a))
    #expect((Point.infinity + b.affine).isEqual(to: b))
    #expect(Point(.infinity).isInfinity)
    #expect(a.affine.isOnCurve)
    #expect(
      a.multiplied(by: SignedDigits(0xd201_0000_0001_0000))
        .isEqual(to: a.multiplied(by: BigNumber(0xd201_0000_0001_0000))))
    #expect(a.multiplied(by: SignedDigits(0)).isInfinity)

    // Scalars around every edge.
    var source = RandomSource(seed: 23)
    let full = BigNumber.power(of: BigNumber(2), 256) - BigNumber(1)
    var scalars = [0, 1, 2, 7, 8, 9, 15, 16, 17].map { BigNumber($0) }
    scalars += [order - BigNumber(1), order, order + BigNumber(1), full]
    for _ in 0..<rounds(20) { scalars.append(BigNumber(source.limbs(Limbs4.self))) }
    #expect(AffinePoint<Curve>.infinity.multiplied(by: full.limbs()).isInfinity)
    #if DEBUG
      scalars = [0, 9, 10, 12].map { scalars[$0] }
    #endif
    for scalar in scalars {
      #expect(a.affine.multiplied(by: scalar.limbs()).isEqual(to: a.multiplied(by: scalar)), "\(scalar)")
    }
  }

  @Test("BN254, the curve") func bn254() { check(BN254.g1, order: BN254.groupOrder) }
  @Test("BN254, the twist") func bn254Twist() { check(BN254.g2, order: BN254.groupOrder) }
  @Test("BLS12-381, the curve") func bls12() { check(BLS12_381.g1, order: BLS12_381.groupOrder) }
  @Test("BLS12-381, the twist") func bls12Twist() { check(BLS12_381.g2, order: BLS12_381.groupOrder) }

  @Test("Both methods give the sum of products", arguments: [1, 2, 3, 17, 140])
  func sums(count: Int) {
    typealias Point = AffinePoint<G1<BLS12_381>>
    var source = RandomSource(seed: UInt64(count))
    let count = rounds(count)
    var points: [Point] = []
    var scalars: [Limbs4] = []
    var expected = JacobianPoint<G1<BLS12_381>>.infinity
    for index in 0..<count {
      // Equal and opposite points meet in buckets.
      switch index % 7 {
      case 3: points.append(points[index - 1])
      case 5: points.append(-points[index - 1])
      case 6: points.append(.infinity)
      default: points.append(BLS12_381.g1.multiplied(by: source.limbs()).affine)
      }
      scalars.append(index % 5 == 4 ? scalars[index - 1] : source.limbs())
      expected = expected + JacobianPoint(points[index]).multiplied(by: BigNumber(scalars[index]))
    }
    points.withUnsafeBufferPointer { points in
      scalars.withUnsafeBufferPointer { scalars in
        guard let points = points.baseAddress, let scalars = scalars.baseAddress else { return }
        #expect(Point.interleaved(points, scalars, count).isEqual(to: expected))
        for width in [4, 5, 7, 9] {
          #expect(Point.bucketed(points, scalars, count, width: width).isEqual(to: expected), "\(width)")
        }
        #expect(Point.sumOfProducts(points, scalars, count).isEqual(to: expected))
      }
    }
    let grouped = Point.sumOfProducts(count: count) { (points[$0], scalars[$0]) }
    #expect(grouped?.isEqual(to: expected) == true)
  }

  @Test("Sums of more terms than a group has, of none, and with one that is not there")
  func groups() {
    typealias Point = AffinePoint<G1<BN254>>
    #if DEBUG
      let count = 514
    #else
      let count = 1100
    #endif
    let sum = Point.sumOfProducts(count: count) { (BN254.g1, Limbs4(UInt64($0), 0, 0, 0)) }
    let expected = BN254.g1.multiplied(by: Limbs4(UInt64(count * (count - 1) / 2), 0, 0, 0))
    #expect(sum?.isEqual(to: expected) == true)
    #expect(Point.sumOfProducts(count: 0) { _ in nil }?.isInfinity == true)
    #expect(Point.sumOfProducts(count: 3) { $0 == 2 ? nil : (BN254.g1, .zero) } == nil)
  }
}
