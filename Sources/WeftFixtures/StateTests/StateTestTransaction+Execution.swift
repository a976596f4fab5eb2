import WeftEVM

extension StateTestTransaction {
  /// The transaction with a variant of data, gas limit and value; `nil` where a field is larger than its type.
  public func transaction(_ indexes: StateTestCase.Indexes) -> EVMTransaction? {
    guard has(indexes), let value = values[indexes.value].word,
      let kind = EVMTransaction.Kind(rawValue: Int(type(dataIndex: indexes.data)))
    else { return nil }
    return EVMTransaction(
      kind: kind, sender: sender, nonce: nonce, recipient: recipient, value: value,
      data: data[indexes.data], gasLimit: gasLimits[indexes.gas],
      maximumFee: maximumFee ?? gasPrice ?? .zero, priorityFee: priorityFee,
      accessList: (accessList(dataIndex: indexes.data) ?? []).map {
        EVMTransaction.AccessListEntry(address: $0.address, slots: $0.keys)
      },
      blobHashes: blobHashes ?? [], maximumBlobFee: maximumBlobFee ?? .zero,
      authorizations: (authorizations ?? []).map(\.authorization))
  }
}

extension StateTestTransaction.Authorization {
  /// The authorization with its signer, if the signature has one.
  fileprivate var authorization: EVMTransaction.Authorization {
    EVMTransaction.Authorization(chainID: chainID, address: address, nonce: nonce, authority: authority)
  }
}

extension StateTestEnvironment {
  /// The block as the EVM sees it.
  public func block(_ fork: Fork, schedule: BlobSchedule?, chainID: UInt64) -> BlockEnvironment {
    BlockEnvironment(
      coinbase: coinbase, number: number, timestamp: timestamp, gasLimit: gasLimit,
      random: fork >= .paris ? random ?? .zero : difficulty, baseFee: baseFee ?? .zero,
      excessBlobGas: excessBlobGas ?? 0, blobSchedule: schedule, chainID: chainID,
      // There is no chain: the hash of a block is that of its number's digits.
      hash: { number in Array("\(number)".utf8).withUnsafeBytes { Keccak256.hash($0) } })
  }
}

extension InMemoryState {
  /// A state of some accounts.
  public init(fixtureAccounts accounts: [FixtureAccount]) {
    var entries: [Address: Entry] = [:]
    entries.reserveCapacity(accounts.count)
    for account in accounts {
      entries[account.address] = Entry(
        nonce: account.nonce, balance: account.balance, code: account.code,
        storage: Dictionary(account.storage.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }))
    }
    self.init(entries)
  }
}

extension Refusal {
  init(_ refusal: TransactionRefusal) {
    switch refusal {
    case .typeNotSupported: self = .typeNotSupported
    case .transactionGasLimitExceeded: self = .transactionGasLimitExceeded
    case .blockGasLimitExceeded: self = .blockGasLimitExceeded
    case .blockBlobGasLimitExceeded: self = .tooManyBlobs
    case .feeBelowBaseFee: self = .feeBelowBaseFee
    case .priorityFeeAboveFee: self = .priorityFeeAboveFee
    case .blobCreation: self = .blobCreation
    case .noBlobs: self = .noBlobs
    case .tooManyBlobs: self = .tooManyBlobs
    case .blobHashVersion: self = .blobHashVersion
    case .blobFeeTooLow: self = .blobFeeTooLow
    case .authorizationCreation: self = .authorizationCreation
    case .noAuthorizations: self = .noAuthorizations
    case .initCodeTooLong: self = .initCodeTooLong
    case .senderHasCode: self = .senderHasCode
    case .nonceMismatch: self = .nonceMismatch
    case .nonceTooHigh: self = .nonceTooHigh
    case .insufficientFunds: self = .insufficientFunds
    case .intrinsicGasTooLow: self = .intrinsicGasTooLow
    case .floorGasTooLow: self = .floorGasTooLow
    }
  }
}
