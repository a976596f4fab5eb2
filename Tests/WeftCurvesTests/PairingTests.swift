import Testing

@testable import WeftCurves

@Suite("Pairings")
struct PairingTests {
  private typealias Pairs<P: PairingCurve> = [(AffinePoint<G1<P>>, AffinePoint<G2<P>>)]

  private func product<P: TestedCurve>(_ pairs: Pairs<P>) -> Fp12<P>? {
    PairingProduct<P>.value { product in
      for (p, q) in pairs { product.append(p, q) }
      return true
    }
  }

  private func check<P: TestedCurve>(_: P.Type) throws {
    var source = RandomSource(seed: 43)
    let (p, q) = (P.firstGenerator, P.secondGenerator)
    let one = try #require(product([(p, q)]))
    // Not degenerate, and of order r.
    #expect(one != .one)
    #expect(one.power(P.groupOrder) == .one)
    for _ in 0..<rounds(10) {
      let (a, b): (Limbs4, Limbs4) = (source.limbs(), source.limbs())
      let (pa, qb) = (p.multiplied(by: a).affine, q.multiplied(by: b).affine)
      let expected = one.power(BigNumber(a) * BigNumber(b) % P.groupOrder)
      #expect(product([(pa, qb)]) == expected)
      #expect(product([(p.multiplied(by: b).affine, q.multiplied(by: a).affine)]) == expected)
      #expect(product([(pa, qb), (-pa, qb)]) == .one)
      #expect(product([(pa, qb), (pa, -qb)]) == .one)
    }
    #expect(product([(.infinity, q)]) == .one)
    #expect(product([(p, .infinity)]) == .one)
    #expect(product([(.infinity, .infinity), (p, q)]) == one)
    #expect(PairingProduct<P>.value { _ in true } == .one)
    #expect(PairingProduct<P>.value { _ in false } == nil)
  }

  @Test("BN254: bilinear, not degenerate") func bn254() throws { try check(BN254.self) }
  @Test("BLS12-381: bilinear, not degenerate") func bls12() throws { try check(BLS12_381.self) }

  private func checkLines<P: TestedCurve>(_: P.Type) {
    var source = RandomSource(seed: 47)
    let p = P.firstGenerator
    for _ in 0..<rounds(20) {
      let line = Line<P>(p, y: source.element2(), x: source.element2(), constant: source.element2())
      let full =
        P.twist == .divided
        ? Fp12(Fp6(line.y, .zero, .zero), Fp6(line.x, line.constant, .zero))
        : Fp12<P>(Fp6(line.constant, line.x, .zero), Fp6(.zero, line.y, .zero))
      let element: Fp12<P> = source.element12()
      var product = element
      product.multiply(by: line)
      #expect(product == element * full)
    }
  }

  @Test("Products with lines are products")
  func lines() {
    checkLines(BN254.self)
    checkLines(BLS12_381.self)
  }

  private func bytes<P: TestedCurve>(_ pairs: Pairs<P>) -> [UInt8] {
    pairs.flatMap { encoded($0.0) + encoded($0.1) }
  }

  /// Sums of multiples whose scalars cancel: one, whatever the number of pairs.
  private func checkManyPairs<P: TestedCurve>(_: P.Type, count: Int) {
    var pairs: Pairs<P> = []
    var sum: UInt64 = 0
    for index in 1..<count {
      let scalar = UInt64(index * index + 1)
      sum += scalar * UInt64(index)
      pairs.append(
        (
          P.firstGenerator.multiplied(by: Limbs4(scalar, 0, 0, 0)).affine,
          P.secondGenerator.multiplied(by: Limbs4(UInt64(index), 0, 0, 0)).affine
        ))
    }
    pairs.append((-P.firstGenerator.multiplied(by: Limbs4(sum, 0, 0, 0)).affine, P.secondGenerator))
    let encodings = bytes(pairs)
    #expect(encodings.withUnsafeBytes { P.isOne($0) } == true)
    #expect(encodings.dropLast(encodings.count / count).withUnsafeBytes { P.isOne($0) } == false)
    #expect(encodings.dropLast().withUnsafeBytes { P.isOne($0) } == nil)
    #expect([UInt8]().withUnsafeBytes { P.isOne($0) } == true)
  }

  /// Around the number of pairs that a loop takes at once.
  private static let counts: [Int] = {
    #if DEBUG
      [2]
    #else
      [2, 16, 17, 40]
    #endif
  }()

  @Test("Any number of encoded pairs", arguments: counts)
  func manyPairs(count: Int) {
    checkManyPairs(BN254.self, count: count)
    checkManyPairs(BLS12_381.self, count: count)
  }
}

/// The bytes of a point.
func encoded<Curve: EncodedGroup>(_ point: AffinePoint<Curve>) -> [UInt8] {
  var bytes = [UInt8](repeating: 0xff, count: AffinePoint<Curve>.size)
  bytes.withUnsafeMutableBytes { if let base = $0.baseAddress { point.store(to: base) } }
  return bytes
}
