@testable import WeftCurves

/// A curve with what its tests know of it, and not its own code.
protocol TestedCurve: EncodedCurve {
  static var name: String { get }
  /// The prime, from the polynomial of the family.
  static var prime: BigNumber { get }
  /// The order r of the groups, from the polynomial of the family.
  static var groupOrder: BigNumber { get }
  static var firstGenerator: AffinePoint<G1<Self>> { get }
  static var secondGenerator: AffinePoint<G2<Self>> { get }
  /// The exponent by which `hardPart` must raise.
  static var hardExponent: BigNumber { get }
  /// Whether the product of pairings of encoded pairs is one.
  static func isOne(_ pairs: UnsafeRawBufferPointer) -> Bool?
}

extension BN254: TestedCurve {
  static let name = "BN254"
  private static let u = BigNumber(4_965_661_367_192_848_881)
  private static func polynomial(square: UInt64) -> BigNumber {
    let powers = (1...4).map { BigNumber.power(of: u, $0) }
    return BigNumber(36) * powers[3] + BigNumber(36) * powers[2] + BigNumber(square) * powers[1]
      + BigNumber(6) * powers[0] + BigNumber(1)
  }
  static let prime = polynomial(square: 24)
  static let groupOrder = polynomial(square: 18)
  static let firstGenerator = g1
  static let secondGenerator = g2
  static var hardExponent: BigNumber {
    let multiple = BigNumber(2) * u * (BigNumber(6) * u * u + BigNumber(3) * u + BigNumber(1))
    return cyclotomicOrder(prime).divided(by: groupOrder).quotient * multiple
  }
  static func isOne(_ pairs: UnsafeRawBufferPointer) -> Bool? { pairingProductIsOne(pairs) }
}

extension BLS12_381: TestedCurve {
  static let name = "BLS12-381"
  /// −x.
  private static let x = BigNumber(0xd201_0000_0001_0000)
  static let groupOrder = BigNumber.power(of: x, 4) - x * x + BigNumber(1)
  static let prime = {
    let square = (x + BigNumber(1)) * (x + BigNumber(1))
    return (square * groupOrder).divided(by: BigNumber(3)).quotient - x
  }()
  static let firstGenerator = g1
  static let secondGenerator = g2
  static var hardExponent: BigNumber {
    cyclotomicOrder(prime).divided(by: groupOrder).quotient * BigNumber(3)
  }
  static func isOne(_ pairs: UnsafeRawBufferPointer) -> Bool? { pairingProductIsOne(pairs) }
}

/// p⁴ − p² + 1.
func cyclotomicOrder(_ prime: BigNumber) -> BigNumber {
  BigNumber.power(of: prime, 4) - prime * prime + BigNumber(1)
}

extension Field {
  /// The power by a number of any size, bit by bit.
  func power(_ exponent: BigNumber) -> Self {
    var result = Self.one
    for index in stride(from: exponent.bitCount - 1, through: 0, by: -1) {
      result = result.squared
      if exponent.bit(index) { result *= self }
    }
    return result
  }
}

extension JacobianPoint {
  /// The multiple by a number of any size, bit by bit.
  func multiplied(by number: BigNumber) -> Self {
    var result = Self.infinity
    for index in stride(from: number.bitCount - 1, through: 0, by: -1) {
      result = result.doubled
      if number.bit(index) { result = result + self }
    }
    return result
  }
}

/// Repetitions: fewer where nothing is optimised.
func rounds(_ count: Int) -> Int {
  #if DEBUG
    max(1, count / 20)
  #else
    count
  #endif
}
