extension GasSchedule {
  /// The entries that a fork of an extension may change, by their names.
  public enum Entry: String, Sendable, Hashable, CaseIterable {
    case storageLoad, balance, externalCode, externalCodeHash, call
    case coldAccountExtra, coldSlotExtra, coldBeneficiary, coldStoreExtra
    case storeSentry, storeSet, storeReset, storeDirty, storeClearRefund
    case exponentByte, initCodeWord
    case selfDestruct, selfDestructNewAccount, selfDestructRefund
    case maximumCodeSize, maximumInitCodeSize

    /// What an entry may be changed to: sums of prices stay far below the end of 64 bits.
    public static let range: ClosedRange<Int64> = 0...Int64(Int32.max)
  }

  public subscript(_ entry: Entry) -> Int64 {
    get {
      switch entry {
      case .storageLoad: storageLoad
      case .balance: balance
      case .externalCode: externalCode
      case .externalCodeHash: externalCodeHash
      case .call: call
      case .coldAccountExtra: coldAccountExtra
      case .coldSlotExtra: coldSlotExtra
      case .coldBeneficiary: coldBeneficiary
      case .coldStoreExtra: coldStoreExtra
      case .storeSentry: storeSentry
      case .storeSet: storeSet
      case .storeReset: storeReset
      case .storeDirty: storeDirty
      case .storeClearRefund: storeClearRefund
      case .exponentByte: exponentByte
      case .initCodeWord: initCodeWord
      case .selfDestruct: selfDestruct
      case .selfDestructNewAccount: selfDestructNewAccount
      case .selfDestructRefund: selfDestructRefund
      case .maximumCodeSize: Int64(maximumCodeSize)
      case .maximumInitCodeSize: Int64(maximumInitCodeSize)
      }
    }
    set {
      switch entry {
      case .storageLoad: storageLoad = newValue
      case .balance: balance = newValue
      case .externalCode: externalCode = newValue
      case .externalCodeHash: externalCodeHash = newValue
      case .call: call = newValue
      case .coldAccountExtra: coldAccountExtra = newValue
      case .coldSlotExtra: coldSlotExtra = newValue
      case .coldBeneficiary: coldBeneficiary = newValue
      case .coldStoreExtra: coldStoreExtra = newValue
      case .storeSentry: storeSentry = newValue
      case .storeSet: storeSet = newValue
      case .storeReset: storeReset = newValue
      case .storeDirty: storeDirty = newValue
      case .storeClearRefund: storeClearRefund = newValue
      case .exponentByte: exponentByte = newValue
      case .initCodeWord: initCodeWord = newValue
      case .selfDestruct: selfDestruct = newValue
      case .selfDestructNewAccount: selfDestructNewAccount = newValue
      case .selfDestructRefund: selfDestructRefund = newValue
      case .maximumCodeSize: maximumCodeSize = Int(truncatingIfNeeded: newValue)
      case .maximumInitCodeSize: maximumInitCodeSize = Int(truncatingIfNeeded: newValue)
      }
    }
  }
}
