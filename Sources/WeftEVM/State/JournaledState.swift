/// A state that transactions change: a database below, and above it tables of what was read and written.
///
/// One transaction works on it at a time. What a failed frame or an invalid transaction did is undone by a journal;
/// what stays is visible to the next transaction, and `changes()` gives it to the embedder.
public final class JournaledState {
  let tables: UnsafeMutablePointer<StateTables>

  public init(_ database: any StateDatabase) {
    tables = .allocate(capacity: 1)
    tables.initialize(to: StateTables(database: database))
  }

  deinit {
    tables.deinitialize(count: 1)
    tables.deallocate()
  }

  // MARK: Looking

  /// An account as it is now; `nil` where there is none.
  public func account(at address: Address) throws(DatabaseError) -> Account? {
    let index = tables.pointee.account(address.word)
    try check()
    return makeAccount(tables.pointee.accounts[index].pointee)
  }

  /// The value of a slot as it is now.
  public func storage(at address: Address, slot: UInt256) throws(DatabaseError) -> UInt256 {
    let account = tables.pointee.account(address.word)
    let index = tables.pointee.slot(account, slot)
    try check()
    return tables.pointee.slots[index].pointee.current
  }

  /// The code of an account.
  public func code(at address: Address) throws(DatabaseError) -> [UInt8] {
    let account = tables.pointee.account(address.word)
    let index = tables.pointee.code(of: account)
    try check()
    return index.map { Array(tables.pointee.codeBytes($0)) } ?? []
  }

  private func check() throws(DatabaseError) {
    if let failure = tables.pointee.failure { throw failure }
  }

  private func makeAccount(_ record: AccountRecord) -> Account? {
    guard record.exists else { return nil }
    return Account(
      nonce: record.nonce, balance: record.balance, codeHash: Hash256(word: record.codeHash),
      hasStorage: record.hasStorage)
  }

  // MARK: Payments outside of transactions

  /// Adds to a balance; `finishPayments` ends the payments.
  func credit(_ address: Address, with amount: UInt256) throws(DatabaseError) {
    let account = tables.pointee.account(address.word)
    try check()
    tables.pointee.touch(account)
    tables.pointee.setBalance(account, to: tables.pointee.accounts[account].pointee.balance &+ amount)
  }

  /// Removes accounts that are still empty, where the fork does that.
  func finishPayments(clearsEmptyAccounts: Bool) {
    tables.pointee.finishTransaction(clearsEmptyAccounts: clearsEmptyAccounts)
  }

  // MARK: Results

  /// Everything that differs from the database, in one value.
  public func changes() -> StateChanges {
    var changes = StateChanges()
    var owners: [UInt32: Address] = [:]
    let (accounts, slots) = (tables.pointee.accounts.base, tables.pointee.slots.base)
    for index in 0..<tables.pointee.accounts.count {
      let record = accounts[index]
      let address = Address(word: record.address)
      owners[record.storageID] = address
      if record.isDirty {
        changes.accounts[address] = StateChanges.AccountChange(
          account: makeAccount(record), storageWasCleared: record.wasCleared, storage: [:])
      }
      if record.hasNewCode, record.exists, record.hasCode,
        let code = tables.pointee.codeIndex(record.codeHash)
      {
        changes.codes[Hash256(word: record.codeHash)] = Array(tables.pointee.codeBytes(code))
      }
    }
    for index in 0..<tables.pointee.slots.count where slots[index].isDirty {
      guard let address = owners[slots[index].owner] else { continue }
      if changes.accounts[address] == nil {
        let record = accounts[tables.pointee.account(address.word)]
        changes.accounts[address] = StateChanges.AccountChange(
          account: makeAccount(record), storageWasCleared: record.wasCleared, storage: [:])
      }
      changes.accounts[address]?.storage[slots[index].key] = slots[index].current
    }
    return changes
  }
}
