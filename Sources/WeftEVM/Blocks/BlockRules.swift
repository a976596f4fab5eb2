/// What a block's header takes from the block before it.
public enum BlockRules {
  /// The base fee of a block (EIP-1559): that of its parent, at most an eighth up or down, as the parent used more or
  /// less than half of its gas limit.
  public static func baseFee(
    parentBaseFee: UInt256, parentGasUsed: UInt64, parentGasLimit: UInt64
  ) -> UInt256 {
    let target = parentGasLimit / 2
    // A limit of 0 or 1 has no target; no block has that.
    if parentGasUsed == target || target == 0 { return parentBaseFee }
    let difference = parentGasUsed > target ? parentGasUsed &- target : target &- parentGasUsed
    let change =
      (parentBaseFee &* UInt256(difference)).quotientAndRemainder(dividingBy: UInt256(target)).quotient
      .shiftedRight(3)
    return parentGasUsed > target
      ? parentBaseFee &+ max(change, .one) : parentBaseFee &- change
  }

  /// Whether a gas limit may follow a parent's: it differs by less than 1/1024 of it, and is 5,000 at least.
  public static func isGasLimit(_ limit: UInt64, after parent: UInt64) -> Bool {
    let step = parent / 1024
    return limit < parent &+ step && limit > parent &- step && limit >= 5000
  }

  /// The reward of a block's miner in Wei, 0 from Paris on (EIP-649, EIP-1234, EIP-3675).
  public static func miningReward(_ fork: Fork) -> UInt256 {
    let ether: UInt64 = 1_000_000_000_000_000_000
    if fork >= .paris { return .zero }
    if fork >= .constantinople { return UInt256(2 &* ether) }
    return UInt256((fork >= .byzantium ? 3 : 5) &* ether)
  }

  /// Most bytes of an encoded block (EIP-7934, from Osaka on).
  public static var maximumBlockSize: Int { 8_388_608 }
}
