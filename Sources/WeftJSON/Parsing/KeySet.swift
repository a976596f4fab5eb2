import Glibc

/// Finds keys that an object names twice: a hash table with open addressing, used for one object after the other.
///
/// The seed is drawn anew for each text, so that no text can be written that makes it slow.
struct KeySet: ~Copyable {
  /// Hash in the high half, index of the key on the tape in the low half; 0 is free, since no key has index 0.
  private var slots: UnsafeMutablePointer<UInt64>?
  private var capacity = 0
  private var mask = 0
  private let seed = UInt64.random(in: .min ... .max)

  deinit { free(slots) }

  /// Empties the set, with room for `count` keys.
  /// - Returns: false when there is no memory for them.
  mutating func prepare(count: Int) -> Bool {
    var size = 8
    while size < count &* 2 { size &*= 2 }
    if size > capacity {
      guard let memory = realloc(slots, size &* 8) else { return false }
      slots = memory.assumingMemoryBound(to: UInt64.self)
      capacity = size
    }
    guard let slots else { return false }
    memset(slots, 0, size &* 8)
    mask = size &- 1
    return true
  }

  /// Adds the key at `index` of the tape.
  /// - Returns: the index of an equal key that is already there.
  mutating func insert(
    _ index: Int, text: UnsafePointer<UInt8>, nodes: UnsafePointer<JSONNode>
  ) -> Int? {
    let key = StringContent(text, nodes[index])
    let hash: UInt64 = key.withBytes { self.hash($0) }
    let slots = self.slots.unsafelyUnwrapped
    var place = Int(truncatingIfNeeded: hash &>> 32) & mask
    while slots[place] != 0 {
      let slot = slots[place]
      if (slot ^ hash) &>> 32 == 0 {
        let other = Int(slot & 0xffff_ffff)
        if Self.isEqual(key, StringContent(text, nodes[other])) { return other }
      }
      place = (place &+ 1) & mask
    }
    slots[place] = hash & 0xffff_ffff_0000_0000 | UInt64(truncatingIfNeeded: index)
    return nil
  }

  private static func isEqual(_ a: StringContent, _ b: StringContent) -> Bool {
    if !a.hasEscapes, !b.hasEscapes { return a.count == b.count && memcmp(a.base, b.base, a.count) == 0 }
    return a.decoded == b.decoded
  }

  /// Multiplies and folds eight bytes at a time.
  private func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index &+ 8 <= bytes.count {
      state = Self.fold(state ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    var tail: UInt64 = 0
    while index < bytes.count {
      tail = tail &<< 8 | UInt64(bytes[index])
      index &+= 1
    }
    return Self.fold(state ^ tail)
  }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    // An odd constant without structure: the fractional part of the golden ratio.
    let product = value.multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low
  }
}
