import WeftDigests
import WeftEVM
import WeftPrecompiles

/// What came of a transition: the files `result.json` and `alloc.json` of transition tools.
public struct TransitionResult {
  public let block: BlockEnvironment
  public let fork: Fork
  /// Hash and encoding of every transaction of the block.
  public internal(set) var transactions: [(hash: Hash256, encoded: [UInt8])] = []
  public internal(set) var rejected: [Transition.Rejection] = []
  /// Why the block as a whole is invalid; `nil` where it is not.
  public internal(set) var blockException: String?
  public private(set) var receipts: [TransactionReceipt] = []
  public private(set) var gasUsed: UInt64 = 0
  public private(set) var blobGasUsed: UInt64 = 0
  public private(set) var requests = ExecutionRequests()
  public private(set) var withdrawals: [Withdrawal] = []
  /// The accounts afterwards.
  public private(set) var state = InMemoryState()

  init(block: BlockEnvironment, fork: Fork) {
    self.block = block
    self.fork = fork
  }

  mutating func finish(_ execution: BlockExecution, withdrawals: [Withdrawal], state: InMemoryState) {
    receipts = execution.receipts
    gasUsed = execution.gasUsed
    blobGasUsed = execution.blobGasUsed
    requests = execution.requests
    self.withdrawals = withdrawals
    self.state = state
  }

  public var logs: [Log] { receipts.flatMap(\.logs) }
  public var stateRoot: Hash256 { StateRoot.root(of: state) }
  public var transactionsRoot: Hash256 { MerkleTrie.root(ofList: transactions.map(\.encoded)) }
  public var receiptsRoot: Hash256 { TransactionReceipt.root(of: receipts) }
  public var requestsHash: Hash256 { requests.hash(sha256: SHA256.digest) }
}

extension SHA256 {
  /// The digest of some bytes.
  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }
}
