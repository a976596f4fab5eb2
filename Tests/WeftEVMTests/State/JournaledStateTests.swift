import Testing

@testable import WeftEVM

@Suite("Journaled state")
struct JournaledStateTests {
  private static let address = Address(word: UInt256(0xa1))

  private func state() -> JournaledState {
    JournaledState(
      InMemoryState([
        Self.address: .init(nonce: 3, balance: UInt256(100), code: [1, 2], storage: [.one: UInt256(9)])
      ]))
  }

  /// One entry of every kind.
  private static func change(_ kind: JournalEntry.Kind, _ tables: inout StateTables, _ account: Int) {
    switch kind {
    case .balance: tables.setBalance(account, to: .max)
    case .nonce: tables.setNonce(account, to: 77)
    case .code: tables.setCode(account, to: nil)
    case .existence: tables.touch(tables.account(UInt256(0xbb)))
    case .created: tables.markCreated(account)
    case .touched: tables.touch(account)
    case .destroyed: tables.markDestroyed(account)
    case .accountWarmed: _ = tables.warm(account)
    case .storage: tables.store(UInt256(5), in: tables.slot(account, .one))
    case .slotWarmed: _ = tables.warmSlot(tables.slot(account, .one))
    case .transient: tables.setTransient(account, .one, to: UInt256(5))
    }
  }

  /// What the tables say of an account, with the slot that the changes concern.
  private func view(_ tables: inout StateTables, _ account: Int) -> [UInt256] {
    let record = tables.accounts[account].pointee
    let slot = tables.slot(account, .one)
    let other = tables.account(UInt256(0xbb))
    let numbers = [
      record.nonce, UInt64(record.warmIn), UInt64(record.createdIn), UInt64(record.touchedIn),
      UInt64(record.destroyedIn), record.exists ? 1 : 0, UInt64(tables.slots[slot].pointee.warmIn),
      tables.accounts[other].pointee.exists ? 1 : 0,
    ]
    return [
      record.balance, record.codeHash, tables.slots[slot].pointee.current, tables.transient(account, .one),
    ]
      + numbers.map { UInt256($0) }
  }

  @Test(
    "Going back to a checkpoint undoes each kind of change",
    arguments: [
      .balance, .nonce, .code, .existence, .created, .touched, .destroyed, .accountWarmed, .storage,
      .slotWarmed,
      .transient,
    ] as [JournalEntry.Kind])
  func entries(_ kind: JournalEntry.Kind) {
    let state = state()
    let account = state.tables.pointee.account(Self.address.word)
    let before = view(&state.tables.pointee, account)
    let checkpoint = state.tables.pointee.checkpoint
    Self.change(kind, &state.tables.pointee, account)
    #expect(view(&state.tables.pointee, account) != before)
    state.tables.pointee.revert(to: checkpoint)
    #expect(view(&state.tables.pointee, account) == before)
    #expect(state.tables.pointee.journal.count == 0)
  }

  @Test("Code that was replaced is there again after a revert")
  func codeComesBack() throws {
    let state = state()
    let account = state.tables.pointee.account(Self.address.word)
    let checkpoint = state.tables.pointee.checkpoint
    let code: [UInt8] = [7, 7, 7]
    let index = code.withUnsafeBytes {
      state.tables.pointee.addCode($0, hash: Keccak256.hash($0).word)
    }
    state.tables.pointee.setCode(account, to: index)
    #expect(try state.code(at: Self.address) == code)
    state.tables.pointee.revert(to: checkpoint)
    #expect(try state.code(at: Self.address) == [1, 2])
  }

  @Test("Warm sets and transient storage end with the transaction, changes stay")
  func transactions() throws {
    let state = state()
    let account = state.tables.pointee.account(Self.address.word)
    let slot = state.tables.pointee.slot(account, .one)
    _ = state.tables.pointee.warm(account)
    _ = state.tables.pointee.warmSlot(slot)
    state.tables.pointee.setTransient(account, .one, to: .max)
    state.tables.pointee.store(UInt256(5), in: slot)
    #expect(state.tables.pointee.original(slot) == UInt256(9))
    state.tables.pointee.finishTransaction(clearsEmptyAccounts: true)
    #expect(state.tables.pointee.isCold(account) && state.tables.pointee.isCold(slot: slot))
    #expect(state.tables.pointee.transient(account, .one) == .zero)
    #expect(state.tables.pointee.original(slot) == UInt256(5))
    #expect(try state.storage(at: Self.address, slot: .one) == UInt256(5))
  }

  @Test("Empty accounts that were touched go, storage or not; others stay")
  func emptyAccounts() throws {
    let (empty, idle) = (Address(word: UInt256(0xe1)), Address(word: UInt256(0xe2)))
    let state = JournaledState(
      InMemoryState([empty: .init(storage: [.one: .one]), idle: .init(storage: [.one: .one])]))
    state.tables.pointee.touch(state.tables.pointee.account(empty.word))
    _ = state.tables.pointee.account(idle.word)
    state.tables.pointee.finishTransaction(clearsEmptyAccounts: false)
    #expect(try state.account(at: empty) != nil)
    state.tables.pointee.touch(state.tables.pointee.account(empty.word))
    state.tables.pointee.finishTransaction(clearsEmptyAccounts: true)
    #expect(try state.account(at: empty) == nil)
    #expect(try state.account(at: idle) != nil)
    #expect(try state.storage(at: empty, slot: .one) == .zero)
    let changes = state.changes()
    #expect(changes.accounts[empty].map { $0.account == nil } == true && changes.accounts[idle] == nil)
  }

  @Test("The touch of 0x03 survives a failing frame, no other does", arguments: [3, 4] as [UInt64])
  func ripemdQuirk(_ number: UInt64) throws {
    let address = Address(word: UInt256(number))
    let state = JournaledState(InMemoryState([address: .init()]))
    let checkpoint = state.tables.pointee.checkpoint
    state.tables.pointee.touch(state.tables.pointee.account(address.word))
    state.tables.pointee.revert(to: checkpoint)
    state.tables.pointee.finishTransaction(clearsEmptyAccounts: true)
    #expect(try (state.account(at: address) == nil) == (number == 3))
  }

  @Test("A destroyed account keeps code and storage to the end, and nothing afterwards")
  func destruction() throws {
    let state = state()
    let account = state.tables.pointee.account(Self.address.word)
    state.tables.pointee.markDestroyed(account)
    #expect(try state.code(at: Self.address) == [1, 2])
    #expect(try state.storage(at: Self.address, slot: .one) == UInt256(9))
    state.tables.pointee.finishTransaction(clearsEmptyAccounts: true)
    #expect(try state.account(at: Self.address) == nil)
    #expect(try state.code(at: Self.address) == [])
    #expect(try state.storage(at: Self.address, slot: .one) == .zero)
    var after = InMemoryState([Self.address: .init(code: [1, 2], storage: [.one: UInt256(9)])])
    after.apply(state.changes())
    #expect(after.accounts.isEmpty)
  }

  @Test("Logs and their bytes end with a frame that failed")
  func logs() {
    let state = state()
    func append(_ byte: UInt8) {
      let offset = [byte].withUnsafeBytes { state.tables.pointee.logBytes.append($0) }
      state.tables.pointee.logs.append(
        LogRecord(
          address: Self.address.word, topic0: .zero, topic1: .zero, topic2: .zero, topic3: .zero,
          topicCount: 0,
          dataOffset: offset, dataCount: 1))
    }
    append(1)
    let checkpoint = state.tables.pointee.checkpoint
    append(2)
    state.tables.pointee.revert(to: checkpoint)
    append(3)
    #expect(state.tables.pointee.takeLogs().map(\.data) == [[1], [3]])
  }

  @Test("Changes name what was written, against a database that stays as it is")
  func changes() {
    let state = state()
    let account = state.tables.pointee.account(Self.address.word)
    #expect(state.changes() == StateChanges())
    state.tables.pointee.store(.zero, in: state.tables.pointee.slot(account, .one))
    let changes = state.changes()
    #expect(changes.accounts.count == 1 && changes.codes.isEmpty)
    #expect(changes.accounts[Self.address]?.storage == [.one: .zero])
    #expect(changes.accounts[Self.address]?.storageWasCleared == false)
  }
}
