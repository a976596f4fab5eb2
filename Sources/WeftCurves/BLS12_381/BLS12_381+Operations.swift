/// Operations on encoded points (EIP-2537): numbers of 64 bytes, in the quadratic extension the coefficient of i last.
/// False and `nil` stand for input that is not valid.
extension BLS12_381: EncodedCurve {
  @inline(__always) static var encodedSize: Int { 64 }
  @inline(__always) static var encodesRealPartFirst: Bool { true }

  /// Adds two points of the curve, of any order: 256 bytes to 128.
  package static func addG1(
    _ points: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer
  ) -> Bool { G1Point.add(points, into: sum) }

  /// Adds two points of the twist, of any order: 512 bytes to 256.
  package static func addG2(
    _ points: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer
  ) -> Bool { G2Point.add(points, into: sum) }

  /// Adds up multiples of points of the curve of order r: terms of 160 bytes to 128.
  package static func sumOfProductsG1(
    _ terms: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer
  ) -> Bool { G1Point.sumOfProducts(terms, into: sum) }

  /// Adds up multiples of points of the twist of order r: terms of 288 bytes to 256.
  package static func sumOfProductsG2(
    _ terms: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer
  ) -> Bool { G2Point.sumOfProducts(terms, into: sum) }

  /// Whether the product of the pairings of any number of pairs of 384 bytes is one.
  package static func pairingProductIsOne(_ pairs: UnsafeRawBufferPointer) -> Bool? {
    PairingProduct<BLS12_381>.isOne(pairs)
  }

  /// Maps an element of Fp to a point of the curve of order r: 64 bytes to 128.
  package static func mapToG1(
    _ element: UnsafeRawBufferPointer, into point: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard element.count == 64, let bytes = element.baseAddress,
      let element = G1<BLS12_381>.coordinate(at: bytes)
    else { return false }
    return clearingCofactor(mapToG1(element)).store(to: point)
  }

  /// Maps an element of Fp2 to a point of the twist of order r: 128 bytes to 256.
  package static func mapToG2(
    _ element: UnsafeRawBufferPointer, into point: UnsafeMutableRawBufferPointer
  ) -> Bool {
    guard element.count == 128, let bytes = element.baseAddress,
      let element = G2<BLS12_381>.coordinate(at: bytes)
    else { return false }
    return clearingCofactor(mapToG2(element)).store(to: point)
  }
}
