/// A block as it is sent: a header, transactions, and withdrawals from Shanghai on.
public struct Block: Sendable, Hashable {
  public var header: BlockHeader
  /// The transactions' encodings, as they are hashed.
  public var transactions: [[UInt8]]
  /// Headers of ommers; none from Paris on.
  public var ommerCount: Int
  public var withdrawals: [Withdrawal]?
  /// Bytes of the block's encoding.
  public var size: Int

  /// Reads a block.
  public init(decoding bytes: [UInt8]) throws(RLPError) {
    let items = try RLPValue(decoding: bytes).items()
    guard items.count == 3 || items.count == 4 else {
      throw RLPError(.itemCount(items.count, expected: 4), at: 0)
    }
    size = bytes.count
    header = try BlockHeader(items[0])
    transactions = []
    for item in try items[1].items() {
      // A legacy transaction is a list, any other a byte string.
      transactions.append(item.isList ? item.encoding : try item.bytes())
    }
    ommerCount = try items[2].items().count
    if items.count == 4 {
      var withdrawals: [Withdrawal] = []
      for item in try items[3].items() { withdrawals.append(try Withdrawal(item)) }
      self.withdrawals = withdrawals
    }
  }

  /// The root of the transactions, under their indices.
  public var transactionsRoot: Hash256 { MerkleTrie.root(ofList: transactions) }
}
