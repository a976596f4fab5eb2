import CWeftABI
import WeftMachine
import WeftMemory

/// The outermost call or creation of a transaction or message: transfer, and the first frame.
struct OuterCall {
  var caller: UInt256
  /// `nil` for a creation.
  var target: UInt256?
  var value: UInt256
  var gas: UInt64
  var isStatic = false
  var transfersValue = true
  /// The caller's nonce that the address of a new contract comes from.
  var creationNonce: UInt64

  /// Sets the first frame up, or ends at once where no code runs.
  func begin(
    _ evm: EVM, _ tables: UnsafeMutablePointer<StateTables>, input: [UInt8], code: [UInt8]?
  ) throws(EVMError) {
    let engine = evm.state
    engine.pointee.isCreation = target == nil
    engine.pointee.inspector = evm.inspector
    let gas = Int64(clamping: gas)
    engine.pointee.input = input
    let from = tables.pointee.account(caller)
    if let target {
      try call(evm, tables, target: target, from: from, gas: gas, code: code)
    } else {
      try create(evm, tables, from: from, gas: gas)
    }
    if let failure = tables.pointee.failure { throw .database(failure) }
  }

  private func call(
    _ evm: EVM, _ tables: UnsafeMutablePointer<StateTables>, target: UInt256, from: Int, gas: Int64,
    code: [UInt8]?
  ) throws(EVMError) {
    let engine = evm.state
    let account = tables.pointee.account(target)
    if evm.schedule.hasWarmSets { _ = tables.pointee.warm(account) }
    let checkpoint = tables.pointee.checkpoint
    var codeAccount = account
    if evm.schedule.hasDelegations, let delegate = Calls.delegate(tables, account) {
      _ = tables.pointee.warm(delegate)
      codeAccount = delegate
    }
    if transfersValue, tables.pointee.accounts[from].pointee.balance < value {
      return end(engine, .halted(.outOfGas), gas: gas)
    }
    let info = CallInfo(
      kind: isStatic ? .staticCall : .call, depth: 0, caller: caller, target: target, codeAddress: target,
      value: value, gas: gas)
    tables.pointee.touch(account)
    if transfersValue { tables.pointee.transfer(value, from: from, to: account) }
    engine.pointee.input.withUnsafeBytes { bytes in evm.inspector?.enter(info, input: bytes) }

    if code == nil, codeAccount == account, engine.pointee.precompiles.contains(target) {
      let result = engine.pointee.input.withUnsafeBytes { Precompiles.run(engine, target, $0, gas: gas) }
      switch result {
      case .done(let left):
        engine.pointee.output = Array(engine.pointee.memory.returnData)
        end(engine, .success, gas: left)
      case .halted:
        tables.pointee.revert(to: checkpoint)
        end(engine, .halted(.precompileFailed), gas: 0)
      case .failed(let error): throw error
      }
      evm.inspector?.leaveWithoutCode(
        info, gasLeft: engine.pointee.outcome == .success ? engine.pointee.gasLeft : nil)
      return
    }
    var analysis: CodeAnalysis.Pointer?
    if let code {
      analysis = code.withUnsafeBytes { CodeAnalysis.make($0, hash: Keccak256.hash($0).word) }
    } else {
      guard let index = tables.pointee.code(of: codeAccount) else {
        if let failure = tables.pointee.failure { throw .database(failure) }
        end(engine, .success, gas: gas)
        evm.inspector?.leaveWithoutCode(info, gasLeft: gas)
        return
      }
      analysis = engine.pointee.analysis(ofCode: index)
    }
    guard let analysis else { throw .outOfMemory }
    begin(
      engine, kind: isStatic ? .staticCall : .call, account: account, address: target, analysis: analysis,
      owns: code != nil, gas: gas, hasInput: true, checkpoint: checkpoint)
  }

  private func create(
    _ evm: EVM, _ tables: UnsafeMutablePointer<StateTables>, from: Int, gas: Int64
  ) throws(EVMError) {
    let engine = evm.state
    let address = ContractAddress.sequential(caller, nonce: creationNonce)
    let account = tables.pointee.account(address)
    if evm.schedule.hasWarmSets { _ = tables.pointee.warm(account) }
    let info = CallInfo(
      kind: .create, depth: 0, caller: caller, target: address, codeAddress: address, value: value, gas: gas)
    engine.pointee.input.withUnsafeBytes { bytes in evm.inspector?.enter(info, input: bytes) }
    if Creations.isTaken(tables, account) {
      end(engine, .halted(.creationCollision), gas: 0)
      evm.inspector?.leaveWithoutCode(info, gasLeft: nil)
      return
    }
    if transfersValue, tables.pointee.accounts[from].pointee.balance < value {
      return end(engine, .halted(.outOfGas), gas: gas)
    }
    let checkpoint = tables.pointee.checkpoint
    Creations.prepare(engine, account)
    if transfersValue { tables.pointee.transfer(value, from: from, to: account) }
    let analysis = engine.pointee.input.withUnsafeBytes { CodeAnalysis.make($0, hash: .zero) }
    guard let analysis else { throw .outOfMemory }
    begin(
      engine, kind: .create, account: account, address: address, analysis: analysis, owns: true, gas: gas,
      hasInput: false, checkpoint: checkpoint)
  }

  private func begin(
    _ engine: UnsafeMutablePointer<EngineState>, kind: FrameKind, account: Int, address: UInt256,
    analysis: CodeAnalysis.Pointer, owns: Bool, gas: Int64, hasInput: Bool,
    checkpoint: StateTables.Checkpoint
  ) {
    let input = hasInput ? engine.pointee.inputCopy() : nil
    let setup = Frames.Setup(
      kind: kind, account: account, address: address, caller: caller, value: value, analysis: analysis,
      ownsAnalysis: owns, isStatic: isStatic, gas: gas, input: input, inputOffset: 0,
      inputSize: hasInput ? UInt64(engine.pointee.input.count) : 0, inputIsShared: false,
      checkpoint: checkpoint)
    engine.pointee.slice = .max
    engine.pointee.entriesLeft = 2
    let context = engine.pointee.context
    context.pointee.base.status = EngineStatus.running
    // The place below the first word is part of the arena.
    _ = Frames.begin(context, setup, depth: 0, stackBase: engine.pointee.stack)
  }

  /// Ends without a frame.
  private func end(
    _ engine: UnsafeMutablePointer<EngineState>, _ outcome: EngineState.RootOutcome, gas: Int64
  ) {
    engine.pointee.outcome = outcome
    engine.pointee.gasLeft = gas
    engine.pointee.context.pointee.base.status = EngineStatus.finished
  }
}
