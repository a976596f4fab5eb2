/// Operations on encoded points. A result is false, or `nil`, where bytes are too few or too many, encode no point, or
/// encode one that is not of order r though it must be.
extension AffinePoint where Curve: EncodedGroup {
  /// Adds two points of any order.
  static func add(_ points: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer) -> Bool {
    guard points.count == 2 &* size, let bytes = points.baseAddress,
      let first = Self(at: bytes), let second = Self(at: bytes + size)
    else { return false }
    return (JacobianPoint(first) + second).store(to: sum)
  }

  /// Multiplies a point of any order by the scalar behind it.
  static func multiply(_ factors: UnsafeRawBufferPointer, into product: UnsafeMutableRawBufferPointer) -> Bool
  {
    guard factors.count == size &+ 32, let bytes = factors.baseAddress, let point = Self(at: bytes) else {
      return false
    }
    return point.multiplied(by: Limbs4(bigEndian: bytes + size)).store(to: product)
  }

  /// Adds up multiples of points of order r: each is followed by its scalar.
  static func sumOfProducts(
    _ terms: UnsafeRawBufferPointer, into sum: UnsafeMutableRawBufferPointer
  ) -> Bool {
    let termSize = size &+ 32
    let (count, rest) = terms.count.quotientAndRemainder(dividingBy: termSize)
    guard rest == 0, let bytes = terms.baseAddress else { return false }
    let value = sumOfProducts(count: count) { index in
      let term = bytes + index &* termSize
      guard let point = Self(at: term), Curve.isInSubgroup(point) else { return nil }
      return (point, Limbs4(bigEndian: term + size))
    }
    return value?.store(to: sum) ?? false
  }
}

extension JacobianPoint where Curve: EncodedGroup {
  /// Writes the encoding, where there is room.
  func store(to bytes: UnsafeMutableRawBufferPointer) -> Bool {
    guard bytes.count == AffinePoint<Curve>.size, let base = bytes.baseAddress else { return false }
    affine.store(to: base)
    return true
  }
}

extension PairingProduct where Parameters: EncodedCurve {
  /// Whether the product of the pairings of encoded points is one: pairs of a point of the curve and one of the twist.
  static func isOne(_ pairs: UnsafeRawBufferPointer) -> Bool? {
    typealias P = AffinePoint<G1<Parameters>>
    typealias Q = AffinePoint<G2<Parameters>>
    let pairSize = P.size &+ Q.size
    let (count, rest) = pairs.count.quotientAndRemainder(dividingBy: pairSize)
    guard rest == 0 else { return nil }
    guard let bytes = pairs.baseAddress else { return true }
    let product = value { product in
      for index in 0..<count {
        let pair = bytes + index &* pairSize
        guard let p = P(at: pair), let q = Q(at: pair + P.size),
          Parameters.isInSubgroup(p), Parameters.isInSubgroup(q)
        else { return false }
        product.append(p, q)
      }
      return true
    }
    return product.map { $0 == .one }
  }
}
