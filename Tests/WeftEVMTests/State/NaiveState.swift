@testable import WeftEVM

/// What `JournaledState` does, the simple way: all of the state is copied at every checkpoint.
struct NaiveState: Equatable {
  struct Entry: Equatable {
    var nonce: UInt64 = 0
    var balance = UInt256.zero
    var code: [UInt8] = []
    var storage: [UInt256: UInt256] = [:]

    var isEmpty: Bool { nonce == 0 && balance.isZero && code.isEmpty }
  }

  struct SlotKey: Hashable {
    var address: Address
    var slot: UInt256
  }

  var accounts: [Address: Entry] = [:]
  /// Storage before the transaction, of slots that it has written.
  var originals: [SlotKey: UInt256] = [:]
  var transients: [SlotKey: UInt256] = [:]
  var warmAccounts: Set<Address> = []
  var warmSlots: Set<SlotKey> = []
  var touched: Set<Address> = []
  var created: Set<Address> = []
  var destroyed: Set<Address> = []
  var logs: [Log] = []

  func value(_ key: SlotKey) -> UInt256 { accounts[key.address]?.storage[key.slot] ?? .zero }

  mutating func store(_ value: UInt256, _ key: SlotKey) {
    if originals[key] == nil { originals[key] = self.value(key) }
    accounts[key.address, default: Entry()].storage[key.slot] = value.isZero ? nil : value
  }

  mutating func touch(_ address: Address) {
    touched.insert(address)
    if accounts[address] == nil { accounts[address] = Entry() }
  }

  /// The end of a transaction. `survivors` were touched by frames that failed, and count nevertheless.
  mutating func finish(clearsEmptyAccounts: Bool, survivors: Set<Address>) {
    for address in destroyed { accounts[address] = nil }
    if clearsEmptyAccounts {
      for address in touched.union(survivors) where accounts[address]?.isEmpty == true {
        accounts[address] = nil
      }
    }
    self = NaiveState(accounts: accounts)
  }
}
