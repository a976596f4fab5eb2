/// The curve y² = x³ + 4 of P. Barreto, B. Lynn and M. Scott's family with x = −0xd201000000010000.
///
/// r = x⁴ − x² + 1, p = (x − 1)²·r / 3 + x; twist y² = x³ + 4(1 + i).
package enum BLS12_381 {
  /// |x|.
  static let parameter = SignedDigits(0xd201_0000_0001_0000)
  /// r.
  static let order = Limbs4(
    0xffff_ffff_0000_0001, 0x53bd_a402_fffe_5bfe, 0x3339_d808_09a1_d805, 0x73ed_a753_299d_7d48)

  typealias G1Point = AffinePoint<G1<BLS12_381>>
  typealias G2Point = AffinePoint<G2<BLS12_381>>

  static let g1 = G1Point(
    unchecked:
      0x17f1_d3a7_3197_d794_2695_638c_4fa9_ac0f_c368_8c4f_9774_b905_a14e_3a3f_171b_ac58_6c55_e83f_f97a_1aef_fb3a_f00a_db22_c6bb,
    0x08b3_f481_e3aa_a0f1_a09e_30ed_741d_8ae4_fcf5_e095_d5d0_0af6_00db_18cb_2c04_b3ed_d03c_c744_a288_8ae4_0caa_2329_46c5_e7e1
  )
  static let g2 = G2Point(
    unchecked: Fp2(
      0x024a_a2b2_f08f_0a91_2608_0527_2dc5_1051_c6e4_7ad4_fa40_3b02_b451_0b64_7ae3_d177_0bac_0326_a805_bbef_d480_56c8_c121_bdb8,
      0x13e0_2b60_5271_9f60_7dac_d3a0_8827_4f65_596b_d0d0_9920_b61a_b5da_61bb_dc7f_5049_334c_f112_1394_5d57_e5ac_7d05_5d04_2b7e
    ),
    Fp2(
      0x0ce5_d527_727d_6e11_8cc9_cdc6_da2e_351a_adfd_9baa_8cbd_d3a7_6d42_9a69_5160_d12c_923a_c9cc_3bac_a289_e193_5486_08b8_2801,
      0x0606_c4a0_2ea7_34cc_32ac_d2b0_2bc2_8b99_cb3e_287e_85a7_63af_2674_92ab_572e_99ab_3f37_0d27_5cec_1da1_aaa9_075f_f05f_79be
    ))
}

extension BLS12_381: PrimeFieldParameters {
  @inline(__always) static var modulus: Limbs6 {
    Limbs6(
      0xb9fe_ffff_ffff_aaab, 0x1eab_fffe_b153_ffff, 0x6730_d2a0_f6b0_f624, 0x6477_4b84_f385_12bf,
      0x4b1b_a7b6_434b_acd7, 0x1a01_11ea_397f_e69a)
  }
  @inline(__always) static var inverseOfModulus: UInt64 { 0x89f3_fffc_fffc_fffd }
  @inline(__always) static var one: Limbs6 {
    Limbs6(
      0x7609_0000_0002_fffd, 0xebf4_000b_c40c_0002, 0x5f48_9857_53c7_58ba, 0x77ce_5853_7052_5745,
      0x5c07_1a97_a256_ec6d, 0x15f6_5ec3_fa80_e493)
  }
  @inline(__always) static var rSquared: Limbs6 {
    Limbs6(
      0xf4df_1f34_1c34_1746, 0x0a76_e6a6_09d1_04f1, 0x8de5_476c_4c95_b6d5, 0x67eb_88a9_939d_83c0,
      0x9a79_3e85_b519_952d, 0x1198_8fe5_92ca_e3aa)
  }
}

extension BLS12_381: TowerParameters {
  /// ξ = 1 + i.
  static var nonresidue: Fp2<BLS12_381> { Fp2(.one, .one) }

  @inline(__always)
  static func multipliedByNonresidue(_ element: Fp2<BLS12_381>) -> Fp2<BLS12_381> {
    Fp2(element.c0 - element.c1, element.c0 + element.c1)
  }

  static let frobenius = FrobeniusConstants<BLS12_381>()
}

extension BLS12_381: PairingCurve {
  static var coefficient: Fp<BLS12_381> { Fp(4) }
  @inline(__always) static var twist: SexticTwist { .multiplied }
  static let twistConstants = TwistConstants<BLS12_381>()
  /// |x|.
  static var loop: SignedDigits { parameter }

  /// As x is negative, the inverse; its power by the easy part is that of the conjugate.
  static func finishLoop(
    _ product: inout Fp12<BLS12_381>, _ pairs: UnsafeMutableBufferPointer<MillerPair<BLS12_381>>
  ) {
    product = product.conjugate
  }

  /// The power 3·(p⁴ − p² + 1) / r = (x − 1)²·(x + p)·(x² + p² − 1) + 3. (D. Hayashida and others, eprint 2020/875)
  static func hardPart(_ f: Fp12<BLS12_381>) -> Fp12<BLS12_381> {
    func powerOfX(_ element: Fp12<BLS12_381>) -> Fp12<BLS12_381> {
      element.cyclotomicPower(parameter).conjugate
    }
    let first = powerOfX(f) * f.conjugate
    let second = powerOfX(first) * first.conjugate
    let third = powerOfX(second) * second.frobenius
    let fourth = powerOfX(powerOfX(third)) * third.frobenius.frobenius * third.conjugate
    return fourth * f.cyclotomicSquare * f
  }
}
