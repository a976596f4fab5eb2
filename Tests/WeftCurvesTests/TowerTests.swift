import Testing

@testable import WeftCurves

@Suite("Towers of extensions")
struct TowerTests {
  /// Products of polynomials, reduced by the relation of the extension.
  private func checkProducts<P: TestedCurve>(_: P.Type) {
    var source = RandomSource(seed: 11)
    for _ in 0..<rounds(40) {
      let (a, b): (Fp2<P>, Fp2<P>) = (source.element2(), source.element2())
      #expect(a * b == Fp2(a.c0 * b.c0 - a.c1 * b.c1, a.c0 * b.c1 + a.c1 * b.c0))
      #expect(a.squared == a * a)
      #expect(a * a.inverse == .one)
      #expect(a.conjugate * a == Fp2(a.norm, .zero))
      #expect(P.multipliedByNonresidue(a) == a * P.nonresidue)
      #expect(a * b.c0 == a * Fp2(b.c0, .zero))

      let (c, d): (Fp6<P>, Fp6<P>) = (source.element6(), source.element6())
      let xi = P.nonresidue
      let c0 = c.c0 * d.c0 + xi * (c.c1 * d.c2 + c.c2 * d.c1)
      let c1 = c.c0 * d.c1 + c.c1 * d.c0 + xi * (c.c2 * d.c2)
      let c2 = c.c0 * d.c2 + c.c1 * d.c1 + c.c2 * d.c0
      #expect(c * d == Fp6(c0, c1, c2))
      #expect(c * c.inverse == .one)
      #expect(c.multipliedByV == c * Fp6(.zero, .one, .zero))
      #expect(c * a == c * Fp6(a, .zero, .zero))
      #expect(c.multiplied(by: a, b) == c * Fp6(a, b, .zero))
      #expect(c.multiplied(byV: b) == c * Fp6(.zero, b, .zero))

      let (e, f): (Fp12<P>, Fp12<P>) = (source.element12(), source.element12())
      #expect(e * f == Fp12(e.c0 * f.c0 + (e.c1 * f.c1).multipliedByV, e.c0 * f.c1 + e.c1 * f.c0))
      #expect(e.squared == e * e)
      #expect(e * e.inverse == .one)
      #expect(e + f - f == e)
      #expect(e + -e == .zero)
    }
    #expect(Fp2<P>.zero.inverse.isZero)
    #expect(Fp12<P>.zero.inverse.isZero)
    #expect(Fp2<P>(.zero, .one).squared == -.one)
  }

  @Test("Products of BN254") func productsOfBN254() { checkProducts(BN254.self) }
  @Test("Products of BLS12-381") func productsOfBLS12() { checkProducts(BLS12_381.self) }

  private func checkNonresidue<P: TestedCurve>(_: P.Type) {
    // ξ^((p² − 1) / 2) and ξ^((p² − 1) / 3) are not one: ξ is neither a square nor a cube.
    let order = P.prime * P.prime - BigNumber(1)
    for divisor in [2, 3] as [UInt64] {
      let power = P.nonresidue.power(order.divided(by: BigNumber(divisor)).quotient)
      #expect(power != .one)
      #expect(power.power(BigNumber(divisor)) == .one)
    }
    #expect(P.nonresidue.squareRoot == nil)
  }

  @Test("What the towers are built on is neither a square nor a cube")
  func nonresidues() {
    checkNonresidue(BN254.self)
    checkNonresidue(BLS12_381.self)
  }

  private func checkFrobenius<P: TestedCurve>(_: P.Type) {
    var source = RandomSource(seed: 13)
    let (a, e): (Fp2<P>, Fp12<P>) = (source.element2(), source.element12())
    #expect(a.conjugate == a.power(P.prime))
    #expect(e.frobenius == e.power(P.prime))
    let second = e.frobenius.frobenius
    #expect(second.frobenius.frobenius.frobenius.frobenius == e.conjugate)
    let root = P.frobenius.cubeRootOfOne
    #expect(root != .one)
    #expect(root * root * root == .one)
  }

  @Test("Frobenius is the power p")
  func frobenius() {
    checkFrobenius(BN254.self)
    checkFrobenius(BLS12_381.self)
  }

  private func checkCyclotomic<P: TestedCurve>(_: P.Type) {
    var source = RandomSource(seed: 17)
    let random: Fp12<P> = source.element12()
    let easy = random.conjugate * random.inverse
    let e = easy.frobenius.frobenius * easy
    #expect(e.cyclotomicSquare == e.squared)
    #expect(e.conjugate * e == .one)
    #expect(
      e.cyclotomicPower(SignedDigits(0xd201_0000_0001_0000)) == e.power(BigNumber(0xd201_0000_0001_0000)))
    #expect(P.hardPart(e) == e.power(P.hardExponent))
    // The exponent is a multiple of what it must be, by a number prime to the order.
    let (quotient, remainder) = P.hardExponent.divided(
      by: cyclotomicOrder(P.prime).divided(by: P.groupOrder).quotient)
    #expect(remainder.isZero)
    #expect(!(quotient % P.groupOrder).isZero)
    #expect(e.power(cyclotomicOrder(P.prime)) == .one)
  }

  @Test("Squares, powers and the hard part in BN254's cyclotomic subgroup")
  func cyclotomicBN254() { checkCyclotomic(BN254.self) }
  @Test("Squares, powers and the hard part in BLS12-381's cyclotomic subgroup")
  func cyclotomicBLS12() { checkCyclotomic(BLS12_381.self) }

  private func checkRoots<P: TestedCurve>(_: P.Type) {
    var source = RandomSource(seed: 19)
    var without = 0
    for index in 0..<(rounds(60) + 9) {
      var a: Fp2<P> = source.element2()
      if index % 4 == 1 { a.c1 = .zero }
      if index % 4 == 3 { a.c0 = .zero }
      let square = a.squared
      #expect(square.squareRoot.map { $0 == a || $0 == -a } == true)
      #expect((square * P.nonresidue).squareRoot == nil)
      if let root = a.squareRoot { #expect(root.squared == a) } else { without += 1 }
      #expect((a.squareRoot == nil) == (a.norm.squareRoot == nil))
    }
    #expect(Fp2<P>.zero.squareRoot == .zero)
    #expect(without > 0)
    #expect(Fp2<P>(Fp(3), .zero).isOdd)
    #expect(!Fp2<P>(Fp(2), .one).isOdd)
    #expect(Fp2<P>(.zero, .one).isOdd)
  }

  @Test("Square roots of the quadratic extensions")
  func roots() {
    checkRoots(BN254.self)
    checkRoots(BLS12_381.self)
  }
}
