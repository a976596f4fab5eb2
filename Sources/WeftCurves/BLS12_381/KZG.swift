/// Proofs that a committed polynomial has a value at a point. (A. Kate, G. Zaverucha and I. Goldberg, ASIACRYPT 2010;
/// EIP-4844)
package enum KZG {
  /// Writes the number of elements of a blob, 4,096, and the order r of the scalars, 32 bytes each: what a call that has
  /// verified a proof returns. False where there is no room.
  package static func storeParameters(to bytes: UnsafeMutableRawBufferPointer) -> Bool {
    guard bytes.count == 64, let base = bytes.baseAddress else { return false }
    Limbs4(4096, 0, 0, 0).store(bigEndianTo: base)
    BLS12_381.order.store(bigEndianTo: base + 32)
    return true
  }

  /// [τ]G2 of the ceremony's trusted setup.
  static let tau = BLS12_381.G2Point(
    unchecked: Fp2(
      0x185c_bfee_5349_2714_7344_29b7_b386_08e2_3926_c911_ccec_eac9_a368_5147_7ba4_c60b_0870_41de_6210_00ed_c98e_dada_20c1_def2,
      0x15bf_d7dd_8cde_b128_843b_c287_230a_f389_2618_7075_cbfb_efa8_1009_a2ce_615a_c53d_2914_e587_0cb4_52d2_afaa_ab24_f349_9f72
    ),
    Fp2(
      0x0143_53bd_b96b_626d_d7d5_ee85_99d1_fca2_1315_6949_0e28_de18_e824_51a4_96a9_c979_4ce2_6d10_5941_f383_ee68_9bfb_bb83_2a99,
      0x1666_c54b_0a32_5295_0343_2fca_e018_1b4b_ef79_de09_fc63_671f_da5e_d1ba_9bfa_0789_9495_346f_3d7a_c9cd_2304_8ef3_0d0a_154f
    ))

  /// Whether y is the value at z of the polynomial that a commitment stands for.
  ///
  /// With the commitment C and the proof π: e(C − y·G1, −G2) · e(π, [τ]G2 − z·G2) = 1, here with the multiple of G2 moved
  /// to the other side: e(C − y·G1 + z·π, −G2) · e(π, [τ]G2) = 1.
  ///
  /// - Parameter claim: z and y, 32 bytes each with the most significant first; C and π, compressed points of 48 bytes.
  /// - Returns: false also where z or y is not below r, or a point is not valid or not of order r.
  package static func verify(_ claim: UnsafeRawBufferPointer) -> Bool {
    guard claim.count == 160, let bytes = claim.baseAddress else { return false }
    let (z, y) = (Limbs4(bigEndian: bytes), Limbs4(bigEndian: bytes + 32))
    guard z < BLS12_381.order, y < BLS12_381.order,
      let commitment = BLS12_381.g1(compressed: bytes + 64), BLS12_381.isInSubgroup(commitment),
      let proof = BLS12_381.g1(compressed: bytes + 112), BLS12_381.isInSubgroup(proof),
      let moved = BLS12_381.G1Point.sumOfProducts(
        count: 2, { $0 == 0 ? (proof, z) : (-BLS12_381.g1, y) })
    else { return false }
    let product = PairingProduct<BLS12_381>.value { product in
      product.append((moved + commitment).affine, -BLS12_381.g2)
      product.append(proof, tau)
      return true
    }
    return product == .one
  }
}

extension BLS12_381 {
  /// The point of 48 bytes: x, with three flags in its top bits: compressed, infinity, and y greater than −y.
  /// `nil` for what is not the one encoding of a point of the curve; its order is any.
  /// (The format of ZCash, draft-irtf-cfrg-pairing-friendly-curves-11, appendix C)
  static func g1(compressed bytes: UnsafeRawPointer) -> G1Point? {
    let words = Limbs6(bigEndian: bytes)
    let top = words[5]
    let flags = top &>> 61
    let x = Limbs6 { $0 == 5 ? top & (.max &>> 3) : words[$0] }
    if flags & 0b010 != 0 { return flags == 0b110 && x.isZero ? .infinity : nil }
    guard flags & 0b100 != 0, let x = Fp<BLS12_381>(x),
      let y = (x.squared * x + coefficient).squareRoot
    else { return nil }
    return G1Point(unchecked: x, isGreater(y) == (flags & 0b001 != 0) ? y : -y)
  }

  /// Whether an element is greater than its negative, both as canonical numbers.
  static func isGreater(_ element: Fp<BLS12_381>) -> Bool { (-element).value < element.value }
}
