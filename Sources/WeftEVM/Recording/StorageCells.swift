import WeftMemory

/// The storage slots that a recorded run has used, each with a word in the record, in the order of first use.
struct StorageCells {
  struct Key: Hashable {
    /// The account's address.
    var account: UInt256
    var slot: UInt256
    var isTransient: Bool
  }

  private(set) var keys: [Key] = []
  private var indices: [Key: Int] = [:]

  /// The word of a slot, which holds `value` where it is used for the first time.
  /// - Throws: `layoutLimitReached`.
  mutating func address(
    _ key: Key, initially value: UInt256, in memory: inout MemoryController
  ) throws(MemoryError) -> MemoryAddress {
    if let index = indices[key] { return RecordedLayout.storage(index) }
    guard keys.count < RecordedLayout.storageLimit else {
      throw .layoutLimitReached(of: "storage slots", limit: RecordedLayout.storageLimit)
    }
    let address = RecordedLayout.storage(keys.count)
    if !value.isZero {
      var word = value
      try withUnsafeBytes(of: &word) { bytes throws(MemoryError) in
        try memory.setInitialContents(bytes, at: address)
      }
    }
    indices[key] = keys.count
    keys.append(key)
    return address
  }
}
