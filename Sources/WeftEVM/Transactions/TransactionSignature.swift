/// A signature over secp256k1 as a transaction carries it.
public struct TransactionSignature: Sendable, Hashable {
  /// 0 or 1, the parity of y; in a legacy transaction 27 or 28, or 35 or 36 plus twice the chain id (EIP-155).
  public var v: UInt256
  public var r: UInt256
  public var s: UInt256

  public init(v: UInt256, r: UInt256, s: UInt256) {
    self.v = v
    self.r = r
    self.s = s
  }

  /// The order of secp256k1 (SEC 2, 2.4.1).
  public static var groupOrder: UInt256 {
    UInt256(
      limbs: 0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, 0xffff_ffff_ffff_ffff)
  }

  /// The highest s that is low: half of the order (EIP-2).
  public static var highestLowS: UInt256 { groupOrder.shiftedRight(1) }

  /// Whether r and s are those of a signature: between 0 and the order, s low where that is asked for.
  public func isInRange(needsLowS: Bool) -> Bool {
    !r.isZero && r < Self.groupOrder && !s.isZero
      && (needsLowS ? s <= Self.highestLowS : s < Self.groupOrder)
  }
}
