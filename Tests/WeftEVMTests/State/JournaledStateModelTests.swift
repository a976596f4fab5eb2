import Testing

@testable import WeftEVM

/// Random changes, checkpoints, reverts and transactions on the journaled state and on the naive one.
@Suite("Journaled state against a state that is copied at every checkpoint")
struct JournaledStateModelTests {
  #if DEBUG
    static let steps = 600
  #else
    static let steps = 20_000
  #endif

  @Test("They agree after every step, and on what has changed in the end", arguments: 0..<16 as Range<UInt64>)
  func random(_ seed: UInt64) throws {
    var walk = StateWalk(seed: seed)
    for step in 0..<Self.steps {
      let name = walk.step()
      if let difference = walk.difference {
        Issue.record("seed \(seed), step \(step), \(name): \(difference)")
        return
      }
    }
    walk.finishTransaction()
    var result = walk.database
    result.apply(walk.state.changes())
    let found = result.accounts.mapValues {
      NaiveState.Entry(nonce: $0.nonce, balance: $0.balance, code: $0.code, storage: $0.storage)
    }
    #expect(found == walk.model.accounts, "seed \(seed)")
    #expect(walk.reverts > Self.steps / 100 && walk.transactions > Self.steps / 300)
  }
}

/// Applies the same steps to both.
struct StateWalk {
  private static let codes: [[UInt8]] = [[], [0x00], [0x5f, 0x5f], [0xef, 0x01, 0x00]]

  let database: InMemoryState
  let state: JournaledState
  private(set) var model = NaiveState()
  private var random: SplitMix
  private let addresses: [Address]
  /// Places to come back to, with the model of then.
  private var checkpoints: [(StateTables.Checkpoint, NaiveState)] = []
  /// Touched in a frame that failed: of all accounts 0x03 alone stays touched.
  private var survivors: Set<Address> = []
  private(set) var reverts = 0
  private(set) var transactions = 0

  init(seed: UInt64) {
    random = SplitMix(state: seed)
    addresses = (1...6).map { Address(word: UInt256(UInt64($0))) }
    var entries: [Address: InMemoryState.Entry] = [:]
    for (index, address) in addresses.enumerated().dropLast(2) {
      entries[address] = .init(
        nonce: UInt64(index), balance: UInt256(UInt64(100 * index)), code: Self.codes[index % 3],
        storage: index % 2 == 0 ? [UInt256(1): UInt256(7), UInt256(2): .max] : [:])
    }
    database = InMemoryState(entries)
    state = JournaledState(database)
    model.accounts = entries.mapValues {
      NaiveState.Entry(nonce: $0.nonce, balance: $0.balance, code: $0.code, storage: $0.storage)
    }
  }

  private var tables: UnsafeMutablePointer<StateTables> { state.tables }

  private mutating func number(_ bound: UInt64) -> UInt64 { random.next() % bound }

  mutating func step() -> String {
    let address = addresses[Int(number(UInt64(addresses.count)))]
    let account = tables.pointee.account(address.word)
    let key = NaiveState.SlotKey(address: address, slot: UInt256(number(4)))
    let value = [UInt256.zero, .one, UInt256(7), .max][Int(number(4))]
    switch number(24) {
    case 0:
      touch(address, account)
      tables.pointee.setBalance(account, to: value)
      model.accounts[address]?.balance = value
      return "balance"
    case 1:
      touch(address, account)
      let nonce = number(3)
      tables.pointee.setNonce(account, to: nonce)
      model.accounts[address]?.nonce = nonce
      return "nonce"
    case 2:
      touch(address, account)
      let code = Self.codes[Int(number(UInt64(Self.codes.count)))]
      let index = code.withUnsafeBytes { tables.pointee.addCode($0, hash: Keccak256.hash($0).word) }
      tables.pointee.setCode(account, to: code.isEmpty ? nil : index)
      model.accounts[address]?.code = code
      return "code"
    case 3:
      touch(address, account)
      return "touch"
    case 4:
      tables.pointee.markCreated(account)
      model.created.insert(address)
      return "created"
    case 5:
      // Rare, or there would be no accounts.
      guard number(4) == 0 else { return "nothing" }
      touch(address, account)
      tables.pointee.markDestroyed(account)
      model.destroyed.insert(address)
      return "destroyed"
    case 6: return transfer(address, account)
    case 7, 8:
      let wasCold = tables.pointee.warm(account)
      return model.warmAccounts.insert(address).inserted == wasCold ? "warm" : "warm: WRONG RESULT"
    case 9, 10:
      let wasCold = tables.pointee.warmSlot(tables.pointee.slot(account, key.slot))
      return model.warmSlots.insert(key).inserted == wasCold ? "warm slot" : "warm slot: WRONG RESULT"
    case 11...14:
      touch(address, account)
      tables.pointee.store(value, in: tables.pointee.slot(account, key.slot))
      model.store(value, key)
      return "store"
    case 15, 16:
      tables.pointee.setTransient(account, key.slot, to: value)
      model.transients[key] = value
      return "transient"
    case 17:
      appendLog(address)
      return "log"
    case 18, 19, 20:
      checkpoints.append((tables.pointee.checkpoint, model))
      return "checkpoint"
    case 21:
      _ = checkpoints.popLast()
      return "commit"
    case 22:
      guard let (checkpoint, before) = checkpoints.popLast() else { return "nothing" }
      if model.touched.contains(addresses[2]), !before.touched.contains(addresses[2]) {
        survivors.insert(addresses[2])
      }
      tables.pointee.revert(to: checkpoint)
      model = before
      reverts += 1
      return "revert"
    default:
      guard number(3) == 0 else { return "nothing" }
      finishTransaction()
      return "end of a transaction"
    }
  }

  private mutating func touch(_ address: Address, _ account: Int) {
    tables.pointee.touch(account)
    model.touch(address)
  }

  private mutating func transfer(_ source: Address, _ account: Int) -> String {
    let target = addresses[Int(number(UInt64(addresses.count)))]
    let targetAccount = tables.pointee.account(target.word)
    touch(source, account)
    touch(target, targetAccount)
    let amount = UInt256(number(50))
    guard let entry = model.accounts[source], entry.balance >= amount else { return "nothing" }
    tables.pointee.transfer(amount, from: account, to: targetAccount)
    model.accounts[source]?.balance &-= amount
    model.accounts[target]?.balance &+= amount
    return "transfer"
  }

  private mutating func appendLog(_ address: Address) {
    let data = [UInt8](repeating: UInt8(number(256)), count: Int(number(5)))
    let offset = data.withUnsafeBytes { tables.pointee.logBytes.append($0) }
    tables.pointee.logs.append(
      LogRecord(
        address: address.word, topic0: .one, topic1: .zero, topic2: .zero, topic3: .zero, topicCount: 1,
        dataOffset: offset, dataCount: data.count))
    model.logs.append(Log(address: address, topics: [Hash256(word: .one)], data: data))
  }

  mutating func finishTransaction() {
    let clears = number(2) == 0
    checkpoints = []
    tables.pointee.finishTransaction(clearsEmptyAccounts: clears)
    model.finish(clearsEmptyAccounts: clears, survivors: survivors)
    survivors = []
    transactions += 1
  }

  /// Where the two differ; `nil` where they do not.
  var difference: String? {
    for address in addresses {
      let account = tables.pointee.account(address.word)
      let record = tables.pointee.accounts[account].pointee
      let entry = model.accounts[address]
      if record.exists != (entry != nil) { return "existence of \(address): \(record.exists)" }
      if let entry {
        let code = tables.pointee.code(of: account).map { Array(tables.pointee.codeBytes($0)) } ?? []
        if record.balance != entry.balance || record.nonce != entry.nonce || code != entry.code {
          return "\(address): \(record), expected \(entry)"
        }
      }
      if tables.pointee.isCold(account) == model.warmAccounts.contains(address) {
        return "warmth of \(address)"
      }
      let transaction = tables.pointee.transaction
      if (record.createdIn == transaction) != model.created.contains(address) { return "created \(address)" }
      if (record.destroyedIn == transaction) != model.destroyed.contains(address) {
        return "destroyed \(address)"
      }
      for number in 0..<4 as Range<UInt64> {
        let key = NaiveState.SlotKey(address: address, slot: UInt256(number))
        let slot = tables.pointee.slot(account, key.slot)
        if tables.pointee.slots[slot].pointee.current != model.value(key) {
          return "slot \(number) of \(address)"
        }
        if tables.pointee.original(slot) != model.originals[key] ?? model.value(key) {
          return "original of slot \(number) of \(address)"
        }
        if tables.pointee.isCold(slot: slot) == model.warmSlots.contains(key) {
          return "warmth of slot \(number) of \(address)"
        }
        if tables.pointee.transient(account, key.slot) != model.transients[key] ?? .zero {
          return "transient slot \(number) of \(address)"
        }
      }
    }
    return tables.pointee.takeLogs() == model.logs ? nil : "logs"
  }
}
