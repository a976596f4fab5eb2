/// The curve y² = x³ + 3 of P. Barreto and M. Naehrig's family with u = 4965661367192848881 ("alt_bn128", EIP-196).
///
/// p = 36u⁴ + 36u³ + 24u² + 6u + 1, order n = 36u⁴ + 36u³ + 18u² + 6u + 1; twist y² = x³ + 3 / (9 + i).
package enum BN254 {
  /// u.
  static let parameter = SignedDigits(0x44e9_92b4_4a69_09f1)

  typealias G1Point = AffinePoint<G1<BN254>>
  typealias G2Point = AffinePoint<G2<BN254>>

  /// The generator that EIP-197 names.
  static let g1 = G1Point(unchecked: .one, Fp(2))
  /// The generator that EIP-197 names.
  static let g2 = G2Point(
    unchecked: Fp2(
      0x1800_deef_121f_1e76_426a_0066_5e5c_4479_6743_22d4_f75e_dadd_46de_bd5c_d992_f6ed,
      0x198e_9393_920d_483a_7260_bfb7_31fb_5d25_f1aa_4933_35a9_e712_97e4_85b7_aef3_12c2),
    Fp2(
      0x12c8_5ea5_db8c_6deb_4aab_7180_8dcb_408f_e3d1_e769_0c43_d37b_4ce6_cc01_66fa_7daa,
      0x0906_89d0_585f_f075_ec9e_99ad_690c_3395_bc4b_3133_70b3_8ef3_55ac_dadc_d122_975b))
}

extension BN254: PrimeFieldParameters {
  @inline(__always) static var modulus: Limbs4 {
    Limbs4(0x3c20_8c16_d87c_fd47, 0x9781_6a91_6871_ca8d, 0xb850_45b6_8181_585d, 0x3064_4e72_e131_a029)
  }
  @inline(__always) static var inverseOfModulus: UInt64 { 0x87d2_0782_e486_6389 }
  @inline(__always) static var one: Limbs4 {
    Limbs4(0xd35d_438d_c58f_0d9d, 0x0a78_eb28_f5c7_0b3d, 0x666e_a36f_7879_462c, 0x0e0a_77c1_9a07_df2f)
  }
  @inline(__always) static var rSquared: Limbs4 {
    Limbs4(0xf32c_fc5b_538a_fa89, 0xb5e7_1911_d445_01fb, 0x47ab_1eff_0a41_7ff6, 0x06d8_9f71_cab8_351f)
  }
}

extension BN254: TowerParameters {
  /// ξ = 9 + i.
  static var nonresidue: Fp2<BN254> { Fp2(Fp(9), .one) }

  @inline(__always)
  static func multipliedByNonresidue(_ element: Fp2<BN254>) -> Fp2<BN254> {
    let eightfold = element.doubled.doubled.doubled
    return Fp2(
      eightfold.c0 + element.c0 - element.c1, eightfold.c1 + element.c1 + element.c0)
  }

  static let frobenius = FrobeniusConstants<BN254>()
}

extension BN254: PairingCurve {
  static var coefficient: Fp<BN254> { Fp(3) }
  @inline(__always) static var twist: SexticTwist { .divided }
  static let twistConstants = TwistConstants<BN254>()
  /// 6u + 2.
  static let loop = SignedDigits(0x1_9d79_7039_be76_3ba8)

  /// The lines through ψ(Q) and −ψ²(Q). (F. Vercauteren, eprint 2008/096)
  static func finishLoop(
    _ product: inout Fp12<BN254>, _ pairs: UnsafeMutableBufferPointer<MillerPair<BN254>>
  ) {
    for index in pairs.indices {
      let first = pairs[index].q.psi()
      product.multiply(by: pairs[index].add(first))
      product.multiply(by: pairs[index].add(-first.psi()))
    }
  }

  /// The power 2u·(6u² + 3u + 1) · (p⁴ − p² + 1) / n.
  /// (L. Fuentes-Castañeda and others, Faster hashing to G2, SAC 2011, §5.)
  static func hardPart(_ f: Fp12<BN254>) -> Fp12<BN254> {
    let y0 = f.cyclotomicPower(parameter).conjugate
    let y1 = y0.cyclotomicSquare
    let y3 = y1.cyclotomicSquare * y1
    let y4 = y3.cyclotomicPower(parameter).conjugate
    let y6 = y4.cyclotomicSquare.cyclotomicPower(parameter)
    let y8 = y6 * y4 * y3.conjugate
    let y9 = y8 * y1
    let low = y8 * y4 * f * y9.frobenius
    let high = (f.conjugate * y9).frobenius * y8
    return low * high.frobenius.frobenius
  }
}

extension BN254 {
  /// All points of the curve are of order n or 1.
  @inline(__always)
  static func isInSubgroup(_ point: G1Point) -> Bool { true }

  /// Whether a point of the twist is of order n or 1.
  ///
  /// With the endomorphism ψ: (u + 1)·Q + ψ(u·Q) + ψ²(u·Q) = ψ³(2u·Q). As ψ² − tψ + p = 0, a point for which that holds
  /// is of an order that divides the norm of the difference, and the only common divisor of that norm and of the order
  /// of the twist is n. (Y. Dai and others, Fast subgroup membership testings, eprint 2022/348, §4.)
  static func isInSubgroup(_ point: G2Point) -> Bool {
    if point.isInfinity { return true }
    let multiple = JacobianPoint(point).multiplied(by: parameter)
    let first = multiple.psi()
    let second = first.psi()
    return (multiple + point + first + second).isEqual(to: second.doubled.psi())
  }
}
