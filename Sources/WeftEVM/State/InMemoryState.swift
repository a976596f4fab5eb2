/// A state that is held in dictionaries: the pre-state of a test, the accounts of a call.
public struct InMemoryState: StateDatabase, Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var nonce: UInt64
    public var balance: UInt256
    public var code: [UInt8] {
      didSet { codeHash = InMemoryState.hash(code) }
    }
    /// keccak-256 of the code, kept: hashing it costs more than many a call.
    public private(set) var codeHash: Hash256
    /// Slots that are not 0.
    public var storage: [UInt256: UInt256]

    public init(
      nonce: UInt64 = 0, balance: UInt256 = .zero, code: [UInt8] = [], storage: [UInt256: UInt256] = [:]
    ) {
      self.nonce = nonce
      self.balance = balance
      self.code = code
      codeHash = InMemoryState.hash(code)
      self.storage = storage.filter { !$0.value.isZero }
    }
  }

  public var accounts: [Address: Entry] = [:]

  public init(_ accounts: [Address: Entry] = [:]) { self.accounts = accounts }

  public func account(at address: Address) -> Account? {
    guard let entry = accounts[address] else { return nil }
    return Account(
      nonce: entry.nonce, balance: entry.balance, codeHash: entry.codeHash,
      hasStorage: entry.storage.contains { !$0.value.isZero })
  }

  public func storage(at address: Address, slot: UInt256) -> UInt256 {
    accounts[address]?.storage[slot] ?? .zero
  }

  public func code(at address: Address, hash: Hash256) -> [UInt8] { accounts[address]?.code ?? [] }

  /// Carries out what transactions have changed.
  public mutating func apply(_ changes: StateChanges) {
    for (address, change) in changes.accounts {
      guard let account = change.account else {
        accounts[address] = nil
        continue
      }
      var entry = accounts[address] ?? Entry()
      if change.storageWasCleared { entry.storage = [:] }
      for (slot, value) in change.storage { entry.storage[slot] = value.isZero ? nil : value }
      entry.nonce = account.nonce
      entry.balance = account.balance
      if account.codeHash == .emptyCode {
        entry.code = []
      } else if let code = changes.codes[account.codeHash] {
        entry.code = code
      }
      accounts[address] = entry
    }
  }

  fileprivate static func hash(_ code: [UInt8]) -> Hash256 {
    code.isEmpty ? .emptyCode : code.withUnsafeBytes { Keccak256.hash($0) }
  }
}
