/// Contracts that blocks call on their own, without a transaction and without a fee.
public enum SystemContract: CaseIterable, Sendable {
  /// Keeps the roots of beacon blocks (EIP-4788, from Cancun on).
  case beaconRoots
  /// Keeps the hashes of blocks (EIP-2935, from Prague on).
  case blockHashes
  /// Collects requests to withdraw (EIP-7002, from Prague on).
  case withdrawalRequests
  /// Collects requests to consolidate (EIP-7251, from Prague on).
  case consolidationRequests

  public var address: Address {
    let (high, low): (UInt128, UInt128) =
      switch self {
      case .beaconRoots: (0x000f_3df6, 0xd732_807e_f131_9fb7_b8bb_8522_d0be_ac02)
      case .blockHashes: (0x0000_f908, 0x27f1_c53a_10cb_7a02_335b_1753_2000_2935)
      case .withdrawalRequests: (0x0000_0961, 0xef48_0eb5_5e80_d19a_d835_79a6_4c00_7002)
      case .consolidationRequests: (0x0000_bbdd, 0xc7ce_4886_42fb_579f_8b00_f3a5_9000_7251)
      }
    return Address(word: UInt256(low: low, high: high))
  }

  /// Who calls them.
  public static var caller: Address {
    Address(word: UInt256(low: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe, high: 0xffff_ffff))
  }

  /// Gas of a call, which counts for no block.
  public static var gas: UInt64 { 30_000_000 }
}
