/// Why a block is invalid.
public enum BlockError: Error, Sendable, Hashable {
  /// The block's encoding cannot be read.
  case malformed(RLPError)
  /// A transaction's encoding cannot be read, or its signature is none.
  case badTransaction(index: Int, TransactionError)
  /// A transaction may not be part of the block.
  case refused(index: Int, TransactionRefusal)
  /// A field of the header does not follow from the block before it.
  case header(Field, expected: String, found: String)
  /// A field of the header does not agree with what the block's execution gave.
  case result(Field, expected: String, found: String)
  /// The block has a part that its fork does not know, or lacks one.
  case shape(Field, isPresent: Bool)
  /// A block from Paris on has no ommers.
  case ommers
  case tooLarge(bytes: Int, maximum: Int)
  /// A contract that the block must call has no code.
  case missingSystemContract(Address)
  /// A contract that the block must call has failed.
  case failedSystemContract(Address, EVMResult.Status)
  /// A log of the deposit contract is not as the contract writes it.
  case depositLog(String)
  /// Something besides the block failed.
  case failed(EVMError)

  /// A field of a header.
  public enum Field: String, Sendable, Hashable {
    case parentHash = "parent hash"
    case ommersHash = "ommers hash"
    case stateRoot = "state root"
    case transactionsRoot = "transactions root"
    case receiptsRoot = "receipts root"
    case bloom
    case difficulty, number
    case gasLimit = "gas limit"
    case gasUsed = "gas used"
    case timestamp
    case extraData = "extra data"
    case nonce
    case baseFee = "base fee"
    case withdrawals
    case withdrawalsRoot = "withdrawals root"
    case blobGasUsed = "blob gas used"
    case excessBlobGas = "excess blob gas"
    case parentBeaconRoot = "parent beacon block root"
    case requestsHash = "requests hash"
  }
}

extension BlockError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let error): "not a block: \(error)"
    case .badTransaction(let index, let error): "transaction \(index): \(error)"
    case .refused(let index, let refusal): "transaction \(index): \(refusal)"
    case .header(let field, let expected, let found), .result(let field, let expected, let found):
      "\(field.rawValue): expected \(expected), found \(found)"
    case .shape(let field, let isPresent):
      isPresent ? "the fork has no \(field.rawValue)" : "\(field.rawValue) is missing"
    case .ommers: "ommers in a block of a fork without them"
    case .tooLarge(let bytes, let maximum): "\(bytes) bytes, at most \(maximum) are allowed"
    case .missingSystemContract(let address): "the system contract \(address) has no code"
    case .failedSystemContract(let address, let status): "the system contract \(address): \(status)"
    case .depositLog(let reason): "log of the deposit contract: \(reason)"
    case .failed(let error): "\(error)"
    }
  }
}
