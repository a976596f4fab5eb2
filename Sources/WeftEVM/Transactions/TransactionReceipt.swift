/// What a block keeps of a transaction's outcome (Yellow Paper, 4.3.1; EIP-658, 2718).
public struct TransactionReceipt: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    /// From Byzantium on.
    case status(isSuccess: Bool)
    /// Before Byzantium: the state root behind the transaction.
    case stateRoot(Hash256)
  }

  public var kind: EVMTransaction.Kind
  public var outcome: Outcome
  /// Gas used by the block's transactions up to and including this one.
  public var cumulativeGasUsed: UInt64
  public var bloom: LogBloom
  public var logs: [Log]

  /// A receipt whose bloom filter is that of its logs.
  public init(kind: EVMTransaction.Kind, outcome: Outcome, cumulativeGasUsed: UInt64, logs: [Log]) {
    self.kind = kind
    self.outcome = outcome
    self.cumulativeGasUsed = cumulativeGasUsed
    self.logs = logs
    bloom = LogBloom(logs)
  }

  /// The receipt's encoding: a list, behind the transaction's type from type 1 on.
  public var encoded: [UInt8] {
    var encoder = RLPEncoder()
    if kind != .legacy { encoder.appendEncoded([UInt8(truncatingIfNeeded: kind.rawValue)]) }
    encoder.list { list in
      switch outcome {
      case .status(let isSuccess): list.append(isSuccess ? 1 : 0 as UInt64)
      case .stateRoot(let root): list.append(root)
      }
      list.append(cumulativeGasUsed)
      list.append(bloom.bytes)
      list.append(logs)
    }
    return encoder.bytes
  }

  /// The root of a block's receipts, under their indices.
  public static func root(of receipts: [TransactionReceipt]) -> Hash256 {
    MerkleTrie.root(ofList: receipts.map(\.encoded))
  }
}
