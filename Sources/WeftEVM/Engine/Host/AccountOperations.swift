import CWeftABI

/// What the instructions that look at an account have in common: the access is paid before anything is changed.
private enum Access {
  /// The account that an operand names, paid and warm; `nil` where the frame cannot pay.
  @inline(__always)
  static func account(_ c: EVMContext, _ operand: UInt256) -> Int? {
    let engine = c.engine
    let tables = engine.pointee.tables
    let account = tables.pointee.account(operand.addressBits)
    if tables.pointee.isCold(account) {
      guard c.charge(engine.pointee.schedule.coldAccountExtra) else { return nil }
      _ = tables.pointee.warm(account)
    }
    return account
  }
}

enum BalanceOf: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let account = Access.account(c, c.top[0]) else { return Host.starve(c, D.self) }
    c.top[0] = c.engine.pointee.tables.pointee.accounts[account].pointee.balance
    return .proceed
  }
}

enum SelfBalance: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let account = Int(c.frame.pointee.account)
    c.top[1] = c.engine.pointee.tables.pointee.accounts[account].pointee.balance
    c.pop(-1)
    return .proceed
  }
}

enum ExternalCodeSize: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let account = Access.account(c, c.top[0]) else { return Host.starve(c, D.self) }
    let tables = c.engine.pointee.tables
    let size = tables.pointee.code(of: account).map { tables.pointee.codeBytes($0).count } ?? 0
    c.top[0] = UInt256(UInt64(truncatingIfNeeded: size))
    return .proceed
  }
}

enum ExternalCodeHash: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    guard let account = Access.account(c, c.top[0]) else { return Host.starve(c, D.self) }
    let record = c.engine.pointee.tables.pointee.accounts[account]
    c.top[0] = record.pointee.isDead ? .zero : record.pointee.codeHash
    return .proceed
  }
}

enum BlockHashOf: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let number = c.top[0]
    let current = engine.pointee.blockNumber
    var hash = UInt256.zero
    if number.fitsInUInt64, number.limb0 < current, current &- number.limb0 <= 256 {
      hash = engine.pointee.blockHash(number.limb0)?.word ?? .zero
    }
    c.top[0] = hash
    return .proceed
  }
}

enum BlobHashOf: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let index = c.top[0]
    let engine = c.engine
    let count = UInt64(truncatingIfNeeded: engine.pointee.blobHashes.count)
    let isListed = index.fitsInUInt64 && index.limb0 < count
    c.top[0] = isListed ? engine.pointee.blobHashes[Int(truncatingIfNeeded: index.limb0)] : .zero
    return .proceed
  }
}

/// SELFDESTRUCT (EIP-150, 161, 2929, 3529, 6780).
enum SelfDestruct: HostOperation {
  @inline(never)
  static func run<D: Dispatch>(_ c: EVMContext, _: D.Type) -> HostOutcome {
    let engine = c.engine
    let schedule = engine.pointee.schedule
    let tables = engine.pointee.tables
    if c.frame.pointee.is_static != 0 { return Frames.halt(c, .staticViolation, D.self) }
    let own = Int(c.frame.pointee.account)
    let beneficiary = tables.pointee.account(c.top[0].addressBits)
    let balance = tables.pointee.accounts[own].pointee.balance
    let isCold = tables.pointee.isCold(beneficiary)
    var cost = isCold ? schedule.coldBeneficiary : 0
    let target = tables.pointee.accounts[beneficiary]
    let isNew =
      schedule.clearsEmptyAccounts
      ? target.pointee.isDead && !balance.isZero : !target.pointee.exists
    if isNew { cost &+= schedule.selfDestructNewAccount }
    guard c.charge(cost) else { return Host.starve(c, D.self) }

    if isCold, schedule.hasWarmSets { _ = tables.pointee.warm(beneficiary) }
    if D.isObserved, let inspector = engine.pointee.inspector {
      inspector.selfDestruct(
        beneficiary: Address(word: c.top[0].addressBits), balance: balance, FrameView(c))
    }
    let transaction = tables.pointee.transaction
    let record = tables.pointee.accounts[own].pointee
    let dies = !schedule.destroysOnlyCreated || record.createdIn == transaction
    if dies, record.destroyedIn != transaction { engine.pointee.refund &+= schedule.selfDestructRefund }
    tables.pointee.touch(beneficiary)
    if beneficiary != own {
      tables.pointee.transfer(balance, from: own, to: beneficiary)
    } else if dies {
      // Its own beneficiary: the ether is gone.
      tables.pointee.setBalance(own, to: .zero)
    }
    if dies { tables.pointee.markDestroyed(own) }
    return Frames.succeed(c, output: 0..<0, D.self)
  }
}
