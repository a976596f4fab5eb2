/// Whether a transaction may be executed, checked in a fixed order.
struct TransactionValidation {
  let transaction: EVMTransaction
  let block: BlockEnvironment
  let fork: Fork
  let schedule: GasSchedule
  /// Gas that the block has left for transactions.
  let gasLeft: UInt64

  /// What the sender pays for a unit of gas.
  var effectivePrice: UInt256 {
    if transaction.kind.rawValue < EVMTransaction.Kind.dynamicFee.rawValue { return transaction.maximumFee }
    let above = transaction.maximumFee &- block.baseFee
    let tip = transaction.priorityFee < above ? transaction.priorityFee : above
    return block.baseFee &+ tip
  }

  /// Gas of all blobs.
  var blobGas: UInt64 { UInt64(truncatingIfNeeded: transaction.blobHashes.count) &* BlobSchedule.gasPerBlob }

  /// What depends on nothing but the block.
  func checkForm() throws(TransactionRefusal) {
    let t = transaction
    if t.kind.rawValue > schedule.maximumTransactionType { throw .typeNotSupported(t.kind, fork: fork) }
    if t.gasLimit > schedule.maximumTransactionGas {
      throw .transactionGasLimitExceeded(gasLimit: t.gasLimit, maximum: schedule.maximumTransactionGas)
    }
    if t.gasLimit > gasLeft { throw .blockGasLimitExceeded(gasLimit: t.gasLimit, left: gasLeft) }
    if schedule.hasBaseFee, t.maximumFee < block.baseFee {
      throw .feeBelowBaseFee(fee: t.maximumFee, baseFee: block.baseFee)
    }
    if t.maximumFee < t.priorityFee {
      throw .priorityFeeAboveFee(priorityFee: t.priorityFee, fee: t.maximumFee)
    }
    if t.kind == .blob { try checkBlobs() }
    if t.kind == .setCode {
      if t.recipient == nil { throw .authorizationCreation }
      if t.authorizations.isEmpty { throw .noAuthorizations }
    }
    if t.recipient == nil, t.data.count > schedule.maximumInitCodeSize {
      throw .initCodeTooLong(count: t.data.count, maximum: schedule.maximumInitCodeSize)
    }
  }

  private func checkBlobs() throws(TransactionRefusal) {
    let t = transaction
    if t.recipient == nil { throw .blobCreation }
    if t.blobHashes.isEmpty { throw .noBlobs }
    let blockMaximum = (block.blobSchedule ?? BlobSchedule(fork))?.maximum ?? 0
    let maximum =
      schedule.maximumTransactionBlobs == 0
      ? blockMaximum : min(blockMaximum, schedule.maximumTransactionBlobs)
    if UInt64(truncatingIfNeeded: t.blobHashes.count) > maximum {
      throw .tooManyBlobs(count: t.blobHashes.count, maximum: maximum)
    }
    for (index, hash) in t.blobHashes.enumerated() where hash.word.limb3 &>> 56 != 1 {
      throw .blobHashVersion(index: index)
    }
    guard let price = block.blobBaseFee(fork), t.maximumBlobFee >= price else {
      throw .blobFeeTooLow(fee: t.maximumBlobFee)
    }
  }

  /// What depends on the sender's account.
  func checkSender(_ account: AccountRecord, code: UnsafeRawBufferPointer?) throws(TransactionRefusal) {
    let t = transaction
    if account.hasCode {
      let isDelegation = schedule.hasDelegations && code.flatMap { Delegation.target(of: $0) } != nil
      if !isDelegation { throw .senderHasCode(t.sender) }
    }
    if t.nonce != account.nonce { throw .nonceMismatch(transaction: t.nonce, account: account.nonce) }
    if t.nonce == .max { throw .nonceTooHigh }
    guard let cost = maximumCost, account.balance >= cost else {
      throw .insufficientFunds(t.sender)
    }
    let intrinsic = t.intrinsicGas(schedule)
    if t.gasLimit < intrinsic { throw .intrinsicGasTooLow(gasLimit: t.gasLimit, intrinsic: intrinsic) }
    let floor = t.floorGas(schedule)
    if t.gasLimit < floor { throw .floorGasTooLow(gasLimit: t.gasLimit, floor: floor) }
  }

  /// The most that the transaction can cost its sender; `nil` where no account can hold it.
  private var maximumCost: UInt256? {
    guard let gas = Self.product(transaction.maximumFee, transaction.gasLimit),
      let blobs = Self.product(transaction.maximumBlobFee, transaction.kind == .blob ? blobGas : 0),
      let fees = Self.sum(gas, blobs)
    else { return nil }
    return Self.sum(fees, transaction.value)
  }

  /// `nil` where 256 bits do not hold it.
  static func product(_ word: UInt256, _ factor: UInt64) -> UInt256? {
    let p0 = UInt128(word.limb0) &* UInt128(factor)
    let p1 = UInt128(word.limb1) &* UInt128(factor) &+ UInt128(p0._high)
    let p2 = UInt128(word.limb2) &* UInt128(factor) &+ UInt128(p1._high)
    let p3 = UInt128(word.limb3) &* UInt128(factor) &+ UInt128(p2._high)
    return p3._high == 0 ? UInt256(limbs: p0._low, p1._low, p2._low, p3._low) : nil
  }

  private static func sum(_ left: UInt256, _ right: UInt256) -> UInt256? {
    let total = left &+ right
    return total < left ? nil : total
  }
}
