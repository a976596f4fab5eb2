/// ADDMOD and MULMOD with the last modulus prepared: contracts use one prime for thousands of operations.
public struct ModulusCache: BitwiseCopyable, Sendable {
  private var modulus: UInt256
  private var divisor: WordDivisor
  private var isPowerOfTwo: Bool
  /// Of the divisor, from the second product on; 0 before, which no reciprocal is.
  private var reciprocal: UInt256

  public init() { self.init(modulus: .one) }

  /// Prepares a modulus that is not 0.
  @inline(__always) init(modulus: UInt256) {
    self.modulus = modulus
    divisor = WordDivisor(modulus)
    isPowerOfTwo = (modulus & (modulus &- .one)).isZero
    reciprocal = .zero
  }

  /// `(left + right) % modulus` with a sum of 257 bits; 0 for the modulus 0.
  @inline(__always)
  public mutating func add(_ left: UInt256, _ right: UInt256, modulus: UInt256) -> UInt256 {
    let (sum, carry) = left.addingReportingOverflow(right)
    if left < modulus, right < modulus {
      // Without a branch, as nobody can foresee it.
      let (difference, borrow) = sum.subtractingReportingOverflow(modulus)
      let isReduced: UInt64 = carry || !borrow ? .max : 0
      let mask = UInt256(limbs: isReduced, isReduced, isReduced, isReduced)
      return difference & mask | sum & ~mask
    }
    guard prepare(modulus) else { return .zero }
    if isPowerOfTwo { return sum & (modulus &- .one) }
    return carry ? divisor.remainder(.one, sum) : divisor.divide(sum).remainder
  }

  /// `left * right % modulus` with a product of 512 bits; 0 for the modulus 0.
  @inline(__always)
  public mutating func multiply(_ left: UInt256, _ right: UInt256, modulus: UInt256) -> UInt256 {
    if modulus == .max { return Self.multiplyModuloMax(left, right) }
    let isKnown = modulus == self.modulus
    guard isKnown || prepare(modulus) else { return .zero }
    var (high, low) = left.multipliedFullWidth(by: right)
    if isPowerOfTwo { return low & (modulus &- .one) }
    if high >= modulus { high = divisor.divide(high).remainder }
    guard isKnown else { return divisor.remainder(high, low) }
    if reciprocal.isZero { reciprocal = divisor.wordReciprocal }
    return divisor.remainder(high, low, reciprocal: reciprocal)
  }

  /// `left * right % (2^256 - 1)`, where 2^256 is 1: contracts find the upper half of a product with it, between
  /// products modulo something else, which stays prepared.
  @inline(__always)
  private static func multiplyModuloMax(_ left: UInt256, _ right: UInt256) -> UInt256 {
    let product = left.multipliedFullWidth(by: right)
    let (sum, carry) = product.high.addingReportingOverflow(product.low)
    let folded = carry ? sum &+ .one : sum
    return folded == .max ? .zero : folded
  }

  /// False for the modulus 0, with which nothing can be done.
  @inline(__always) private mutating func prepare(_ modulus: UInt256) -> Bool {
    if modulus == self.modulus { return true }
    if modulus.isZero { return false }
    self = ModulusCache(modulus: modulus)
    return true
  }
}

extension UInt256 {
  /// `(self + other) % modulus` with a sum of 257 bits; 0 for the modulus 0. See `ModulusCache` for many.
  public func addingModulo(_ other: UInt256, _ modulus: UInt256) -> UInt256 {
    if modulus.isZero { return .zero }
    var cache = ModulusCache(modulus: modulus)
    return cache.add(self, other, modulus: modulus)
  }

  /// `self * other % modulus` with a product of 512 bits; 0 for the modulus 0. See `ModulusCache` for many.
  public func multipliedModulo(_ other: UInt256, _ modulus: UInt256) -> UInt256 {
    if modulus.isZero { return .zero }
    var cache = ModulusCache(modulus: modulus)
    return cache.multiply(self, other, modulus: modulus)
  }
}
