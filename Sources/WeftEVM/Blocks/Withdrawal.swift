/// Ether that the beacon chain pays out to an account (EIP-4895).
public struct Withdrawal: Sendable, Hashable {
  public var index: UInt64
  public var validator: UInt64
  public var recipient: Address
  /// In Gwei, 10^9 Wei.
  public var amount: UInt64

  public init(index: UInt64, validator: UInt64, recipient: Address, amount: UInt64) {
    self.index = index
    self.validator = validator
    self.recipient = recipient
    self.amount = amount
  }

  /// The amount in Wei; below 2^94.
  var wei: UInt256 { UInt256(low: UInt128(amount) &* 1_000_000_000, high: 0) }

  func encode(to encoder: inout RLPEncoder) {
    encoder.list {
      $0.append(index)
      $0.append(validator)
      $0.append(recipient)
      $0.append(amount)
    }
  }

  init(_ value: RLPValue) throws(RLPError) {
    let items = try value.items(count: 4)
    self.init(
      index: try items[0].uint64(), validator: try items[1].uint64(), recipient: try items[2].address(),
      amount: try items[3].uint64())
  }

  /// The root of a block's withdrawals, under their indices.
  public static func root(of withdrawals: [Withdrawal]) -> Hash256 {
    MerkleTrie.root(
      ofList: withdrawals.map { withdrawal in
        var encoder = RLPEncoder()
        withdrawal.encode(to: &encoder)
        return encoder.bytes
      })
  }
}
