import COpenSSL

/// ECDSA over NIST's P-256 by OpenSSL.
enum P256 {
  /// The curve, made once and only read afterwards, which OpenSSL allows from any thread.
  private struct Curve: @unchecked Sendable {
    let group: OpaquePointer
    let order: OpaquePointer
    /// The field's prime.
    let prime: OpaquePointer
  }

  private static let curve: Curve? = {
    guard let group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) else { return nil }
    guard let order = EC_GROUP_get0_order(group), let prime = EC_GROUP_get0_field(group) else {
      EC_GROUP_free(group)
      return nil
    }
    return Curve(group: group, order: order, prime: prime)
  }()

  /// Whether a signature is valid, `nil` where OpenSSL has no memory or no such curve.
  ///
  /// All parameters are 32 bytes, big-endian. Rules of EIP-7951: 0 < r, s < n; x, y < p; the point on the curve and
  /// not (0, 0); the x coordinate of `h/s·G + r/s·Q` equal to r modulo n.
  static func verify(
    hash: UnsafePointer<UInt8>, r: UnsafePointer<UInt8>, s: UnsafePointer<UInt8>,
    x: UnsafePointer<UInt8>, y: UnsafePointer<UInt8>
  ) -> Bool? {
    guard let curve, let context = BN_CTX_new() else { return nil }
    defer { BN_CTX_free(context) }
    BN_CTX_start(context)
    defer { BN_CTX_end(context) }
    func number(_ bytes: UnsafePointer<UInt8>? = nil) -> OpaquePointer? {
      guard let number = BN_CTX_get(context) else { return nil }
      guard let bytes else { return number }
      return BN_bin2bn(bytes, 32, number)
    }
    guard let hash = number(hash), let r = number(r), let s = number(s), let x = number(x), let y = number(y),
      let inverse = number(), let first = number(), let second = number(), let found = number()
    else { return nil }
    func isScalar(_ number: OpaquePointer) -> Bool {
      BN_is_zero(number) == 0 && BN_cmp(number, curve.order) < 0
    }
    guard isScalar(r), isScalar(s), BN_cmp(x, curve.prime) < 0, BN_cmp(y, curve.prime) < 0 else {
      return false
    }

    guard let key = EC_POINT_new(curve.group), let sum = EC_POINT_new(curve.group) else { return nil }
    defer {
      EC_POINT_free(key)
      EC_POINT_free(sum)
    }
    guard EC_POINT_set_affine_coordinates(curve.group, key, x, y, context) == 1 else {
      // Off the curve; the reason must not stay in the thread's queue for whoever asks next.
      ERR_clear_error()
      return false
    }
    guard BN_mod_inverse(inverse, s, curve.order, context) != nil,
      BN_mod_mul(first, hash, inverse, curve.order, context) == 1,
      BN_mod_mul(second, r, inverse, curve.order, context) == 1,
      EC_POINT_mul(curve.group, sum, first, key, second, context) == 1
    else { return nil }
    if EC_POINT_is_at_infinity(curve.group, sum) == 1 { return false }
    guard EC_POINT_get_affine_coordinates(curve.group, sum, found, nil, context) == 1,
      BN_div(nil, first, found, curve.order, context) == 1
    else { return nil }
    return BN_cmp(first, r) == 0
  }
}
