// Changes of the state, each with the entry that undoes it.
extension StateTables {
  /// A place in the journal to come back to.
  struct Checkpoint: BitwiseCopyable {
    var journal: Int
    var logs: Int
    var logBytes: Int
  }

  @inline(__always)
  var checkpoint: Checkpoint {
    Checkpoint(journal: journal.count, logs: logs.count, logBytes: logBytes.count)
  }

  // MARK: Accounts

  @inline(__always)
  mutating func setBalance(_ index: Int, to value: UInt256) {
    let record = accounts[index]
    note(.balance, index, record.pointee.balance)
    record.pointee.balance = value
    record.pointee.isDirty = true
  }

  mutating func setNonce(_ index: Int, to value: UInt64) {
    let record = accounts[index]
    note(.nonce, index, UInt256(record.pointee.nonce))
    record.pointee.nonce = value
    record.pointee.isDirty = true
  }

  /// Sets the code to one of `codes`, or to none.
  mutating func setCode(_ index: Int, to code: Int?) {
    let record = accounts[index]
    note(.code, index, record.pointee.codeHash)
    record.pointee.codeHash = code.map { codes[$0].pointee.hash } ?? AccountRecord.emptyCodeHash
    record.pointee.codeIndex = code.map { UInt32(truncatingIfNeeded: $0 &+ 1) } ?? 0
    record.pointee.isDirty = true
    record.pointee.hasNewCode = true
  }

  /// The account takes part in the transaction: it comes to exist, and is removed at the end if it is empty then
  /// and the fork removes such accounts.
  @inline(__always)
  mutating func touch(_ index: Int) {
    let record = accounts[index]
    if record.pointee.touchedIn != transaction {
      note(.touched, index)
      record.pointee.touchedIn = transaction
    }
    if !record.pointee.exists {
      note(.existence, index)
      record.pointee.exists = true
      record.pointee.isDirty = true
    }
  }

  mutating func markCreated(_ index: Int) {
    note(.created, index, UInt256(UInt64(accounts[index].pointee.createdIn)))
    accounts[index].pointee.createdIn = transaction
  }

  mutating func markDestroyed(_ index: Int) {
    if accounts[index].pointee.destroyedIn == transaction { return }
    note(.destroyed, index)
    accounts[index].pointee.destroyedIn = transaction
  }

  /// Moves value between accounts; the caller has made sure that it is there.
  mutating func transfer(_ value: UInt256, from source: Int, to target: Int) {
    if value.isZero { return }
    setBalance(source, to: accounts[source].pointee.balance &- value)
    setBalance(target, to: accounts[target].pointee.balance &+ value)
  }

  /// Makes an account warm; gives whether it was cold.
  @inline(__always)
  mutating func warm(_ index: Int) -> Bool {
    let record = accounts[index]
    if record.pointee.warmIn == transaction { return false }
    note(.accountWarmed, index)
    record.pointee.warmIn = transaction
    return true
  }

  // MARK: Storage

  /// Makes a slot warm; gives whether it was cold.
  @inline(__always)
  mutating func warmSlot(_ index: Int) -> Bool {
    let record = slots[index]
    if record.pointee.warmIn == transaction { return false }
    note(.slotWarmed, index)
    record.pointee.warmIn = transaction
    return true
  }

  /// The value of a slot before the transaction.
  @inline(__always)
  func original(_ index: Int) -> UInt256 {
    let record = slots[index]
    return record.pointee.originalIn == transaction ? record.pointee.original : record.pointee.current
  }

  @inline(__always)
  mutating func store(_ value: UInt256, in index: Int) {
    let record = slots[index]
    note(.storage, index, record.pointee.current)
    if record.pointee.originalIn != transaction {
      record.pointee.original = record.pointee.current
      record.pointee.originalIn = transaction
    }
    record.pointee.current = value
    record.pointee.isDirty = true
  }

  // MARK: Going back

  /// Undoes everything since a checkpoint.
  mutating func revert(to checkpoint: Checkpoint) {
    logs.truncate(to: checkpoint.logs)
    logBytes.truncate(to: checkpoint.logBytes)
    var position = journal.count
    while position > checkpoint.journal {
      position &-= 1
      undo(journal[position].pointee)
    }
    journal.truncate(to: checkpoint.journal)
  }

  private mutating func undo(_ entry: JournalEntry) {
    let index = Int(entry.index)
    switch entry.kind {
    case .balance: accounts[index].pointee.balance = entry.previous
    case .nonce: accounts[index].pointee.nonce = entry.previous.limb0
    case .code:
      accounts[index].pointee.codeHash = entry.previous
      accounts[index].pointee.codeIndex = 0
    case .existence: accounts[index].pointee.exists = false
    case .created: accounts[index].pointee.createdIn = UInt32(truncatingIfNeeded: entry.previous.limb0)
    case .touched:
      accounts[index].pointee.touchedIn = 0
      if accounts[index].pointee.address == UInt256(3) { ripemdTouchedIn = transaction }
    case .destroyed: accounts[index].pointee.destroyedIn = 0
    case .accountWarmed: accounts[index].pointee.warmIn = 0
    case .storage: slots[index].pointee.current = entry.previous
    case .slotWarmed: slots[index].pointee.warmIn = 0
    case .transient: transients[index].pointee.value = entry.previous
    }
  }

  // MARK: Transactions

  /// Ends a transaction: destroyed accounts go, then empty ones that it touched, if the fork removes them.
  mutating func finishTransaction(clearsEmptyAccounts: Bool) {
    var position = 0
    while position < journal.count {
      let entry = journal[position].pointee
      let index = Int(entry.index)
      if entry.kind == .destroyed, accounts[index].pointee.destroyedIn == transaction { remove(index) }
      position &+= 1
    }
    if clearsEmptyAccounts {
      position = 0
      while position < journal.count {
        let entry = journal[position].pointee
        if entry.kind == .touched { removeIfEmpty(Int(entry.index)) }
        position &+= 1
      }
      if ripemdTouchedIn == transaction, let index = knownAccount(UInt256(3)) { removeIfEmpty(index) }
    }
    forgetJournal()
    logs.truncate(to: 0)
    logBytes.truncate(to: 0)
    transaction &+= 1
    // After 2^32 transactions stamps would repeat; hosts make new states long before.
    if transaction == 0 { transaction = 1 }
  }

  /// Makes what was done so far permanent.
  mutating func forgetJournal() { journal.truncate(to: 0) }

  private mutating func removeIfEmpty(_ index: Int) {
    if accounts[index].pointee.exists, accounts[index].pointee.isEmpty { remove(index) }
  }

  private mutating func remove(_ index: Int) {
    let record = accounts[index]
    record.pointee.exists = false
    record.pointee.balance = .zero
    record.pointee.nonce = 0
    record.pointee.codeHash = AccountRecord.emptyCodeHash
    record.pointee.codeIndex = 0
    record.pointee.isDirty = true
    clearStorage(of: index)
  }
}

// Coldness, which the caller pays for before it warms anything. Forks without warm sets charge nothing for it.
extension StateTables {
  @inline(__always)
  func isCold(_ account: Int) -> Bool { accounts[account].pointee.warmIn != transaction }

  @inline(__always)
  func isCold(slot: Int) -> Bool { slots[slot].pointee.warmIn != transaction }
}
