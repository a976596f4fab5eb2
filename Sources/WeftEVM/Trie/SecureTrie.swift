/// The root of a secure trie: one whose keys are hashes.
public enum SecureTrie {
  /// An entry under the hash of its key.
  public struct Entry: Sendable {
    public var key: Hash256
    /// Encoded, not empty.
    public var value: [UInt8]

    public init(key: Hash256, value: [UInt8]) {
      self.key = key
      self.value = value
    }
  }

  /// The root of some entries in any order; of several under one key, the last counts.
  public static func root(of entries: [Entry]) -> Hash256 {
    var builder = TrieBuilder()
    // A stable order, in which the last of equal keys stays the last.
    for entry in entries.sorted(by: { $0.key < $1.key }) {
      builder.add(nibbles: entry.key.nibbles, value: entry.value)
    }
    return builder.finish()
  }

  /// The root of an account's storage: `keccak(slot) → rlp(value)`. Slots that are 0 are absent.
  public static func storageRoot(_ storage: some Sequence<(key: UInt256, value: UInt256)>) -> Hash256 {
    var entries: [Entry] = []
    for (slot, value) in storage where !value.isZero {
      var encoder = RLPEncoder()
      encoder.append(value)
      entries.append(Entry(key: slot.keccak, value: encoder.bytes))
    }
    return root(of: entries)
  }

  /// An account as the state's trie holds it: `keccak(address) → rlp[nonce, balance, storage root, code hash]`.
  public static func entry(
    _ address: Address, nonce: UInt64, balance: UInt256, storageRoot: Hash256, codeHash: Hash256
  ) -> Entry {
    var encoder = RLPEncoder()
    encoder.list { account in
      account.append(nonce)
      account.append(balance)
      account.append(storageRoot)
      account.append(codeHash)
    }
    return Entry(key: Keccak256.hash(address.bytes), value: encoder.bytes)
  }
}

extension UInt256 {
  /// keccak-256 of the 32 big-endian bytes.
  var keccak: Hash256 {
    withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { bytes in
      if let base = bytes.baseAddress { storeBigEndian(to: base) }
      return Keccak256.hash(UnsafeRawBufferPointer(bytes))
    }
  }
}
