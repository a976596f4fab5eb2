import CWeftABI
import WeftMachine

extension EVM {
  /// Executes a transaction: fees, authorizations, the call or creation, refunds, and what is removed at the end.
  ///
  /// What it changes is in the state afterwards, also where the call failed; see `JournaledState.changes`.
  ///
  /// - Parameter gasLeft: what the block has left for transactions; `nil` for all of its gas limit.
  /// - Throws: `refused` for an invalid transaction, `failed` where there can be no result; the state is then as
  ///   before.
  public func execute(
    _ transaction: EVMTransaction, in block: BlockEnvironment, on state: JournaledState,
    gasLeft: UInt64? = nil
  ) throws(ExecutionError) -> TransactionResult {
    let run = TransactionRun(self, transaction, block, state, gasLeft: gasLeft ?? block.gasLimit)
    let tables = state.tables
    let before = tables.pointee.checkpoint
    do throws(ExecutionError) {
      return try run.execute()
    } catch {
      tables.pointee.revert(to: before)
      throw error
    }
  }
}

/// One transaction on its way.
struct TransactionRun {
  private let evm: EVM
  private let transaction: EVMTransaction
  private let block: BlockEnvironment
  private let tables: UnsafeMutablePointer<StateTables>
  private let validation: TransactionValidation

  init(
    _ evm: EVM, _ transaction: EVMTransaction, _ block: BlockEnvironment, _ state: JournaledState,
    gasLeft: UInt64
  ) {
    self.evm = evm
    self.transaction = transaction
    self.block = block
    tables = state.tables
    validation = TransactionValidation(
      transaction: transaction, block: block, fork: evm.fork, schedule: evm.schedule, gasLeft: gasLeft)
  }

  func execute() throws(ExecutionError) -> TransactionResult {
    let sender = try validate()
    let price = validation.effectivePrice
    do throws(EVMError) {
      try evm.prepare(
        block, on: tables, origin: transaction.sender.word, gasPrice: price,
        blobHashes: transaction.blobHashes.map { $0.word })
      payInAdvance(sender, price)
      warm(sender)
      let authorizationRefund = authorize()
      let intrinsic = transaction.intrinsicGas(evm.schedule)
      let call = OuterCall(
        caller: transaction.sender.word, target: transaction.recipient?.word, value: transaction.value,
        gas: transaction.gasLimit &- intrinsic, creationNonce: transaction.nonce)
      try call.begin(evm, tables, input: transaction.data, code: nil)
      try evm.finishFrames()
      return settle(sender, price, authorizationRefund)
    } catch { throw .failed(error) }
  }

  // MARK: Before

  /// Checks the transaction; gives the sender's account.
  private func validate() throws(ExecutionError) -> Int {
    let sender = tables.pointee.account(transaction.sender.word)
    let code = tables.pointee.code(of: sender)
    if let failure = tables.pointee.failure { throw .failed(.database(failure)) }
    do throws(TransactionRefusal) {
      try validation.checkForm()
      try validation.checkSender(
        tables.pointee.accounts[sender].pointee, code: code.map { tables.pointee.codeBytes($0) })
    } catch { throw .refused(error) }
    return sender
  }

  /// Raises the nonce and takes all gas and the blobs' fee.
  private func payInAdvance(_ sender: Int, _ price: UInt256) {
    tables.pointee.touch(sender)
    tables.pointee.setNonce(sender, to: transaction.nonce &+ 1)
    // Neither overflows: they are at most what validity has checked.
    var cost = TransactionValidation.product(price, transaction.gasLimit) ?? .max
    if transaction.kind == .blob, let blobPrice = block.blobBaseFee(evm.fork) {
      cost = cost &+ (TransactionValidation.product(blobPrice, validation.blobGas) ?? .max)
    }
    let balance = tables.pointee.accounts[sender].pointee.balance
    tables.pointee.setBalance(sender, to: balance &- cost)
  }

  private func warm(_ sender: Int) {
    guard evm.schedule.hasWarmSets else { return }
    _ = tables.pointee.warm(sender)
    tables.pointee.warm(contracts: evm.state.pointee.precompiles)
    if evm.schedule.warmsCoinbase { _ = tables.pointee.warm(tables.pointee.account(block.coinbase.word)) }
    for entry in transaction.accessList {
      let account = tables.pointee.account(entry.address.word)
      _ = tables.pointee.warm(account)
      for key in entry.slots { _ = tables.pointee.warmSlot(tables.pointee.slot(account, key)) }
    }
  }

  // MARK: Authorizations

  /// Carries out the authorizations, skipping invalid ones; gives the refund (EIP-7702).
  private func authorize() -> Int64 {
    var refund: Int64 = 0
    for authorization in transaction.authorizations {
      let chain = authorization.chainID
      guard chain.isZero || chain == UInt256(block.chainID), authorization.nonce < .max,
        let authority = authorization.authority
      else { continue }
      let account = tables.pointee.account(authority.word)
      _ = tables.pointee.warm(account)
      if tables.pointee.accounts[account].pointee.hasCode {
        guard let code = tables.pointee.code(of: account),
          Delegation.target(of: tables.pointee.codeBytes(code)) != nil
        else { continue }
      }
      guard tables.pointee.accounts[account].pointee.nonce == authorization.nonce else { continue }
      if tables.pointee.accounts[account].pointee.exists { refund &+= 12500 }
      delegate(account, to: authorization.address)
      tables.pointee.setNonce(account, to: authorization.nonce &+ 1)
      tables.pointee.touch(account)
    }
    return refund
  }

  private func delegate(_ account: Int, to target: Address) {
    if target.word.isZero { return tables.pointee.setCode(account, to: nil) }
    let code = Delegation.code(for: target.word)
    let index = code.withUnsafeBytes { bytes in
      tables.pointee.addCode(bytes, hash: Keccak256.hash(bytes).word)
    }
    tables.pointee.setCode(account, to: index)
  }

  // MARK: After

  /// Refunds, fees, and what is removed at the end.
  private func settle(_ sender: Int, _ price: UInt256, _ authorizationRefund: Int64) -> TransactionResult {
    let result = evm.takeResult(tables)
    let executed = transaction.gasLimit &- result.gasLeft
    let counter = UInt64(clamping: result.refund &+ authorizationRefund)
    let refund = min(counter, executed / evm.schedule.refundQuotient)
    let used = max(executed &- refund, transaction.floorGas(evm.schedule))

    let unused = TransactionValidation.product(price, transaction.gasLimit &- used) ?? .zero
    let balance = tables.pointee.accounts[sender].pointee.balance
    tables.pointee.setBalance(sender, to: balance &+ unused)

    let tip = evm.schedule.hasBaseFee ? price &- block.baseFee : price
    let coinbase = tables.pointee.account(block.coinbase.word)
    let fee = TransactionValidation.product(tip, used) ?? .zero
    tables.pointee.touch(coinbase)
    if !fee.isZero {
      let before = tables.pointee.accounts[coinbase].pointee.balance
      tables.pointee.setBalance(coinbase, to: before &+ fee)
    }
    tables.pointee.finishTransaction(clearsEmptyAccounts: evm.schedule.clearsEmptyAccounts)
    return TransactionResult(
      status: result.status, gasUsed: used, gasRefunded: refund, logs: result.isSuccess ? result.logs : [],
      returnData: result.output, createdAddress: result.createdAddress,
      blobGasUsed: transaction.kind == .blob ? validation.blobGas : 0)
  }
}
