import Glibc

/// The tables of a state: what handlers work on. Records are found once and then used by their index.
///
/// Nothing is cleared between transactions: what holds for one transaction only carries its number.
struct StateTables: ~Copyable {
  let database: any StateDatabase
  var accounts = Pool<AccountRecord>(capacity: 64)
  var slots = Pool<SlotRecord>(capacity: 256)
  var transients = Pool<TransientRecord>(capacity: 16)
  var codes = Pool<CodeRecord>(capacity: 32)
  var journal = Pool<JournalEntry>(capacity: 256)
  var logs = Pool<LogRecord>(capacity: 16)
  var logBytes = ByteBuffer()
  private var accountTable = IndexTable(capacity: 128)
  private var slotTable = IndexTable(capacity: 512)
  private var transientTable = IndexTable(capacity: 16)
  private var codeTable = IndexTable(capacity: 64)
  private let seed = HashSeed.shared
  private var lastStorageID: UInt32 = 0
  /// Number of the transaction that runs; 0 is none.
  var transaction: UInt32 = 1
  /// The RIPEMD-160 contract was touched by a frame that failed: the one touch that survives (EIP-161's exception).
  var ripemdTouchedIn: UInt32 = 0
  /// The contracts that are warm in the transaction from the beginning. Those that nobody asks for are never loaded.
  private var warmContracts: PrecompileTable?
  /// Accounts at addresses that such contracts may have.
  private var lowAccounts = Pool<UInt32>(capacity: 16)
  /// The first failure of the database. Whoever runs code looks at it before it believes a result.
  var failure: DatabaseError?

  init(database: any StateDatabase) { self.database = database }

  deinit {
    for index in 0..<codes.count { free(codes[index].pointee.bytes) }
  }

  /// Whether memory ran out for some table: results cannot be believed.
  var isExhausted: Bool {
    let pools = accounts.isExhausted || slots.isExhausted || transients.isExhausted || codes.isExhausted
    let tables =
      accountTable.isExhausted || slotTable.isExhausted || transientTable.isExhausted || codeTable.isExhausted
    return pools || tables || lowAccounts.isExhausted || journal.isExhausted || logs.isExhausted
      || logBytes.isExhausted
  }

  // MARK: Accounts

  /// The index of the account at an address, which is a word with zero upper bits.
  @inline(__always)
  mutating func account(_ address: UInt256) -> Int {
    let hash = seed.hash(address)
    let records = accounts.base
    if let index = accountTable.find(hash, { records[$0].address == address }) { return index }
    return load(address, hash)
  }

  /// The index of an account that is known already.
  func knownAccount(_ address: UInt256) -> Int? {
    accountTable.find(seed.hash(address)) { accounts[$0].pointee.address == address }
  }

  @inline(never)
  private mutating func load(_ address: UInt256, _ hash: UInt64) -> Int {
    var found: Account?
    do throws(DatabaseError) {
      found = try database.account(at: Address(word: address))
    } catch { failure = failure ?? error }
    lastStorageID &+= 1
    let index = accounts.append(
      AccountRecord(
        address: address, balance: found?.balance ?? .zero,
        codeHash: found.map { $0.codeHash.word } ?? AccountRecord.emptyCodeHash, nonce: found?.nonce ?? 0,
        storageID: lastStorageID, exists: found != nil, isBacked: found != nil,
        hasStorage: found?.hasStorage ?? false))
    let (records, seed) = (accounts.base, seed)
    accountTable.insert(index, hash: hash) { seed.hash(records[$0].address) }
    if address.fitsInUInt64 {
      lowAccounts.append(UInt32(truncatingIfNeeded: index))
      warmIfContract(index)
    }
    return index
  }

  /// Makes precompiled contracts warm for the transaction that begins.
  mutating func warm(contracts: PrecompileTable) {
    warmContracts = contracts
    var position = 0
    while position < lowAccounts.count {
      warmIfContract(Int(lowAccounts[position].pointee))
      position &+= 1
    }
  }

  /// No frame undoes this, as it would be so from the beginning.
  private func warmIfContract(_ index: Int) {
    guard let warmContracts, warmContracts.contains(accounts[index].pointee.address) else { return }
    accounts[index].pointee.warmIn = transaction
  }

  /// Gives an account empty storage that the database knows nothing of.
  mutating func clearStorage(of index: Int) {
    lastStorageID &+= 1
    let record = accounts[index]
    record.pointee.storageID = lastStorageID
    record.pointee.wasCleared = record.pointee.wasCleared || record.pointee.isBacked
    record.pointee.isBacked = false
    record.pointee.hasStorage = false
  }

  // MARK: Storage

  /// The index of a slot.
  @inline(__always)
  mutating func slot(_ account: Int, _ key: UInt256) -> Int {
    let owner = accounts[account].pointee.storageID
    let hash = seed.hash(key, owner)
    let records = slots.base
    if let index = slotTable.find(hash, { records[$0].key == key && records[$0].owner == owner }) {
      return index
    }
    return load(account, key, owner, hash)
  }

  @inline(never)
  private mutating func load(_ account: Int, _ key: UInt256, _ owner: UInt32, _ hash: UInt64) -> Int {
    var value = UInt256.zero
    if accounts[account].pointee.isBacked {
      do throws(DatabaseError) {
        value = try database.storage(at: Address(word: accounts[account].pointee.address), slot: key)
      } catch { failure = failure ?? error }
    }
    let index = slots.append(SlotRecord(key: key, current: value, original: value, owner: owner))
    let (records, seed) = (slots.base, seed)
    slotTable.insert(index, hash: hash) { seed.hash(records[$0].key, records[$0].owner) }
    return index
  }

  // MARK: Transient storage

  /// The value of a transient slot.
  func transient(_ account: Int, _ key: UInt256) -> UInt256 {
    guard let index = transientIndex(account, key) else { return .zero }
    let record = transients[index].pointee
    return record.writtenIn == transaction ? record.value : .zero
  }

  mutating func setTransient(_ account: Int, _ key: UInt256, to value: UInt256) {
    var index = transientIndex(account, key) ?? -1
    if index < 0 {
      let owner = UInt32(truncatingIfNeeded: account)
      index = transients.append(TransientRecord(key: key, value: .zero, account: owner, writtenIn: 0))
      let (records, seed) = (transients.base, seed)
      transientTable.insert(index, hash: seed.hash(key, owner)) {
        seed.hash(records[$0].key, records[$0].account)
      }
    }
    let record = transients[index]
    let previous = record.pointee.writtenIn == transaction ? record.pointee.value : .zero
    note(.transient, index, previous)
    record.pointee.value = value
    record.pointee.writtenIn = transaction
  }

  @inline(__always)
  private func transientIndex(_ account: Int, _ key: UInt256) -> Int? {
    let owner = UInt32(truncatingIfNeeded: account)
    let records = transients.base
    return transientTable.find(seed.hash(key, owner)) {
      records[$0].key == key && records[$0].account == owner
    }
  }

  // MARK: Code

  /// The index of an account's code among `codes`; `nil` where it has none or the database fails.
  @inline(__always)
  mutating func code(of account: Int) -> Int? {
    let record = accounts[account]
    if !record.pointee.hasCode { return nil }
    if record.pointee.codeIndex != 0 { return Int(record.pointee.codeIndex) &- 1 }
    return loadCode(account)
  }

  @inline(never)
  private mutating func loadCode(_ account: Int) -> Int? {
    let hash = accounts[account].pointee.codeHash
    var index = codeIndex(hash) ?? -1
    if index < 0 {
      do throws(DatabaseError) {
        let address = Address(word: accounts[account].pointee.address)
        let bytes = try database.code(at: address, hash: Hash256(word: hash))
        index = bytes.withUnsafeBytes { addCode($0, hash: hash) }
      } catch {
        failure = failure ?? error
        return nil
      }
    }
    accounts[account].pointee.codeIndex = UInt32(truncatingIfNeeded: index &+ 1)
    return index
  }

  func codeIndex(_ hash: UInt256) -> Int? {
    let records = codes.base
    return codeTable.find(seed.hash(hash)) { records[$0].hash == hash }
  }

  /// Keeps a copy of code and gives its index.
  mutating func addCode(_ bytes: UnsafeRawBufferPointer, hash: UInt256) -> Int {
    if let index = codeIndex(hash) { return index }
    let copy = malloc(max(bytes.count, 1))
    if let copy, let source = bytes.baseAddress {
      memcpy(copy, source, bytes.count)
    } else if copy == nil {
      failure = failure ?? DatabaseError("no memory for \(bytes.count) bytes of code")
    }
    let index = codes.append(
      CodeRecord(hash: hash, bytes: copy, count: copy == nil ? 0 : bytes.count))
    let (records, seed) = (codes.base, seed)
    codeTable.insert(index, hash: seed.hash(hash)) { seed.hash(records[$0].hash) }
    return index
  }

  /// The bytes of a code.
  @inline(__always)
  func codeBytes(_ index: Int) -> UnsafeRawBufferPointer {
    let record = codes[index].pointee
    return UnsafeRawBufferPointer(start: record.bytes, count: record.count)
  }

  @inline(__always)
  mutating func note(_ kind: JournalEntry.Kind, _ index: Int, _ previous: UInt256 = .zero) {
    journal.append(
      JournalEntry(kind: kind, index: UInt32(truncatingIfNeeded: index), previous: previous))
  }
}
