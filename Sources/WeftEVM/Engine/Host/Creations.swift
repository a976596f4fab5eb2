import CWeftABI
import WeftMachine
import WeftMemory

/// CREATE and CREATE2, and what happens when init code ends.
enum Creations {
  static var depositPerByte: Int64 { 200 }

  @inline(__always)
  static func run<D: Dispatch>(_ c: EVMContext, kind: FrameKind, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let tables = engine.pointee.tables
    let frame = c.frame
    let top = c.top
    if frame.pointee.is_static != 0 { return Frames.halt(c, .staticViolation, D.self) }
    let value = top[0]
    guard let area = Host.area(top[-1], top[-2]) else { return Host.starve(c, D.self) }
    let words = Host.words(area.count)
    var cost = Host.expansion(c, to: area.end) &+ engine.pointee.schedule.initCodeWord &* words
    if kind == .create2 { cost &+= 6 &* words }
    // Init code that is too long halts as surely as too little gas.
    if area.count > engine.pointee.schedule.maximumInitCodeSize {
      return Frames.halt(c, .initCodeTooLong, D.self)
    }
    guard c.charge(cost) else { return Host.starve(c, D.self) }
    guard Host.grow(c, to: area.end) else { return Frames.halt(c, .memoryLimit, D.self) }

    let own = Int(frame.pointee.account)
    let after = top - (kind == .create2 ? 4 : 3)
    let nonce = tables.pointee.accounts[own].pointee.nonce
    if frame.pointee.depth >= Calls.depthLimit
      || tables.pointee.accounts[own].pointee.balance < value
      || nonce == .max
    {
      return complete(c, top: after, gas: c.gas)
    }

    let initCode = Host.bytes(c, area)
    let ownAddress = UInt256(frame.pointee.address)
    let codeHash = kind == .create2 ? Keccak256.hash(initCode).word : .zero
    let address =
      kind == .create2
      ? ContractAddress.salted(ownAddress, salt: top[-3], codeHash: codeHash)
      : ContractAddress.sequential(ownAddress, nonce: nonce)
    let left = c.gas
    let childGas = engine.pointee.schedule.keepsOneSixtyFourth ? left &- left / 64 : left
    let rest = left &- childGas
    let account = tables.pointee.account(address)
    if engine.pointee.schedule.hasWarmSets { _ = tables.pointee.warm(account) }
    tables.pointee.setNonce(own, to: nonce &+ 1)
    if isTaken(tables, account) { return complete(c, top: after, gas: rest) }

    let checkpoint = tables.pointee.checkpoint
    prepare(engine, account)
    tables.pointee.transfer(value, from: own, to: account)
    let info = CallInfo(
      kind: kind, depth: frame.pointee.depth &+ 1, caller: ownAddress, target: address, codeAddress: address,
      value: value, gas: childGas)
    if D.isObserved, let inspector = engine.pointee.inspector { inspector.enter(info, input: initCode) }
    // The first bytes of init code decide about nothing, so its analysis is not kept.
    guard let analysis = CodeAnalysis.make(initCode, hash: .zero) else { return Host.fail(c, .outOfMemory) }
    let setup = Frames.Setup(
      kind: kind, account: account, address: address, caller: ownAddress, value: value, analysis: analysis,
      ownsAnalysis: true, isStatic: false, gas: childGas, input: nil, inputOffset: 0, inputSize: 0,
      inputIsShared: false, checkpoint: checkpoint)
    Frames.suspend(c, top: after, gasLeft: rest)
    do throws(EVMMemoryError) { try engine.pointee.memory.enterChild() } catch {
      CodeAnalysis.release(analysis)
      return Host.fail(c, .outOfMemory)
    }
    return Frames.begin(c, setup, depth: frame.pointee.depth &+ 1, stackBase: after)
  }

  /// Whether a contract stands at an address already (EIP-684, 7610).
  static func isTaken(_ tables: UnsafeMutablePointer<StateTables>, _ account: Int) -> Bool {
    let record = tables.pointee.accounts[account].pointee
    return record.nonce != 0 || record.hasCode || record.hasStorage
  }

  /// Makes an account the beginning of a contract.
  static func prepare(_ engine: UnsafeMutablePointer<EngineState>, _ account: Int) {
    let tables = engine.pointee.tables
    tables.pointee.touch(account)
    tables.pointee.markCreated(account)
    if engine.pointee.schedule.createdNonce != 0 {
      tables.pointee.setNonce(account, to: engine.pointee.schedule.createdNonce)
    }
  }

  /// A creation that never began.
  @inline(__always)
  private static func complete(_ c: EVMContext, top: Words, gas: Int64) -> HostOutcome {
    c.engine.pointee.memory.clearReturnData()
    c.pointee.return_size = 0
    top[1] = .zero
    c.top = top + 1
    Frames.setGas(c, gas)
    return .enter
  }

  /// Init code has ended with success; what it returned becomes the code.
  static func finish<D: Dispatch>(_ c: EVMContext, code: Range<Int>, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let tables = engine.pointee.tables
    let account = Int(c.frame.pointee.account)
    let count = code.upperBound &- code.lowerBound
    let bytes = UnsafeRawBufferPointer(
      start: engine.pointee.memory.contextBase + code.lowerBound, count: count)
    if engine.pointee.schedule.refusesReservedCode, count > 0, bytes[0] == 0xef {
      return Frames.halt(c, .reservedCode, D.self)
    }
    let deposit = depositPerByte &* Int64(count)
    let isPaid = deposit <= c.gas
    if !isPaid, engine.pointee.schedule.depositMustBePaid { return Frames.halt(c, .depositOutOfGas, D.self) }
    if count > engine.pointee.schedule.maximumCodeSize { return Frames.halt(c, .codeTooLong, D.self) }
    var gas = c.gas
    if isPaid {
      gas &-= deposit
      if count > 0 {
        let index = tables.pointee.addCode(bytes, hash: Keccak256.hash(bytes).word)
        tables.pointee.setCode(account, to: index)
      }
    }
    engine.pointee.createdAccount = UInt32(truncatingIfNeeded: account)
    let address = UInt256(c.frame.pointee.address)
    return Frames.leave(
      c, .success, gas: gas, output: c.frame.pointee.depth == 0 ? code : 0..<0, result: address, D.self)
  }
}

enum Create: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Creations.run(c, kind: .create, D.self)
  }
}
enum Create2: HostOperation {
  @inline(never) static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    Creations.run(c, kind: .create2, D.self)
  }
}

/// The addresses of new contracts.
enum ContractAddress {
  /// `keccak(rlp[sender, nonce])[12…]`.
  static func sequential(_ sender: UInt256, nonce: UInt64) -> UInt256 {
    var payload: [UInt8] = [0x94]
    append(sender, to: &payload)
    if nonce == 0 {
      payload.append(0x80)
    } else if nonce < 0x80 {
      payload.append(UInt8(truncatingIfNeeded: nonce))
    } else {
      let count = 8 &- nonce.leadingZeroBitCount / 8
      payload.append(0x80 &+ UInt8(truncatingIfNeeded: count))
      for index in (0..<count).reversed() {
        payload.append(UInt8(truncatingIfNeeded: nonce >> UInt64(8 &* index)))
      }
    }
    let list = [0xc0 &+ UInt8(truncatingIfNeeded: payload.count)] + payload
    return list.withUnsafeBytes { Keccak256.hash($0).word.addressBits }
  }

  /// `keccak(0xff ‖ sender ‖ salt ‖ hash of the init code)[12…]` (EIP-1014).
  static func salted(_ sender: UInt256, salt: UInt256, codeHash: UInt256) -> UInt256 {
    var bytes: [UInt8] = [0xff]
    append(sender, to: &bytes)
    for word in [salt, codeHash] {
      for limb in [word.limb3, word.limb2, word.limb1, word.limb0] {
        withUnsafeBytes(of: limb.bigEndian) { bytes.append(contentsOf: $0) }
      }
    }
    return bytes.withUnsafeBytes { Keccak256.hash($0).word.addressBits }
  }

  /// The 20 bytes of an address.
  private static func append(_ address: UInt256, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: address.limb2).bigEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: address.limb1.bigEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: address.limb0.bigEndian) { bytes.append(contentsOf: $0) }
  }
}
