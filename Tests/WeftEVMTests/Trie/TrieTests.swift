import Testing

@testable import WeftEVM

@Suite struct TrieTests {
  /// The trie by its definition (Yellow Paper, appendix D): top down over the set of entries, encoded with the
  /// public encoder.
  private enum Definition {
    typealias Entry = (key: [UInt8], value: [UInt8])

    static func root(_ entries: [Entry]) -> Hash256 {
      entries.isEmpty ? .emptyTrie : Keccak256.hash(node(entries, 0))
    }

    private static func node(_ entries: [Entry], _ depth: Int) -> [UInt8] {
      var encoder = RLPEncoder()
      if entries.count == 1 {
        encoder.list {
          $0.append(path(entries[0].key.dropFirst(depth), 2))
          $0.append(entries[0].value)
        }
        return encoder.bytes
      }
      var shared = depth
      while entries.allSatisfy({ shared < $0.key.count && $0.key[shared] == entries[0].key[shared] }) {
        shared += 1
      }
      encoder.list { list in
        if shared > depth {
          list.append(path(entries[0].key[depth..<shared], 0))
          list.appendEncoded(reference(entries, shared))
          return
        }
        for nibble in 0..<16 as Range<UInt8> {
          let below = entries.filter { $0.key.count > depth && $0.key[depth] == nibble }
          list.appendEncoded(below.isEmpty ? [0x80] : reference(below, depth + 1))
        }
        list.append(entries.first { $0.key.count == depth }?.value ?? [])
      }
      return encoder.bytes
    }

    private static func reference(_ entries: [Entry], _ depth: Int) -> [UInt8] {
      let bytes = node(entries, depth)
      return bytes.count < 32 ? bytes : [0xa0] + Keccak256.hash(bytes).bytes
    }

    private static func path(_ nibbles: ArraySlice<UInt8>, _ flag: UInt8) -> [UInt8] {
      let isOdd = nibbles.count % 2 == 1
      let all = (isOdd ? [flag + 1] : [flag, 0]) + nibbles
      return stride(from: 0, to: all.count, by: 2).map { all[$0] << 4 | all[$0 + 1] }
    }
  }

  @Test func withoutEntriesTheRootIsThatOfTheEmptyString() {
    #expect(MerkleTrie().root == .emptyTrie)
    #expect(SecureTrie.root(of: []) == .emptyTrie)
    #expect(SecureTrie.storageRoot([5: 0]) == .emptyTrie)
  }

  @Test(arguments: [1, 2, 3, 10, 100, 400], [1, 2, 4, 40])
  func rootsAreThoseOfTheDefinition(count: Int, keyLimit: UInt64) {
    var generator = UInt256Tests.SplitMix(state: UInt64(count) * 100 + keyLimit)
    for round in 0..<8 {
      var trie = MerkleTrie()
      var entries: [[UInt8]: [UInt8]] = [:]
      for _ in 0..<count {
        // Few different bytes, so that keys share beginnings and are prefixes of others.
        let key = (0..<Int(generator.next() % keyLimit + 1)).map { _ in
          UInt8([0x00, 0x01, 0x10, 0x11, 0xf7][Int(generator.next() % 5)])
        }
        let value = [UInt8](repeating: UInt8(generator.next() % 256), count: Int(generator.next() % 40 + 1))
        trie.updateValue(value, forKey: key)
        entries[key] = value
        if round % 2 == 1, generator.next() % 3 == 0,
          let gone = entries.keys.sorted(by: { $0.count < $1.count }).first
        {
          trie.removeValue(forKey: gone)
          entries[gone] = nil
        }
      }
      let expected = Definition.root(
        entries.map { (key: $0.key.flatMap { [$0 >> 4, $0 & 15] }, value: $0.value) })
      #expect(trie.root == expected)
      #expect(trie.count == entries.count)
    }
  }

  @Test func statesHaveTheRootsOfTheDefinition() {
    var generator = UInt256Tests.SplitMix(state: 77)
    var accounts: [Address: InMemoryState.Entry] = [:]
    var entries: [Definition.Entry] = []
    for _ in 0..<60 {
      let address = Address(word: UInt256(generator.next()))
      var storage: [UInt256: UInt256] = [:]
      for _ in 0..<generator.next() % 40 {
        storage[UInt256(generator.next() % 60)] = UInt256(generator.next() >> (generator.next() % 64))
      }
      let entry = InMemoryState.Entry(
        nonce: generator.next() % 300, balance: UInt256(generator.next()),
        code: generator.next() % 2 == 0 ? [] : [1],
        storage: storage)
      accounts[address] = entry
      let slots = entry.storage.map { slot, value -> Definition.Entry in
        var encoder = RLPEncoder()
        encoder.append(value)
        return (Keccak256.hash(slot.bigEndianBytes).nibbles, encoder.bytes)
      }
      var encoder = RLPEncoder()
      encoder.list {
        $0.append(entry.nonce)
        $0.append(entry.balance)
        $0.append(Definition.root(slots))
        $0.append(Keccak256.hash(entry.code))
      }
      entries.append((Keccak256.hash(address.bytes).nibbles, encoder.bytes))
    }
    #expect(StateRoot.root(of: InMemoryState(accounts)) == Definition.root(entries))
  }

  @Test func ofEqualKeysTheLastCounts() {
    let key = Hash256(word: 7)
    let first = SecureTrie.Entry(key: key, value: [1])
    let second = SecureTrie.Entry(key: key, value: [2])
    #expect(SecureTrie.root(of: [first, second]) == SecureTrie.root(of: [second]))
    #expect(SecureTrie.root(of: [first, second]) != SecureTrie.root(of: [first]))
  }
}
