/// Operations on encoded points (EIP-2537): coordinates of 64 bytes, the most significant first, below p; in the
/// quadratic extension the coefficient of i last; infinity as zeros. Scalars of 32 bytes, all of which are valid.
extension BLS12_381 {
  /// Bytes of an encoded element of Fp.
  private static let coordinate = 64

  /// Adds two points of the curve, of any order.
  ///
  /// - Parameters:
  ///   - points: 256 bytes.
  ///   - sum: room for 128 bytes.
  /// - Returns: whether the encodings were valid.
  package static func addG1(_ points: UnsafeRawPointer, into sum: UnsafeMutableRawPointer) -> Bool {
    guard let first = g1(at: points), let second = g1(at: points + 128) else { return false }
    store((JacobianPoint(first) + second).affine, to: sum)
    return true
  }

  /// Adds two points of the twist, of any order.
  ///
  /// - Parameters:
  ///   - points: 512 bytes.
  ///   - sum: room for 256 bytes.
  /// - Returns: whether the encodings were valid.
  package static func addG2(_ points: UnsafeRawPointer, into sum: UnsafeMutableRawPointer) -> Bool {
    guard let first = g2(at: points), let second = g2(at: points + 256) else { return false }
    store((JacobianPoint(first) + second).affine, to: sum)
    return true
  }

  /// Adds up multiples of points of the curve.
  ///
  /// - Parameters:
  ///   - terms: each a point and a scalar, 160 bytes.
  ///   - count: how many there are.
  ///   - sum: room for 128 bytes.
  /// - Returns: whether the encodings were valid and the points of order r.
  package static func sumOfProductsG1(
    _ terms: UnsafeRawPointer, count: Int, into sum: UnsafeMutableRawPointer
  ) -> Bool {
    let value = G1Point.sumOfProducts(count: count) { index in
      let term = terms + index &* 160
      guard let point = g1(at: term), isInSubgroup(point) else { return nil }
      return (point, Limbs4(bigEndian: term + 128))
    }
    guard let value else { return false }
    store(value.affine, to: sum)
    return true
  }

  /// Adds up multiples of points of the twist.
  ///
  /// - Parameters:
  ///   - terms: each a point and a scalar, 288 bytes.
  ///   - count: how many there are.
  ///   - sum: room for 256 bytes.
  /// - Returns: whether the encodings were valid and the points of order r.
  package static func sumOfProductsG2(
    _ terms: UnsafeRawPointer, count: Int, into sum: UnsafeMutableRawPointer
  ) -> Bool {
    let value = G2Point.sumOfProducts(count: count) { index in
      let term = terms + index &* 288
      guard let point = g2(at: term), isInSubgroup(point) else { return nil }
      return (point, Limbs4(bigEndian: term + 256))
    }
    guard let value else { return false }
    store(value.affine, to: sum)
    return true
  }

  /// Whether the product of the pairings is one; `nil` where an encoding is not valid or a point is not of order r.
  ///
  /// - Parameters:
  ///   - pairs: 384 bytes each, first the point of the curve.
  ///   - count: how many there are.
  package static func pairingProductIsOne(_ pairs: UnsafeRawPointer, count: Int) -> Bool? {
    let product = PairingProduct<BLS12_381>.value { product in
      for index in 0..<max(0, count) {
        let pair = pairs + index &* 384
        guard let p = g1(at: pair), let q = g2(at: pair + 128), isInSubgroup(p), isInSubgroup(q) else {
          return false
        }
        product.append(p, q)
      }
      return true
    }
    return product.map { $0 == .one }
  }

  /// Maps an element of Fp to a point of order r.
  ///
  /// - Parameters:
  ///   - element: 64 bytes.
  ///   - point: room for 128 bytes.
  /// - Returns: whether the encoding was valid.
  package static func mapToG1(_ element: UnsafeRawPointer, into point: UnsafeMutableRawPointer) -> Bool {
    guard let element = fp(at: element) else { return false }
    store(clearingCofactor(mapToG1(element)).affine, to: point)
    return true
  }

  /// Maps an element of Fp2 to a point of the twist of order r.
  ///
  /// - Parameters:
  ///   - element: 128 bytes.
  ///   - point: room for 256 bytes.
  /// - Returns: whether the encoding was valid.
  package static func mapToG2(_ element: UnsafeRawPointer, into point: UnsafeMutableRawPointer) -> Bool {
    guard let element = fp2(at: element) else { return false }
    store(clearingCofactor(mapToG2(element)).affine, to: point)
    return true
  }
}

extension BLS12_381 {
  private static func fp(at bytes: UnsafeRawPointer) -> Fp<BLS12_381>? {
    // The sixteen bytes at the top are zero.
    guard bytes.loadUnaligned(as: UInt128.self) == 0 else { return nil }
    return Fp(bigEndian: bytes + 16)
  }

  private static func fp2(at bytes: UnsafeRawPointer) -> Fp2<BLS12_381>? {
    guard let c0 = fp(at: bytes), let c1 = fp(at: bytes + coordinate) else { return nil }
    return Fp2(c0, c1)
  }

  private static func g1(at bytes: UnsafeRawPointer) -> G1Point? {
    guard let x = fp(at: bytes), let y = fp(at: bytes + coordinate) else { return nil }
    return G1Point(x, y)
  }

  private static func g2(at bytes: UnsafeRawPointer) -> G2Point? {
    guard let x = fp2(at: bytes), let y = fp2(at: bytes + 2 &* coordinate) else { return nil }
    return G2Point(x, y)
  }

  private static func store(_ element: Fp<BLS12_381>, to bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: 0, as: UInt128.self)
    element.store(bigEndianTo: bytes + 16)
  }

  private static func store(_ point: G1Point, to bytes: UnsafeMutableRawPointer) {
    store(point.x, to: bytes)
    store(point.y, to: bytes + coordinate)
  }

  private static func store(_ point: G2Point, to bytes: UnsafeMutableRawPointer) {
    store(point.x.c0, to: bytes)
    store(point.x.c1, to: bytes + coordinate)
    store(point.y.c0, to: bytes + 2 &* coordinate)
    store(point.y.c1, to: bytes + 3 &* coordinate)
  }
}
