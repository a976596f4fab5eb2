import Testing

@testable import WeftCurves

@Suite("Compressed points and KZG")
struct KZGTests {
  private typealias Point = BLS12_381.G1Point

  private static let generator = """
    97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb
    """

  private func decoded(_ bytes: [UInt8]) -> Point? {
    bytes.withUnsafeBytes { bytes in bytes.baseAddress.flatMap { BLS12_381.g1(compressed: $0) } }
  }

  private func compressed(_ point: Point) -> [UInt8] {
    if point.isInfinity { return [0xc0] + [UInt8](repeating: 0, count: 47) }
    var bytes = Array(encoded(point)[16..<64])
    bytes[0] |= BLS12_381.isGreater(point.y) ? 0xa0 : 0x80
    return bytes
  }

  @Test("Points come back")
  func roundTrip() {
    #expect(compressed(BLS12_381.g1) == bytes(Self.generator))
    #expect(decoded(bytes(Self.generator)) == BLS12_381.g1)
    var source = RandomSource(seed: 61)
    for _ in 0..<rounds(40) {
      let point = BLS12_381.g1.multiplied(by: source.limbs()).affine
      #expect(decoded(compressed(point)) == point)
      #expect(decoded(compressed(-point)) == -point)
      #expect(compressed(point)[0] ^ compressed(-point)[0] == 0x20)
    }
    #expect(decoded(compressed(.infinity)) == .infinity)
  }

  @Test("Other flags and numbers are refused")
  func refused() {
    let good = bytes(Self.generator)
    for flags in [0x00, 0x20, 0x40, 0x60, 0xc0, 0xe0] as [UInt8] {
      #expect(decoded([good[0] & 0x1f | flags] + good.dropFirst()) == nil, "\(flags)")
    }
    #expect(decoded([good[0] ^ 0x20] + good.dropFirst()) == -BLS12_381.g1)
    for first in [0x00, 0x20, 0x40, 0x60, 0xe0] as [UInt8] {
      #expect(decoded([first] + [UInt8](repeating: 0, count: 47)) == nil)
    }
    #expect(decoded([0xc0] + [UInt8](repeating: 0, count: 46) + [1]) == nil)
    var prime = [UInt8](repeating: 0, count: 48)
    prime.withUnsafeMutableBytes {
      if let base = $0.baseAddress { BLS12_381.modulus.store(bigEndianTo: base) }
    }
    #expect(decoded([prime[0] | 0x80] + prime.dropFirst()) == nil)
    // x = 1: 1 + 4 is no square.
    #expect(Fp<BLS12_381>(5).squareRoot == nil)
    #expect(decoded([0x80] + [UInt8](repeating: 0, count: 46) + [1]) == nil)
  }

  @Test("Points of the twist are those of the reference, compressed")
  func twist() {
    func compressed(_ point: BLS12_381.G2Point) -> String {
      let bytes = encoded(point)
      let sign = point.y.c1.isZero ? BLS12_381.isGreater(point.y.c0) : BLS12_381.isGreater(point.y.c1)
      var text = Array(bytes[80..<128] + bytes[16..<64])
      text[0] |= sign ? 0xa0 : 0x80
      return text.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
    #expect(
      compressed(BLS12_381.g2)
        == "93e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e"
        + "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8")
    #expect(
      compressed(KZG.tau)
        == "b5bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72"
        + "185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2")
    #expect(BLS12_381.isInSubgroup(KZG.tau))
    #expect(KZG.tau.isOnCurve)
  }

  /// [τ]G1 of the ceremony: the commitment to the polynomial X.
  private static let tau = """
    ad3eb50121139aa34db1d545093ac9374ab7bca2c0f3bf28e27c8dcd8fc7cb42d25926fc0c97b336e9f0fb35e5a04c81
    """

  private func isValid(_ commitment: [UInt8], z: Limbs4, y: Limbs4, _ proof: [UInt8]) -> Bool {
    var claim = [UInt8](repeating: 0, count: 64)
    claim.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      z.store(bigEndianTo: base)
      y.store(bigEndianTo: base + 32)
    }
    return (claim + commitment + proof).withUnsafeBytes { KZG.verify($0) }
  }

  @Test("Values of X and of a·X + b are proved, others are not")
  func proofs() throws {
    let tau = bytes(Self.tau)
    var source = RandomSource(seed: 67)
    for _ in 0..<rounds(20) {
      let z = (BigNumber(source.limbs(Limbs4.self)) % BLS12_381.groupOrder).limbs(Limbs4.self)
      #expect(isValid(tau, z: z, y: z, bytes(Self.generator)))
      let (a, b) = (UInt64(source.next() >> 1), UInt64(source.next() >> 1))
      let point = try #require(decoded(tau)).multiplied(by: Limbs4(a, 0, 0, 0))
      let commitment = compressed((point + BLS12_381.g1.multiplied(by: Limbs4(b, 0, 0, 0))).affine)
      let proof = compressed(BLS12_381.g1.multiplied(by: Limbs4(a, 0, 0, 0)).affine)
      let y = (BigNumber(a) * BigNumber(z) + BigNumber(b)) % BLS12_381.groupOrder
      #expect(isValid(commitment, z: z, y: y.limbs(), proof))
      #expect(!isValid(commitment, z: z, y: (y + BigNumber(1)).limbs(), proof))
    }
    let infinity = compressed(.infinity)
    #expect(isValid(infinity, z: Limbs4(5, 0, 0, 0), y: .zero, infinity))
    #expect(!isValid(infinity, z: Limbs4(5, 0, 0, 0), y: Limbs4(1, 0, 0, 0), infinity))
    #expect(!isValid(tau, z: BLS12_381.order, y: .zero, bytes(Self.generator)))
    #expect(!isValid(infinity, z: .zero, y: BLS12_381.order, infinity))
  }
}

/// The bytes of hexadecimal digits.
func bytes(_ text: String) -> [UInt8] {
  let digits = text.compactMap { $0.hexDigitValue.map { UInt8($0) } }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
