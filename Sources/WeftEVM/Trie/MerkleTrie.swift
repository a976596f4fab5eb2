/// A Merkle-Patricia trie: entries that come and go, and their root.
///
/// The entries are kept, not the nodes: a trie's nodes follow from its entries alone, whatever order they came in.
/// The root costs time in proportion to all entries.
public struct MerkleTrie: Sendable, Hashable {
  /// Values by the nibbles that lead to them.
  private var values: [[UInt8]: [UInt8]] = [:]
  /// Keys are hashed first (the secure trie of the state).
  public let isSecure: Bool

  public init(isSecure: Bool = false) { self.isSecure = isSecure }

  public var count: Int { values.count }

  /// Puts a value at a key; an empty value takes the key out, as does `removeValue(forKey:)`.
  public mutating func updateValue(_ value: [UInt8], forKey key: some Sequence<UInt8>) {
    values[path(key)] = value.isEmpty ? nil : value
  }

  public mutating func removeValue(forKey key: some Sequence<UInt8>) { values[path(key)] = nil }

  public func value(forKey key: some Sequence<UInt8>) -> [UInt8]? { values[path(key)] }

  /// The root hash.
  public var root: Hash256 {
    var builder = TrieBuilder()
    for (key, value) in values.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      builder.add(nibbles: key, value: value)
    }
    return builder.finish()
  }

  /// The root of a list's items under their indices: the transactions, receipts or withdrawals of a block.
  public static func root(ofList items: [[UInt8]]) -> Hash256 {
    var trie = MerkleTrie()
    for (index, item) in items.enumerated() {
      var key = RLPEncoder()
      key.append(UInt64(truncatingIfNeeded: index))
      trie.updateValue(item, forKey: key.bytes)
    }
    return trie.root
  }

  private func path(_ key: some Sequence<UInt8>) -> [UInt8] {
    isSecure ? Keccak256.hash(key).nibbles : key.flatMap { [$0 &>> 4, $0 & 15] }
  }
}

extension Hash256 {
  /// The 64 nibbles, the most significant first.
  var nibbles: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
      var word = word
      var index = 64
      while index > 0 {
        index &-= 1
        buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: word.limb0 & 15))
        word = word.shiftedRight(4)
      }
      count = 64
    }
  }
}
