/// Prices and rules of a fork, as data: handlers read it and never ask which fork runs.
///
/// From Berlin on an access is charged its warm price as static gas and the difference on top where it is cold;
/// before, that difference is 0.
public struct GasSchedule: Sendable, Hashable, BitwiseCopyable {
  // MARK: Access

  /// SLOAD; from Berlin the warm price.
  public var storageLoad: Int64
  /// BALANCE; from Berlin the warm price.
  public var balance: Int64
  /// EXTCODESIZE and the base of EXTCODECOPY; from Berlin the warm price.
  public var externalCode: Int64
  public var externalCodeHash: Int64
  /// CALL, CALLCODE, DELEGATECALL, STATICCALL; from Berlin the warm price.
  public var call: Int64
  /// What a cold account costs beyond the warm price.
  public var coldAccountExtra: Int64
  /// What a cold slot costs beyond the warm price.
  public var coldSlotExtra: Int64
  /// What the beneficiary of SELFDESTRUCT costs where it is cold.
  public var coldBeneficiary: Int64
  /// What a cold slot costs SSTORE, whose prices contain no access.
  public var coldStoreExtra: Int64
  /// Whether the fork keeps warm sets (EIP-2929).
  public var hasWarmSets: Bool

  // MARK: SSTORE

  /// Net metering (EIP-1283, 2200) or the legacy rule.
  public var storeIsNet: Bool
  /// SSTORE halts with this much gas or less; −1 for no such rule.
  public var storeSentry: Int64
  /// 0 → non-zero, first write.
  public var storeSet: Int64
  /// Non-zero → anything, first write.
  public var storeReset: Int64
  /// No change, or a slot already written.
  public var storeDirty: Int64
  /// Refund for clearing a slot.
  public var storeClearRefund: Int64

  // MARK: Computation

  /// EXP, per significant byte of the exponent.
  public var exponentByte: Int64
  /// CREATE and CREATE2, per word of init code (EIP-3860).
  public var initCodeWord: Int64

  // MARK: Calls and creations

  /// At most 63/64 of the gas goes to a child (EIP-150).
  public var keepsOneSixtyFourth: Bool
  /// Accounts come to exist with value only, empty ones are removed (EIP-161).
  public var clearsEmptyAccounts: Bool
  public var selfDestruct: Int64
  /// What SELFDESTRUCT costs more when the beneficiary has to come to exist.
  public var selfDestructNewAccount: Int64
  public var selfDestructRefund: Int64
  /// Only accounts created in the same transaction are destroyed (EIP-6780).
  public var destroysOnlyCreated: Bool
  /// Nonce of a new contract.
  public var createdNonce: UInt64
  /// Longest code of a contract (EIP-170).
  public var maximumCodeSize: Int
  /// Longest init code (EIP-3860).
  public var maximumInitCodeSize: Int
  /// A creation that cannot pay its deposit fails (EIP-2); before, it kept an account without code.
  public var depositMustBePaid: Bool
  /// Code may not begin with 0xEF (EIP-3541).
  public var refusesReservedCode: Bool
  /// Delegated accounts (EIP-7702).
  public var hasDelegations: Bool

  // MARK: Transactions

  /// Divides gas used into the most that is refunded.
  public var refundQuotient: UInt64
  /// Tokens of a byte of call data other than 0; a token costs 4, a zero byte is one.
  public var nonZeroByteTokens: UInt64
  /// What a creation costs more.
  public var creationTransaction: UInt64
  /// Least price of a token of call data (EIP-7623); 0 for no floor.
  public var floorPerToken: UInt64
  /// Most gas of a transaction (EIP-7825).
  public var maximumTransactionGas: UInt64
  /// Highest transaction type that the fork knows.
  public var maximumTransactionType: Int
  /// Fees have a base that is burnt (EIP-1559).
  public var hasBaseFee: Bool
  /// The block's coinbase begins warm (EIP-3651).
  public var warmsCoinbase: Bool
  /// Signatures have a low s (EIP-2).
  public var needsLowS: Bool
  /// Most blobs of a transaction; 0 for the block's maximum.
  public var maximumTransactionBlobs: UInt64
}
