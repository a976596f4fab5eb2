@testable import WeftCurves

/// Marsaglia's xorshift64, so that a failure can be had again.
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func limbs<L: Limbs>(_: L.Type = L.self) -> L {
    let values = (0..<L.count).map { _ in next() }
    return L { values[$0] }
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
  }

  mutating func element<P: PrimeFieldParameters>(_: P.Type = P.self) -> Fp<P> {
    // Random bits modulo p are random enough.
    Fp(uncheckedMontgomery: limbs()) * .one
  }

  mutating func element2<P: PrimeFieldParameters>(_: P.Type = P.self) -> Fp2<P> { Fp2(element(), element()) }

  mutating func element6<P: TowerParameters>(_: P.Type = P.self) -> Fp6<P> {
    Fp6(element2(), element2(), element2())
  }

  mutating func element12<P: TowerParameters>(_: P.Type = P.self) -> Fp12<P> {
    Fp12(element6(), element6())
  }
}
