/// Why a transaction is refused, as far as the official tests tell reasons apart.
public enum Refusal: String, Sendable, Hashable, CaseIterable {
  case typeNotSupported
  case blockGasLimitExceeded
  case transactionGasLimitExceeded
  case feeBelowBaseFee
  case priorityFeeAboveFee
  case initCodeTooLong
  case insufficientFunds
  case intrinsicGasTooLow
  case floorGasTooLow
  case senderHasCode
  case nonceMismatch
  case nonceTooHigh
  case noBlobs
  case tooManyBlobs
  case blobHashVersion
  case blobFeeTooLow
  case blobCreation
  case noAuthorizations
  case authorizationCreation
  /// A field is larger than its type: nobody could have encoded the transaction.
  case malformed
  case signature

  /// The reasons that a test's text means: names with `|` between them. `nil` for a name that is not known.
  public static func expected(_ text: String) -> Set<Refusal>? {
    var reasons: Set<Refusal> = []
    for name in text.split(separator: "|") {
      let prefix = "TransactionException."
      let short = name.hasPrefix(prefix) ? name.dropFirst(prefix.count) : name
      guard let meant = names[String(short)] else { return nil }
      reasons.formUnion(meant)
    }
    return reasons
  }

  private static let names: [String: Set<Refusal>] = [
    // ethereum/execution-spec-tests.
    "GAS_ALLOWANCE_EXCEEDED": [.blockGasLimitExceeded],
    "GAS_LIMIT_EXCEEDS_MAXIMUM": [.transactionGasLimitExceeded],
    "INITCODE_SIZE_EXCEEDED": [.initCodeTooLong],
    "INSUFFICIENT_ACCOUNT_FUNDS": [.insufficientFunds],
    // No account holds more than 256 bits: to us a matter of funds.
    "GASLIMIT_PRICE_PRODUCT_OVERFLOW": [.insufficientFunds],
    "INSUFFICIENT_MAX_FEE_PER_BLOB_GAS": [.blobFeeTooLow],
    "INSUFFICIENT_MAX_FEE_PER_GAS": [.feeBelowBaseFee],
    "INTRINSIC_GAS_BELOW_FLOOR_GAS_COST": [.floorGasTooLow],
    "INTRINSIC_GAS_TOO_LOW": [.intrinsicGasTooLow],
    "NONCE_IS_MAX": [.nonceTooHigh],
    "NONCE_MISMATCH_TOO_HIGH": [.nonceMismatch],
    "NONCE_MISMATCH_TOO_LOW": [.nonceMismatch],
    "PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS": [.priorityFeeAboveFee],
    "SENDER_NOT_EOA": [.senderHasCode],
    "TYPE_1_TX_PRE_FORK": [.typeNotSupported],
    "TYPE_2_TX_PRE_FORK": [.typeNotSupported],
    "TYPE_3_TX_PRE_FORK": [.typeNotSupported],
    "TYPE_4_TX_PRE_FORK": [.typeNotSupported],
    "TYPE_3_TX_BLOB_COUNT_EXCEEDED": [.tooManyBlobs],
    "TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED": [.tooManyBlobs],
    "TYPE_3_TX_CONTRACT_CREATION": [.blobCreation],
    "TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH": [.blobHashVersion],
    "TYPE_3_TX_ZERO_BLOBS": [.noBlobs],
    "TYPE_4_EMPTY_AUTHORIZATION_LIST": [.noAuthorizations],
    "TYPE_4_TX_CONTRACT_CREATION": [.authorizationCreation],
    // ethereum/legacytests.
    "IntrinsicGas": [.intrinsicGasTooLow],
    "SenderNotEOA": [.senderHasCode],
    "TR_BLOBCREATE": [.blobCreation],
    "TR_BLOBVERSION_INVALID": [.blobHashVersion],
    "TR_FeeCapLessThanBlocks": [.feeBelowBaseFee],
    "TR_GasLimitReached": [.blockGasLimitExceeded],
    "TR_InitCodeLimitExceeded": [.initCodeTooLong],
    "TR_IntrinsicGas": [.intrinsicGasTooLow],
    "TR_NoFunds": [.insufficientFunds],
    "TR_NoFundsOrGas": [.insufficientFunds, .intrinsicGasTooLow],
    "TR_NoFundsX": [.insufficientFunds],
    "TR_RLP_WRONGVALUE": [.malformed],
    "TR_TipGtFeeCap": [.priorityFeeAboveFee],
    "TR_TypeNotSupported": [.typeNotSupported],
  ]
}
