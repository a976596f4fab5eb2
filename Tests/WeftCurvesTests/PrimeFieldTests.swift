import Testing

@testable import WeftCurves

@Suite("Prime fields")
struct PrimeFieldTests {
  private func checkParameters<P: TestedCurve>(_: P.Type) {
    let (p, r) = (P.prime, BigNumber.power(of: BigNumber(1 << 32), 2 * P.Words.count))
    #expect(BigNumber(P.modulus) == p)
    #expect(P.modulus[0] &* P.inverseOfModulus == .max)
    #expect(BigNumber(P.one) == r % p)
    #expect(BigNumber(P.rSquared) == r * r % p)
    // What the multiplication relies on.
    #expect(p * BigNumber(4) < r)
    #expect(P.modulus[0] & 3 == 3)
  }

  @Test("Constants follow from the prime of the family")
  func parameters() {
    checkParameters(BN254.self)
    checkParameters(BLS12_381.self)
    #expect(BigNumber(BLS12_381.order) == BLS12_381.groupOrder)
  }

  private func numbers<P: TestedCurve>(_: P.Type, _ source: inout RandomSource) -> [BigNumber] {
    let p = P.prime
    var numbers = [0, 1, 2, 3].map { BigNumber($0) } + (1...3).map { p - BigNumber($0) }
    let half = p.divided(by: BigNumber(2)).quotient
    numbers += [half, half + BigNumber(1), BigNumber(P.one), p - BigNumber(P.one)]
    // Words of ones, which carry furthest.
    numbers.append(BigNumber(P.Words { $0 == P.Words.count - 1 ? P.modulus[$0] - 1 : .max }))
    for _ in 0..<rounds(100) { numbers.append(BigNumber(source.limbs(P.Words.self)) % p) }
    return numbers
  }

  private func check<P: TestedCurve>(_: P.Type) throws {
    var source = RandomSource(seed: 7)
    let p = P.prime
    let numbers = numbers(P.self, &source)
    for (index, a) in numbers.enumerated() {
      let x = try #require(Fp<P>(a.limbs()))
      #expect(BigNumber(x.value) == a)
      #expect(x.isZero == a.isZero)
      #expect(x.isOdd == a.bit(0))
      #expect(BigNumber((-x).value) == (p - a) % p)
      #expect(BigNumber(x.squared.value) == a * a % p)
      #expect(BigNumber(x.doubled.value) == (a + a) % p)
      #expect(x * x.inverse == (x.isZero ? .zero : .one))
      #expect(x.squared.squareRoot.map { $0 == x || $0 == -x } == true)
      // −1 is no square.
      if !x.isZero { #expect((-x.squared).squareRoot == nil) }
      for other in [numbers[(index * 5 + 1) % numbers.count], numbers[(index + 1) % numbers.count], a] {
        let y = try #require(Fp<P>(other.limbs()))
        #expect(BigNumber((x + y).value) == (a + other) % p)
        #expect(BigNumber((x - y).value) == (a + p - other) % p)
        #expect(BigNumber((x * y).value) == a * other % p)
        let (c, d) = (numbers[(index + 4) % numbers.count], numbers[(index * 3 + 2) % numbers.count])
        let (z, w) = (try #require(Fp<P>(c.limbs())), try #require(Fp<P>(d.limbs())))
        #expect(BigNumber(Fp.sumOfProducts(x, y, z, w).value) == (a * other + c * d) % p)
      }
    }
  }

  @Test("BN254's arithmetic is as the model has it") func bn254() throws { try check(BN254.self) }
  @Test("BLS12-381's arithmetic is as the model has it") func bls12() throws { try check(BLS12_381.self) }

  private func checkCanonical<P: TestedCurve>(_: P.Type) {
    let p = P.prime
    let top = BigNumber.power(of: BigNumber(1 << 32), 2 * P.Words.count) - BigNumber(1)
    for bad in [p, p + BigNumber(1), p + p, top] { #expect(Fp<P>(bad.limbs()) == nil) }
    #expect(Fp<P>((p - BigNumber(1)).limbs()) == -.one)
  }

  @Test("Numbers of p and more are no elements")
  func canonical() {
    checkCanonical(BN254.self)
    checkCanonical(BLS12_381.self)
  }

  private func checkInverses<P: TestedCurve>(_: P.Type) {
    var source = RandomSource(seed: 8)
    let exponent = P.prime - BigNumber(2)
    var elements: [Fp<P>] = [.zero, .one, -.one, Fp(2), Fp(2).inverse]
    // Montgomery forms of few bits, of powers of two, and next to p.
    for shift in 0..<64 where shift % 7 == 0 {
      for index in 0..<P.Words.count {
        elements.append(Fp(uncheckedMontgomery: P.Words { $0 == index ? 1 << UInt64(shift) : 0 }) * .one)
        elements.append(-(elements.last ?? .one))
      }
    }
    for value in 1...4 as ClosedRange<UInt64> {
      elements.append(
        Fp(uncheckedMontgomery: P.modulus.subtracting(P.Words { $0 == 0 ? value : 0 }).difference))
    }
    for _ in 0..<rounds(3000) { elements.append(source.element()) }
    for element in elements { #expect(element * element.inverse == (element.isZero ? .zero : .one)) }
    for element in elements.prefix(9) { #expect(element.inverse == element.power(exponent)) }
  }

  @Test("Inverses, next to the edges of what batches approximate")
  func inverses() {
    checkInverses(BN254.self)
    checkInverses(BLS12_381.self)
  }

  @Test("Literals are taken modulo p")
  func literals() {
    let small: Fp<BN254> = 7
    #expect(small == Fp(7))
    let large: Fp<BN254> = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff
    let full = BigNumber.power(of: BigNumber(2), 256) - BigNumber(1)
    #expect(BigNumber(large.value) == full % BN254.prime)
  }

  @Test("Powers, by windows and bit by bit")
  func powers() {
    var source = RandomSource(seed: 9)
    for _ in 0..<rounds(40) {
      let (x, exponent): (Fp<BLS12_381>, Limbs6) = (source.element(), source.limbs())
      #expect(x.power(exponent) == x.power(BigNumber(exponent)))
    }
    #expect(Fp<BN254>.zero.power(Limbs4.zero) == .one)
  }
}
