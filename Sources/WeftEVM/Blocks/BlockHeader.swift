/// What a block says of itself (Yellow Paper, 4.3; EIP-1559, 4895, 4844, 4788, 7685).
public struct BlockHeader: Sendable, Hashable {
  public var parentHash: Hash256
  public var ommersHash: Hash256 = .emptyList
  public var coinbase: Address
  public var stateRoot: Hash256
  public var transactionsRoot: Hash256
  public var receiptsRoot: Hash256
  /// 256 bytes.
  public var bloom: [UInt8]
  public var difficulty: UInt256 = .zero
  public var number: UInt64
  public var gasLimit: UInt64
  public var gasUsed: UInt64
  public var timestamp: UInt64
  public var extraData: [UInt8] = []
  /// The beacon chain's randomness; before Paris the mix of the proof of work.
  public var random: Hash256
  /// 8 bytes.
  public var nonce: [UInt8] = [UInt8](repeating: 0, count: 8)
  /// From London on; what follows from Shanghai, Cancun and Prague on.
  public var baseFee: UInt256?
  public var withdrawalsRoot: Hash256?
  public var blobGasUsed: UInt64?
  public var excessBlobGas: UInt64?
  public var parentBeaconRoot: Hash256?
  public var requestsHash: Hash256?

  /// The fields in order, without the list around them.
  func encode(to list: inout RLPEncoder) {
    list.append(parentHash)
    list.append(ommersHash)
    list.append(coinbase)
    list.append(stateRoot)
    list.append(transactionsRoot)
    list.append(receiptsRoot)
    list.append(bloom)
    list.append(difficulty)
    list.append(number)
    list.append(gasLimit)
    list.append(gasUsed)
    list.append(timestamp)
    list.append(extraData)
    list.append(random)
    list.append(nonce)
    if let baseFee { list.append(baseFee) }
    if let withdrawalsRoot { list.append(withdrawalsRoot) }
    if let blobGasUsed { list.append(blobGasUsed) }
    if let excessBlobGas { list.append(excessBlobGas) }
    if let parentBeaconRoot { list.append(parentBeaconRoot) }
    if let requestsHash { list.append(requestsHash) }
  }

  public var encoded: [UInt8] {
    var encoder = RLPEncoder()
    encoder.list { encode(to: &$0) }
    return encoder.bytes
  }

  /// The block's name.
  public var hash: Hash256 { Keccak256.hash(encoded) }
}

extension BlockHeader {
  /// Reads a header; fields of later forks may be absent.
  public init(_ value: RLPValue) throws(RLPError) {
    let items = try value.items()
    // A header grows by the fields of a fork: London 1, Shanghai 1, Cancun 3, Prague 1.
    guard [15, 16, 17, 20, 21].contains(items.count) else {
      throw RLPError(.itemCount(items.count, expected: 21), at: 0)
    }
    func optional<T>(_ index: Int, _ read: (RLPValue) throws(RLPError) -> T) throws(RLPError) -> T? {
      index < items.count ? try read(items[index]) : nil
    }
    self.init(
      parentHash: try items[0].hash(), ommersHash: try items[1].hash(), coinbase: try items[2].address(),
      stateRoot: try items[3].hash(), transactionsRoot: try items[4].hash(),
      receiptsRoot: try items[5].hash(), bloom: try items[6].bytes(count: 256),
      difficulty: try items[7].number(), number: try items[8].uint64(), gasLimit: try items[9].uint64(),
      gasUsed: try items[10].uint64(), timestamp: try items[11].uint64(), extraData: try items[12].bytes(),
      random: try items[13].hash(), nonce: try items[14].bytes(count: 8),
      baseFee: try optional(15) { (item) throws(RLPError) in try item.number() },
      withdrawalsRoot: try optional(16) { (item) throws(RLPError) in try item.hash() },
      blobGasUsed: try optional(17) { (item) throws(RLPError) in try item.uint64() },
      excessBlobGas: try optional(18) { (item) throws(RLPError) in try item.uint64() },
      parentBeaconRoot: try optional(19) { (item) throws(RLPError) in try item.hash() },
      requestsHash: try optional(20) { (item) throws(RLPError) in try item.hash() })
  }

  /// Reads a header on its own.
  public init(decoding bytes: [UInt8]) throws(RLPError) { try self.init(RLPValue(decoding: bytes)) }
}
