/// Operations on encoded points (EIP-196, EIP-197): coordinates of 32 bytes, the most significant first, below p; in
/// the quadratic extension the coefficient of i first; infinity as zeros.
extension BN254 {
  /// Adds two points.
  ///
  /// - Parameters:
  ///   - points: 128 bytes.
  ///   - sum: room for 64 bytes.
  /// - Returns: whether the encodings were valid.
  package static func addG1(_ points: UnsafeRawPointer, into sum: UnsafeMutableRawPointer) -> Bool {
    guard let first = g1(at: points), let second = g1(at: points + 64) else { return false }
    store((JacobianPoint(first) + second).affine, to: sum)
    return true
  }

  /// Multiplies a point by a scalar.
  ///
  /// - Parameters:
  ///   - factors: the point and the scalar, 96 bytes. Any scalar is valid.
  ///   - product: room for 64 bytes.
  /// - Returns: whether the encoding of the point was valid.
  package static func multiplyG1(_ factors: UnsafeRawPointer, into product: UnsafeMutableRawPointer) -> Bool {
    guard let point = g1(at: factors) else { return false }
    store(point.multiplied(by: Limbs4(bigEndian: factors + 64)).affine, to: product)
    return true
  }

  /// Whether the product of the pairings is one; `nil` where an encoding is not valid or a point of the twist is not of
  /// order n.
  ///
  /// - Parameters:
  ///   - pairs: 192 bytes each, first the point of the curve.
  ///   - count: how many there are.
  package static func pairingProductIsOne(_ pairs: UnsafeRawPointer, count: Int) -> Bool? {
    let product = PairingProduct<BN254>.value { product in
      for index in 0..<max(0, count) {
        let pair = pairs + index &* 192
        guard let p = g1(at: pair), let q = g2(at: pair + 64), isInSubgroup(q) else { return false }
        product.append(p, q)
      }
      return true
    }
    return product.map { $0 == .one }
  }

  private static func g1(at bytes: UnsafeRawPointer) -> G1Point? {
    guard let x = Fp<BN254>(bigEndian: bytes), let y = Fp<BN254>(bigEndian: bytes + 32) else { return nil }
    return G1Point(x, y)
  }

  private static func g2(at bytes: UnsafeRawPointer) -> G2Point? {
    guard let x = fp2(at: bytes), let y = fp2(at: bytes + 64) else { return nil }
    return G2Point(x, y)
  }

  private static func fp2(at bytes: UnsafeRawPointer) -> Fp2<BN254>? {
    guard let c1 = Fp<BN254>(bigEndian: bytes), let c0 = Fp<BN254>(bigEndian: bytes + 32) else { return nil }
    return Fp2(c0, c1)
  }

  private static func store(_ point: G1Point, to bytes: UnsafeMutableRawPointer) {
    point.x.store(bigEndianTo: bytes)
    point.y.store(bigEndianTo: bytes + 32)
  }
}
