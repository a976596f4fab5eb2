import WeftEVM

/// Accounts and return data as bytes, for snapshots: an RLP list, so that they can be read back without a trap.
enum StateBytes {
  static func encode(_ state: InMemoryState, returnData: [UInt8]) -> [UInt8] {
    var encoder = RLPEncoder()
    encoder.list { all in
      all.list { accounts in
        for (address, entry) in state.accounts.sorted(by: { $0.key < $1.key }) {
          accounts.list { append(address, entry, to: &$0) }
        }
      }
      all.append(returnData)
    }
    return encoder.bytes
  }

  private static func append(_ address: Address, _ entry: InMemoryState.Entry, to account: inout RLPEncoder) {
    account.append(address)
    account.append(entry.nonce)
    account.append(entry.balance)
    account.append(entry.code)
    account.list { storage in
      for (slot, value) in entry.storage.sorted(by: { $0.key < $1.key }) {
        storage.append(slot)
        storage.append(value)
      }
    }
  }

  /// - Throws: for bytes that `encode` did not make.
  static func decode(_ bytes: [UInt8]) throws(RLPError) -> (state: InMemoryState, returnData: [UInt8]) {
    let parts = try RLPValue(decoding: bytes).items(count: 2)
    var state = InMemoryState()
    for account in try parts[0].items() {
      let fields = try account.items(count: 5)
      var storage: [UInt256: UInt256] = [:]
      let slots = try fields[4].items()
      for index in stride(from: 0, to: slots.count - slots.count % 2, by: 2) {
        storage[try slots[index].number()] = try slots[index + 1].number()
      }
      state.accounts[try fields[0].address()] = InMemoryState.Entry(
        nonce: try fields[1].uint64(), balance: try fields[2].number(), code: try fields[3].bytes(),
        storage: storage)
    }
    return (state, try parts[1].bytes())
  }
}
