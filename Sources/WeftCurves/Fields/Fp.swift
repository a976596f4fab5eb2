/// An element of a prime field in Montgomery form, `value · R mod p` with R = 2^(64 · limbs), always below p.
struct Fp<Parameters: PrimeFieldParameters>: SquareRootField {
  typealias Words = Parameters.Words

  /// The Montgomery form.
  var words: Words

  /// Takes a Montgomery form as it is. The caller vouches that it is below p.
  @inline(__always)
  init(uncheckedMontgomery words: Words) { self.words = words }

  /// The element of a canonical number; `nil` for a number that is not below p.
  @inline(__always)
  init?(_ value: Words) {
    guard value < Parameters.modulus else { return nil }
    self.init(uncheckedMontgomery: Self.product(value, Parameters.rSquared))
  }

  init(_ value: UInt64) {
    let words = Words { $0 == 0 ? value : 0 }
    self.init(uncheckedMontgomery: Self.product(words, Parameters.rSquared))
  }

  /// The canonical number, below p.
  var value: Words { Self.product(words, Words { $0 == 0 ? 1 : 0 }) }

  @inline(__always) static var zero: Self { Self(uncheckedMontgomery: .zero) }
  @inline(__always) static var one: Self { Self(uncheckedMontgomery: Parameters.one) }
  @inline(__always) var isZero: Bool { words.isZero }

  @inline(__always)
  static func + (left: Self, right: Self) -> Self {
    // Below 2p, which has no carry.
    let sum = left.words.adding(right.words).sum
    return Self(
      uncheckedMontgomery: Words.difference(sum, Parameters.modulus, modulus: Parameters.modulus))
  }

  @inline(__always)
  static func - (left: Self, right: Self) -> Self {
    Self(uncheckedMontgomery: Words.difference(left.words, right.words, modulus: Parameters.modulus))
  }

  @inline(__always)
  static prefix func - (operand: Self) -> Self { .zero - operand }

  /// Not inlined: a product is hundreds of instructions long.
  @inline(never)
  static func * (left: Self, right: Self) -> Self {
    Self(uncheckedMontgomery: product(left.words, right.words))
  }

  /// `a·b + c·d`.
  @inline(never)
  static func sumOfProducts(_ a: Self, _ b: Self, _ c: Self, _ d: Self) -> Self {
    Self(
      uncheckedMontgomery: Words.montgomerySum(
        a.words, b.words, c.words, d.words, modulus: Parameters.modulus,
        inverse: Parameters.inverseOfModulus))
  }

  @inline(__always) var squared: Self { self * self }
  @inline(__always) var doubled: Self { self + self }

  /// By Fermat: x^(p − 2).
  var inverse: Self {
    power(Parameters.modulus.subtracting(Words { $0 == 0 ? 2 : 0 }).difference)
  }

  /// x^((p + 1) / 4), which is a root where there is one, as p = 3 (mod 4).
  var squareRoot: Self? {
    let root = power(Parameters.modulus.adding(Words { $0 == 0 ? 1 : 0 }).sum.divided(by: 4))
    return root.squared == self ? root : nil
  }

  var isOdd: Bool { value.first & 1 == 1 }

  @inline(__always)
  private static func product(_ left: Words, _ right: Words) -> Words {
    .montgomeryProduct(
      left, right, modulus: Parameters.modulus, inverse: Parameters.inverseOfModulus)
  }
}

extension Fp {
  /// Bytes of a number below p.
  @inline(__always) static var size: Int { Words.count &* 8 }

  /// Reads `size` bytes, the most significant first; `nil` for a number that is not below p.
  init?(bigEndian bytes: UnsafeRawPointer) { self.init(Words(bigEndian: bytes)) }

  /// Writes `size` bytes, the most significant first.
  func store(bigEndianTo bytes: UnsafeMutableRawPointer) { value.store(bigEndianTo: bytes) }
}

extension Fp: ExpressibleByIntegerLiteral {
  /// The number modulo p, of at most as many limbs as p.
  init(integerLiteral value: StaticBigInt) {
    let words = Words { UInt64(truncatingIfNeeded: value[$0]) }
    self.init(uncheckedMontgomery: Self.product(words, Parameters.rSquared))
  }
}
