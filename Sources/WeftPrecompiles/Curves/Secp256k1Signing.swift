import CSecp256k1
import WeftEVM

/// Signatures over secp256k1 by libsecp256k1, deterministic (RFC 6979) and with a low s: for tools that make
/// transactions from test keys.
public enum Secp256k1Signing {
  /// Signs a hash; `nil` for a key that is zero or not below the group order.
  /// - Returns: r, s, and whether the y coordinate of the signature's point is odd.
  public static func sign(_ hash: Hash256, key: UInt256) -> (r: UInt256, s: UInt256, isOdd: Bool)? {
    guard let context = secp256k1_context_create(UInt32(SECP256K1_CONTEXT_SIGN)) else { return nil }
    defer { secp256k1_context_destroy(context) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { bytes in
      guard let base = bytes.baseAddress else { return nil }
      hash.word.storeBigEndian(to: base)
      key.storeBigEndian(to: base + 32)
      guard secp256k1_ec_seckey_verify(context, base + 32) == 1 else { return nil }
      var signature = secp256k1_ecdsa_recoverable_signature()
      var parity: Int32 = 0
      guard secp256k1_ecdsa_sign_recoverable(context, &signature, base, base + 32, nil, nil) == 1,
        secp256k1_ecdsa_recoverable_signature_serialize_compact(context, base + 64, &parity, &signature) == 1
      else { return nil }
      return (
        UInt256(loadingBigEndian: base + 64), UInt256(loadingBigEndian: base + 96), parity & 1 == 1
      )
    }
  }
}
