import CWeftABI
import WeftMachine
import WeftMemory

/// The CALL family, in the order of the specification: price, light failures, transfer, run.
enum Calls {
  static var stipend: Int64 { 2300 }
  static var valueCost: Int64 { 9000 }
  static var newAccountCost: Int64 { 25000 }
  static var warmAccess: Int64 { 100 }
  static var depthLimit: UInt32 { 1024 }

  /// What distinguishes the four instructions, known at compile time in each of their handlers.
  @inline(__always)
  static func run<D: Dispatch>(_ c: EVMContext, kind: FrameKind, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let tables = engine.pointee.tables
    let frame = c.frame
    let top = c.top
    let hasValue = kind == .call || kind == .callCode
    let target = top[-1].addressBits
    let value = hasValue ? top[-2] : .zero
    let areas = hasValue ? top - 3 : top - 2
    if kind == .call, !value.isZero, frame.pointee.is_static != 0 {
      return Frames.halt(c, .staticViolation, D.self)
    }

    // Price.
    guard let input = Host.area(areas[0], areas[-1]), let output = Host.area(areas[-2], areas[-3]) else {
      return Host.starve(c, D.self)
    }
    let account = tables.pointee.account(target)
    let isCold = tables.pointee.isCold(account)
    var cost = isCold ? engine.pointee.schedule.coldAccountExtra : 0
    var codeAccount = account
    if engine.pointee.schedule.hasDelegations, let delegate = delegate(tables, account) {
      // The target itself is warm by then.
      let delegateIsCold = tables.pointee.isCold(delegate) && delegate != account
      cost &+= warmAccess &+ (delegateIsCold ? engine.pointee.schedule.coldAccountExtra : 0)
      codeAccount = delegate
    }
    let end = max(input.end, output.end)
    cost &+= Host.expansion(c, to: end)
    if !value.isZero { cost &+= valueCost }
    if kind == .call {
      let record = tables.pointee.accounts[account]
      let isNew =
        engine.pointee.schedule.clearsEmptyAccounts
        ? !value.isZero && record.pointee.isDead : !record.pointee.exists
      if isNew { cost &+= newAccountCost }
    }
    let left = c.gas &- cost
    if left < 0 { return Host.starve(c, D.self) }
    let asked = top[0].fitsInUInt64 ? Int64(clamping: top[0].limb0) : .max
    var childGas = asked
    if engine.pointee.schedule.keepsOneSixtyFourth {
      childGas = min(asked, left &- left / 64)
    } else if asked > left {
      return Host.starve(c, D.self)
    }

    // From here on the call is paid.
    guard Host.grow(c, to: end) else { return Frames.halt(c, .memoryLimit, D.self) }
    if isCold { _ = tables.pointee.warm(account) }
    if codeAccount != account { _ = tables.pointee.warm(codeAccount) }
    let rest = left &- childGas
    if !value.isZero { childGas &+= stipend }
    let own = Int(frame.pointee.account)
    let after = top - (hasValue ? 7 : 6)
    if frame.pointee.depth >= depthLimit
      || hasValue && tables.pointee.accounts[own].pointee.balance < value
    {
      return complete(c, top: after, gas: rest &+ childGas, result: .zero)
    }

    // Transfer.
    let checkpoint = tables.pointee.checkpoint
    let receiver = kind == .call || kind == .staticCall ? account : own
    tables.pointee.touch(receiver)
    if kind == .call { tables.pointee.transfer(value, from: own, to: account) }

    // Run.
    let inputStart = engine.pointee.memory.contextBase + input.offset
    let isPrecompile = codeAccount == account && engine.pointee.precompiles.contains(target)
    let ownAddress = UInt256(frame.pointee.address)
    let call = CallInfo(
      kind: kind, depth: frame.pointee.depth &+ 1,
      caller: kind == .delegateCall ? UInt256(frame.pointee.caller) : ownAddress,
      target: kind == .call || kind == .staticCall ? target : ownAddress, codeAddress: target,
      value: kind == .delegateCall ? UInt256(frame.pointee.value) : value, gas: childGas)
    if isPrecompile {
      return callPrecompile(
        c, call, UnsafeRawBufferPointer(start: inputStart, count: input.count), output, top: after,
        rest: rest,
        checkpoint: checkpoint, D.self)
    }
    guard let code = tables.pointee.code(of: codeAccount) else {
      if tables.pointee.failure != nil { return databaseFailure(c) }
      if D.isObserved, let inspector = engine.pointee.inspector {
        let bytes = UnsafeRawBufferPointer(start: inputStart, count: input.count)
        inspector.enter(call, input: bytes)
        inspector.leaveWithoutCode(call, gasLeft: childGas)
      }
      return complete(c, top: after, gas: rest &+ childGas, result: .one)
    }
    guard let analysis = engine.pointee.analysis(ofCode: code) else { return Host.fail(c, .outOfMemory) }
    if D.isObserved, let inspector = engine.pointee.inspector {
      inspector.enter(call, input: UnsafeRawBufferPointer(start: inputStart, count: input.count))
    }
    let offset = engine.pointee.memory.contextCheckpoint &+ input.offset
    let setup = Frames.Setup(
      kind: kind, account: receiver, address: call.targetWord, caller: call.callerWord, value: call.value,
      analysis: analysis, ownsAnalysis: false,
      isStatic: kind == .staticCall || frame.pointee.is_static != 0, gas: childGas,
      input: UnsafePointer(inputStart.assumingMemoryBound(to: UInt8.self)),
      inputOffset: UInt64(truncatingIfNeeded: offset), inputSize: UInt64(truncatingIfNeeded: input.count),
      inputIsShared: true, outputOffset: UInt64(truncatingIfNeeded: output.offset),
      outputSize: UInt64(truncatingIfNeeded: output.count), checkpoint: checkpoint)
    Frames.suspend(c, top: after, gasLeft: rest)
    do throws(EVMMemoryError) { try engine.pointee.memory.enterChild() } catch {
      return Host.fail(c, .outOfMemory)
    }
    return Frames.begin(c, setup, depth: frame.pointee.depth &+ 1, stackBase: after)
  }

  /// The account whose code runs in the place of a delegated one's (EIP-7702).
  static func delegate(_ tables: UnsafeMutablePointer<StateTables>, _ account: Int) -> Int? {
    guard let code = tables.pointee.code(of: account) else { return nil }
    guard let address = Delegation.target(of: tables.pointee.codeBytes(code)) else { return nil }
    return tables.pointee.account(address)
  }

  /// A call that ended without a frame: empty code, or it never began.
  @inline(__always)
  private static func complete(_ c: EVMContext, top: Words, gas: Int64, result: UInt256) -> HostOutcome {
    c.engine.pointee.memory.clearReturnData()
    c.pointee.return_size = 0
    top[1] = result
    c.top = top + 1
    Frames.setGas(c, gas)
    return .enter
  }

  @inline(never)
  private static func databaseFailure(_ c: EVMContext) -> HostOutcome {
    Host.fail(c, c.engine.pointee.tables.pointee.failure.map { .database($0) } ?? .outOfMemory)
  }

  @inline(never)
  private static func callPrecompile<D: Dispatch>(
    _ c: EVMContext, _ call: CallInfo, _ input: UnsafeRawBufferPointer, _ output: Host.Area, top: Words,
    rest: Int64, checkpoint: StateTables.Checkpoint, _: D.Type
  ) -> HostOutcome {
    let engine = c.engine
    if D.isObserved, let inspector = engine.pointee.inspector { inspector.enter(call, input: input) }
    var gasLeft: Int64 = 0
    var result = UInt256.zero
    engine.pointee.memory.clearReturnData()
    switch Precompiles.run(engine, call.codeWord, input, gas: call.gas) {
    case .done(let left):
      (gasLeft, result) = (left, .one)
      do throws(EVMMemoryError) {
        try engine.pointee.memory.copyReturnData(toArea: output.offset, count: output.count)
      } catch { return Host.fail(c, .memory("\(error)")) }
    case .halted: engine.pointee.tables.pointee.revert(to: checkpoint)
    case .failed(let error): return Host.fail(c, error)
    }
    if D.isObserved, let inspector = engine.pointee.inspector {
      inspector.leaveWithoutCode(call, gasLeft: result.isZero ? nil : gasLeft)
    }
    c.pointee.return_size = UInt64(truncatingIfNeeded: engine.pointee.memory.returnDataSize)
    top[1] = result
    c.top = top + 1
    Frames.setGas(c, rest &+ gasLeft)
    // Calls of contracts of the host take time as well.
    engine.pointee.entriesLeft &-= 8
    return .enter
  }
}

/// Running precompiled contracts.
enum Precompiles {
  enum Result {
    /// With the gas that is left; the output is the return data.
    case done(Int64)
    case halted
    case failed(EVMError)
  }

  static func run(
    _ engine: UnsafeMutablePointer<EngineState>, _ address: UInt256, _ input: UnsafeRawBufferPointer,
    gas: Int64
  ) -> Result {
    guard let entry = engine.pointee.precompiles.contract(at: address) else { return .halted }
    let (contract, fork) = (entry.contract, entry.fork)
    let cost = contract.gas(input: input, fork: fork)
    if cost > UInt64(clamping: gas) { return .halted }
    var failure: EVMMemoryError?
    let result = contract.run(input: input, fork: fork) { output in
      do throws(EVMMemoryError) { try engine.pointee.memory.setReturnData(output) } catch { failure = error }
    }
    if failure != nil { return .failed(.outOfMemory) }
    switch result {
    case .success: return .done(gas &- Int64(truncatingIfNeeded: cost))
    case .failure:
      engine.pointee.memory.clearReturnData()
      return .halted
    case .unavailable: return .failed(.missingPrecompile(name: contract.name))
    }
  }
}

enum Call: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Calls.run(c, kind: .call, D.self)
  }
}
enum CallCode: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Calls.run(c, kind: .callCode, D.self)
  }
}
enum DelegateCall: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Calls.run(c, kind: .delegateCall, D.self)
  }
}
enum StaticCall: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Calls.run(c, kind: .staticCall, D.self)
  }
}
