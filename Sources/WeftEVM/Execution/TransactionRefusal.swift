/// Why a transaction is invalid: it cannot be part of the block, and changes nothing.
public enum TransactionRefusal: Error, Sendable, Hashable {
  case typeNotSupported(EVMTransaction.Kind, fork: Fork)
  case transactionGasLimitExceeded(gasLimit: UInt64, maximum: UInt64)
  case blockGasLimitExceeded(gasLimit: UInt64, left: UInt64)
  case blockBlobGasLimitExceeded(gas: UInt64, left: UInt64)
  case feeBelowBaseFee(fee: UInt256, baseFee: UInt256)
  case priorityFeeAboveFee(priorityFee: UInt256, fee: UInt256)
  case blobCreation
  case noBlobs
  case tooManyBlobs(count: Int, maximum: UInt64)
  case blobHashVersion(index: Int)
  case blobFeeTooLow(fee: UInt256)
  case authorizationCreation
  case noAuthorizations
  case initCodeTooLong(count: Int, maximum: Int)
  case senderHasCode(Address)
  case nonceMismatch(transaction: UInt64, account: UInt64)
  case nonceTooHigh
  case insufficientFunds(Address)
  case intrinsicGasTooLow(gasLimit: UInt64, intrinsic: UInt64)
  case floorGasTooLow(gasLimit: UInt64, floor: UInt64)
}

extension TransactionRefusal: CustomStringConvertible {
  public var description: String {
    switch self {
    case .typeNotSupported(let kind, let fork): "\(fork) has no transactions of type \(kind.rawValue)"
    case .transactionGasLimitExceeded(let limit, let maximum):
      "gas limit \(limit) is above the most of a transaction, \(maximum)"
    case .blockGasLimitExceeded(let limit, let left):
      "gas limit \(limit) is above what the block has left, \(left)"
    case .blockBlobGasLimitExceeded(let gas, let left):
      "blob gas \(gas) is above what the block has left, \(left)"
    case .feeBelowBaseFee: "the fee is below the base fee of the block"
    case .priorityFeeAboveFee: "the priority fee is above the whole fee"
    case .blobCreation: "a blob transaction cannot create a contract"
    case .noBlobs: "a blob transaction without blobs"
    case .tooManyBlobs(let count, let maximum): "\(count) blobs, at most \(maximum) are allowed"
    case .blobHashVersion(let index): "the hash of blob \(index) has an unknown version"
    case .blobFeeTooLow: "the blob fee is below the price of the block"
    case .authorizationCreation: "a transaction with authorizations cannot create a contract"
    case .noAuthorizations: "a set-code transaction without authorizations"
    case .initCodeTooLong(let count, let maximum):
      "\(count) bytes of init code, at most \(maximum) are allowed"
    case .senderHasCode: "the sender is a contract"
    case .nonceMismatch(let transaction, let account): "nonce \(transaction), but the sender is at \(account)"
    case .nonceTooHigh: "the sender's nonce cannot go higher"
    case .insufficientFunds: "the sender cannot pay gas and value"
    case .intrinsicGasTooLow(let limit, let intrinsic):
      "gas limit \(limit) is below the intrinsic gas \(intrinsic)"
    case .floorGasTooLow(let limit, let floor):
      "gas limit \(limit) is below the floor \(floor) of its call data"
    }
  }
}

/// Why a transaction gave no result.
public enum ExecutionError: Error, Sendable, Hashable {
  /// The transaction is invalid.
  case refused(TransactionRefusal)
  /// Something besides the transaction failed.
  case failed(EVMError)
}

extension ExecutionError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .refused(let refusal): "invalid transaction: \(refusal)"
    case .failed(let error): "\(error)"
    }
  }
}
