extension GasSchedule {
  /// The rules of a fork: those of Frontier and what every fork since has changed.
  public init(_ fork: Fork) {
    self = .frontier
    for step in Fork.allCases where step <= fork { change(step) }
  }

  private static var frontier: GasSchedule {
    GasSchedule(
      storageLoad: 50, balance: 20, externalCode: 20, externalCodeHash: 400, call: 40,
      coldAccountExtra: 0, coldSlotExtra: 0, coldBeneficiary: 0, coldStoreExtra: 0, hasWarmSets: false,
      storeIsNet: false, storeSentry: -1, storeSet: 20000, storeReset: 5000, storeDirty: 5000,
      storeClearRefund: 15000,
      exponentByte: 10, initCodeWord: 0,
      keepsOneSixtyFourth: false, clearsEmptyAccounts: false, selfDestruct: 0, selfDestructNewAccount: 0,
      selfDestructRefund: 24000, destroysOnlyCreated: false, createdNonce: 0, maximumCodeSize: .max,
      maximumInitCodeSize: .max, depositMustBePaid: false, refusesReservedCode: false, hasDelegations: false,
      refundQuotient: 2, nonZeroByteTokens: 17, creationTransaction: 0, floorPerToken: 0,
      maximumTransactionGas: .max, maximumTransactionType: 0, hasBaseFee: false, warmsCoinbase: false,
      needsLowS: false, maximumTransactionBlobs: 0)
  }

  private mutating func change(_ fork: Fork) {
    switch fork {
    case .homestead:
      (creationTransaction, depositMustBePaid, needsLowS) = (32000, true, true)
    case .tangerineWhistle:
      (storageLoad, balance, externalCode, call) = (200, 400, 700, 700)
      (selfDestruct, selfDestructNewAccount) = (5000, 25000)
      keepsOneSixtyFourth = true
    case .spuriousDragon:
      (exponentByte, clearsEmptyAccounts, createdNonce, maximumCodeSize) = (50, true, 1, 24576)
    case .constantinople:
      (storeIsNet, storeDirty) = (true, 200)
    case .petersburg:
      (storeIsNet, storeDirty) = (false, 5000)
    case .istanbul:
      (storageLoad, balance, externalCodeHash) = (800, 700, 700)
      (storeIsNet, storeDirty, storeSentry) = (true, 800, 2300)
      nonZeroByteTokens = 4
    case .berlin:
      hasWarmSets = true
      (storageLoad, balance, externalCode, externalCodeHash, call) = (100, 100, 100, 100, 100)
      (coldAccountExtra, coldSlotExtra, coldBeneficiary, coldStoreExtra) = (2500, 2000, 2600, 2100)
      (storeReset, storeDirty) = (2900, 100)
      maximumTransactionType = 1
    case .london:
      (storeClearRefund, selfDestructRefund, refundQuotient) = (4800, 0, 5)
      (refusesReservedCode, maximumTransactionType, hasBaseFee) = (true, 2, true)
    case .shanghai:
      (initCodeWord, maximumInitCodeSize, warmsCoinbase) = (2, 49152, true)
    case .cancun:
      (destroysOnlyCreated, maximumTransactionType) = (true, 3)
    case .prague:
      (hasDelegations, floorPerToken, maximumTransactionType) = (true, 10, 4)
    case .osaka:
      (maximumTransactionGas, maximumTransactionBlobs) = (16_777_216, 6)
    case .frontier, .byzantium, .paris, .bpo1, .bpo2: break
    }
  }
}
