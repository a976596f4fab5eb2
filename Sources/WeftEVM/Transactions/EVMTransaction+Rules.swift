extension EVMTransaction {
  /// Checks the rules that need neither a block nor a state.
  ///
  /// - Parameter fork: whose rules they are.
  public func checkRules(_ fork: Fork) throws(TransactionRefusal) {
    let schedule = GasSchedule(fork)
    // A block of which nothing but the fork is known: without base fee, with the lowest price of blobs.
    let validation = TransactionValidation(
      transaction: self, block: BlockEnvironment(), fork: fork, schedule: schedule, gasLeft: .max)
    try validation.checkForm()
    if nonce == .max { throw .nonceTooHigh }
    guard maximumFees != nil else { throw .insufficientFunds(sender) }
    let intrinsic = intrinsicGas(schedule)
    if gasLimit < intrinsic { throw .intrinsicGasTooLow(gasLimit: gasLimit, intrinsic: intrinsic) }
    let floor = floorGas(schedule)
    if gasLimit < floor { throw .floorGasTooLow(gasLimit: gasLimit, floor: floor) }
  }

  /// The most that the sender pays besides the value: gas limit · fee + blob gas · blob fee; `nil` above 256 bits,
  /// which no account holds.
  public var maximumFees: UInt256? {
    let blobGas = UInt64(truncatingIfNeeded: blobHashes.count) &* BlobSchedule.gasPerBlob
    let gas = maximumFee.multipliedReportingOverflow(by: UInt256(gasLimit))
    let blobs = maximumBlobFee.multipliedReportingOverflow(by: UInt256(kind == .blob ? blobGas : 0))
    let all = gas.partialValue.addingReportingOverflow(blobs.partialValue)
    return gas.overflow || blobs.overflow || all.overflow ? nil : all.partialValue
  }
}
