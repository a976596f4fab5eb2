import WeftEVM

extension TransitionResult: Encodable {
  private enum Key: String, CodingKey {
    case stateRoot, txRoot, receiptsRoot, withdrawalsRoot, logsHash, logsBloom, gasUsed, currentDifficulty
    case currentBaseFee, currentExcessBlobGas, blobGasUsed, rejected, receipts, requestsHash, requests
    case blockException
  }

  /// The object of `result.json`.
  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode("\(stateRoot)", forKey: .stateRoot)
    try object.encode("\(transactionsRoot)", forKey: .txRoot)
    try object.encode("\(receiptsRoot)", forKey: .receiptsRoot)
    if fork >= .shanghai {
      try object.encode("\(Withdrawal.root(of: withdrawals))", forKey: .withdrawalsRoot)
    }
    try object.encode("\(LogsHash.hash(of: logs))", forKey: .logsHash)
    try object.encode(HexadecimalBytes.text(LogBloom(logs).bytes), forKey: .logsBloom)
    try object.encode(Self.quantity(gasUsed), forKey: .gasUsed)
    // Null where the fork has none: readers index both without asking.
    try object.encode(fork < .paris ? block.random.hexadecimal : nil, forKey: .currentDifficulty)
    try object.encode(fork >= .london ? block.baseFee.hexadecimal : nil, forKey: .currentBaseFee)
    if fork >= .cancun {
      try object.encode(Self.quantity(block.excessBlobGas), forKey: .currentExcessBlobGas)
      try object.encode(Self.quantity(blobGasUsed), forKey: .blobGasUsed)
    }
    try object.encode(rejected.map(Rejected.init), forKey: .rejected)
    try object.encode(
      zip(transactions, receipts).map { Receipt(hash: $0.hash, receipt: $1) }, forKey: .receipts)
    if fork >= .prague {
      try object.encode("\(requestsHash)", forKey: .requestsHash)
      try object.encode(requests.encoded.map { HexadecimalBytes.text($0) }, forKey: .requests)
    }
    try object.encodeIfPresent(blockException, forKey: .blockException)
  }

  private static func quantity(_ number: UInt64) -> String { UInt256(number).hexadecimal }

  private struct Rejected: Encodable {
    let index: Int
    let error: String

    init(_ rejection: Transition.Rejection) {
      index = rejection.index
      error = rejection.reason
    }
  }

  private struct Receipt: Encodable {
    struct Entry: Encodable {
      let address: String
      let topics: [String]
      let data: String
    }

    let transactionHash: String
    let succeeded: Bool?
    let post_state: String?
    let cumulativeGasUsed: String
    let bloom: String
    let logs: [Entry]

    init(hash: Hash256, receipt: TransactionReceipt) {
      transactionHash = "\(hash)"
      switch receipt.outcome {
      case .status(let isSuccess): (succeeded, post_state) = (isSuccess, nil)
      case .stateRoot(let root): (succeeded, post_state) = (nil, "\(root)")
      }
      cumulativeGasUsed = TransitionResult.quantity(receipt.cumulativeGasUsed)
      bloom = HexadecimalBytes.text(receipt.bloom.bytes)
      logs = receipt.logs.map {
        Entry(
          address: "\($0.address)", topics: $0.topics.map { "\($0)" }, data: HexadecimalBytes.text($0.data))
      }
    }
  }

  /// The object of `alloc.json`: all accounts afterwards. What is zero or empty is left out.
  public struct Accounts: Encodable {
    private struct Entry: Encodable {
      let balance: String?
      let nonce: String?
      let code: String?
      let storage: [String: String]?
    }

    private let accounts: [String: Entry]

    public init(_ state: InMemoryState) {
      var accounts: [String: Entry] = [:]
      for (address, account) in state.accounts {
        accounts["\(address)"] = Entry(
          balance: account.balance.isZero ? nil : account.balance.hexadecimal,
          nonce: account.nonce == 0 ? nil : TransitionResult.quantity(account.nonce),
          code: account.code.isEmpty ? nil : HexadecimalBytes.text(account.code),
          storage: account.storage.isEmpty
            ? nil
            : Dictionary(
              uniqueKeysWithValues: account.storage.map { ($0.key.paddedHexadecimal, $0.value.hexadecimal) }))
      }
      self.accounts = accounts
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(accounts)
    }
  }
}
