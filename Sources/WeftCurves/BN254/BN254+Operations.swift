/// Operations on encoded points (EIP-196, EIP-197): numbers of 32 bytes, in the quadratic extension the coefficient of
/// i first. False and `nil` stand for input that is not valid.
extension BN254: EncodedCurve {
  @inline(__always) static var encodedSize: Int { 32 }
  @inline(__always) static var encodesRealPartFirst: Bool { false }

  /// Adds two points: 128 bytes to 64.
  package static func addG1(
    _ points: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer
  ) -> Bool { G1Point.add(points, into: sum) }

  /// Multiplies a point by any scalar: 96 bytes to 64.
  package static func multiplyG1(
    _ factors: UnsafeRawBufferPointer, into product: UnsafeMutableRawBufferPointer
  ) -> Bool { G1Point.multiply(factors, into: product) }

  /// Whether the product of the pairings of any number of pairs of 192 bytes is one.
  package static func pairingProductIsOne(_ pairs: UnsafeRawBufferPointer) -> Bool? {
    PairingProduct<BN254>.isOne(pairs)
  }
}
