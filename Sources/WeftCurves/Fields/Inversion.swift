/// Modular inverses by the binary algorithm of Euclid, in batches on approximations of 64 bits.
/// (T. Pornin, Optimized binary GCD for modular inversion, eprint 2020/972, algorithm 2)
enum Inversion {
  /// Steps of a batch: then what they do to the numbers is in factors of at most 2^31.
  static var steps: Int { 31 }

  /// What a batch of steps does to two numbers: a ← (f0·a + g0·b) / 2^31, b ← (f1·a + g1·b) / 2^31.
  struct Batch {
    var f0: Int64 = 1
    var g0: Int64 = 0
    var f1: Int64 = 0
    var g1: Int64 = 1

    /// - Parameters: a, b: the low 31 bits of the numbers, and above them the 33 bits that are the highest of both.
    @inline(__always)
    init(_ a: UInt64, _ b: UInt64) {
      var (a, b) = (a, b)
      for _ in 0..<Inversion.steps {
        let odd = 0 &- (a & 1)
        let swap = odd & (a < b ? .max : 0)
        Self.exchange(&a, &b, swap)
        Self.exchange(&f0, &f1, Int64(bitPattern: swap))
        Self.exchange(&g0, &g1, Int64(bitPattern: swap))
        a = (a &- b & odd) &>> 1
        f0 &-= f1 & Int64(bitPattern: odd)
        g0 &-= g1 & Int64(bitPattern: odd)
        f1 &<<= 1
        g1 &<<= 1
      }
    }

    @inline(__always)
    private static func exchange<Word: FixedWidthInteger>(_ a: inout Word, _ b: inout Word, _ mask: Word) {
      let difference = (a ^ b) & mask
      a ^= difference
      b ^= difference
    }
  }
}

extension Limbs {
  @inline(__always)
  var bitCount: Int {
    var index = Self.count
    while index > 0 {
      index &-= 1
      if self[index] != 0 { return (index &+ 1) &* 64 &- self[index].leadingZeroBitCount }
    }
    return 0
  }

  /// The low 31 bits and the 33 below bit `length`, or the number where that is at most 64.
  @inline(__always)
  func approximation(length: Int) -> UInt64 {
    if length <= 64 { return first }
    return first & 0x7fff_ffff | bits(from: length &- 33, count: 33) &<< 31
  }

  /// `|f·self + g·other| / 2^31` for a sum that 2^31 divides, and whether the sum is negative.
  ///
  /// |f| + |g| must be at most 2^31.
  @inline(__always)
  func combined(_ f: Int64, _ other: Self, _ g: Int64) -> (magnitude: Self, isNegative: Bool) {
    var carry: Int128 = 0
    let sum = Self { index in
      carry &+= Int128(self[index]) &* Int128(f) &+ Int128(other[index]) &* Int128(g)
      let limb = UInt64(truncatingIfNeeded: carry)
      carry &>>= 64
      return limb
    }
    let isNegative = carry < 0
    let magnitude = isNegative ? Self.zero.subtracting(sum).difference : sum
    let top = UInt64(truncatingIfNeeded: isNegative ? 0 &- carry &- (sum.isZero ? 0 : 1) : carry)
    let quotient = Self { index in
      let next = index &+ 1 == Self.count ? top : magnitude[index &+ 1]
      return magnitude[index] &>> 31 | next &<< 33
    }
    return (quotient, isNegative)
  }
}

extension Fp {
  /// Batches that are enough: after them a is zero and b one, whatever a was.
  static var inversionBatches: Int { (2 &* Parameters.modulus.bitCount &- 1) / Inversion.steps &+ 1 }

  /// What makes the inverse of what the batches leave, the Montgomery form of R^(k + 2) / 2^(31k) for k batches.
  static func inversionScale() -> Self {
    let one = Words { $0 == 0 ? 1 : 0 }
    let half = Fp(2).power(Parameters.modulus.subtracting(one).difference.subtracting(one).difference)
    // The Montgomery form of R is R².
    let r = Fp(uncheckedMontgomery: Parameters.rSquared)
    var scale = r.squared
    var rest = inversionBatches
    while rest > 0 {
      rest &-= 1
      scale *= r
      for _ in 0..<Inversion.steps { scale *= half }
    }
    return scale
  }

  /// The multiplicative inverse, and zero for zero.
  ///
  /// With the Montgomery form y of the element, a = y·u and b = y·v hold modulo p but for known factors: each batch
  /// divides u and v by R, a and b by 2^31.
  var inverse: Self {
    var (a, b) = (words, Parameters.modulus)
    var (u, v) = (Words { $0 == 0 ? 1 : 0 }, Words.zero)
    var rest = Self.inversionBatches
    while rest > 0 {
      rest &-= 1
      let length = max(a.bitCount, b.bitCount)
      let batch = Inversion.Batch(a.approximation(length: length), b.approximation(length: length))
      let (nextA, negatesA) = a.combined(batch.f0, b, batch.g0)
      let (nextB, negatesB) = a.combined(batch.f1, b, batch.g1)
      (a, b) = (nextA, nextB)
      (u, v) = (
        Self.combined(u, batch.f0, v, batch.g0, isNegated: negatesA),
        Self.combined(u, batch.f1, v, batch.g1, isNegated: negatesB)
      )
    }
    return Self(uncheckedMontgomery: v) * Parameters.inversionScale
  }

  /// `±(u·f + v·g) / R`.
  @inline(__always)
  private static func combined(_ u: Words, _ f: Int64, _ v: Words, _ g: Int64, isNegated: Bool) -> Words {
    let sum = sumOfProducts(
      Self(uncheckedMontgomery: u), signed(isNegated ? 0 &- f : f), Self(uncheckedMontgomery: v),
      signed(isNegated ? 0 &- g : g))
    return sum.words
  }

  /// The words of a small number, modulo p.
  @inline(__always)
  private static func signed(_ value: Int64) -> Self {
    let magnitude = Self(uncheckedMontgomery: Words { $0 == 0 ? value.magnitude : 0 })
    return value < 0 ? -magnitude : magnitude
  }
}
