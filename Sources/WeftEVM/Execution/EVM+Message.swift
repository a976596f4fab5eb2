import CWeftABI
import WeftMachine
import WeftMemory

extension EVM {
  /// Carries out a message. What it changes stays in the state until the next `call` or `execute` on it begins.
  ///
  /// - Throws: where there can be no result; the state is then as before.
  public func call(
    _ message: EVMMessage, in block: BlockEnvironment, on state: JournaledState
  ) throws(EVMError) -> EVMResult {
    let tables = state.tables
    let before = tables.pointee.checkpoint
    do throws(EVMError) {
      try begin(message, in: block, on: state)
      try finishFrames()
      let result = takeResult(tables)
      endMessage(on: state)
      return result
    } catch {
      tables.pointee.revert(to: before)
      throw error
    }
  }

  /// Sets a message up to run.
  func begin(
    _ message: EVMMessage, in block: BlockEnvironment, on state: JournaledState
  ) throws(EVMError) {
    let tables = state.tables
    let origin = (message.origin ?? message.caller).word
    try prepare(
      block, on: tables, origin: origin, gasPrice: message.gasPrice,
      blobHashes: message.blobHashes.map { $0.word })
    let caller = tables.pointee.account(message.caller.word)
    if schedule.hasWarmSets {
      tables.pointee.warm(contracts: self.state.pointee.precompiles)
      _ = tables.pointee.warm(caller)
      for address in message.warmAccounts { _ = tables.pointee.warm(tables.pointee.account(address.word)) }
    }
    let start = OuterCall(
      caller: message.caller.word, target: message.target?.word, value: message.value, gas: message.gas,
      isStatic: message.isStatic, transfersValue: message.transfersValue,
      creationNonce: tables.pointee.accounts[caller].pointee.nonce)
    try start.begin(self, tables, input: message.input, code: message.code)
  }

  /// Runs what `OuterCall` has begun; it may be over already.
  func finishFrames() throws(EVMError) {
    if isFinished { return }
    try run()
  }

  /// Tidies up behind a message: what it has changed is final, and contracts that it has destroyed are gone.
  package func endMessage(on state: JournaledState) {
    state.tables.pointee.finishTransaction(clearsEmptyAccounts: schedule.clearsEmptyAccounts)
    recorder?.endTransaction(state.tables)
  }

  /// The result of the outermost frame.
  func takeResult(_ tables: UnsafeMutablePointer<StateTables>) -> EVMResult {
    let outcome = state.pointee.outcome
    let status: EVMResult.Status =
      switch outcome {
      case .success: .success
      case .reverted: .reverted
      case .halted(let reason): .halted(reason)
      }
    let isCreation = state.pointee.isCreation
    let created = outcome == .success && isCreation ? Int(state.pointee.createdAccount) : nil
    return EVMResult(
      status: status, gasLeft: UInt64(clamping: state.pointee.gasLeft),
      refund: outcome == .success ? state.pointee.refund : 0, output: state.pointee.output,
      logs: tables.pointee.takeLogs(),
      createdAddress: created.map { Address(word: tables.pointee.accounts[$0].pointee.address) },
      detail: status == .halted(.extensionFailed) ? state.pointee.haltDetail : nil)
  }
}

extension StateTables {
  /// The logs so far.
  func takeLogs() -> [Log] {
    (0..<logs.count).map { index in
      let record = logs[index].pointee
      return Log(record, data: logBytes.bytes(record.dataOffset, record.dataCount))
    }
  }
}
