import CSecp256k1
import WeftEVM

/// Public keys from signatures over secp256k1, by libsecp256k1.
enum Secp256k1 {
  /// The address of the signer of a hash as a word, `nil` where there is none. Parameters as for `recover`.
  static func signer(
    hash: UnsafePointer<UInt8>, signature: UnsafePointer<UInt8>, parity: Int32
  ) -> UInt256? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { key in
      guard let base = key.baseAddress,
        recover(hash: hash, signature: signature, parity: parity, into: base)
      else { return nil }
      let digest = Keccak256.hash(UnsafeRawBufferPointer(key)).word
      // The low 160 bits.
      return UInt256(limbs: digest.limb0, digest.limb1, digest.limb2 & 0xffff_ffff, 0)
    }
  }

  /// Writes the 64 bytes of the public key that made a signature; false where there is none.
  ///
  /// - Parameters:
  ///   - hash: 32 bytes.
  ///   - signature: r and s, 64 bytes big-endian, in which zero and the order or more are no error of the caller.
  ///   - parity: 0 or 1, that of the y coordinate of the point whose x coordinate is r.
  ///   - key: room for 64 bytes.
  static func recover(
    hash: UnsafePointer<UInt8>, signature: UnsafePointer<UInt8>, parity: Int32,
    into key: UnsafeMutablePointer<UInt8>
  ) -> Bool {
    // The library's static context is made for verification and read only.
    guard let context = weft_secp256k1_static_context(), parity & ~1 == 0 else { return false }
    var parsed = secp256k1_ecdsa_recoverable_signature()
    var point = secp256k1_pubkey()
    guard secp256k1_ecdsa_recoverable_signature_parse_compact(context, &parsed, signature, parity) == 1,
      secp256k1_ecdsa_recover(context, &point, &parsed, hash) == 1
    else { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65) { bytes in
      var size = 65
      guard let base = bytes.baseAddress,
        secp256k1_ec_pubkey_serialize(context, base, &size, &point, UInt32(SECP256K1_EC_UNCOMPRESSED)) == 1,
        size == 65
      else { return false }
      // Without the byte 4 that marks the form.
      key.update(from: base + 1, count: 64)
      return true
    }
  }
}
