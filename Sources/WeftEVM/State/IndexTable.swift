import Glibc

/// An open-addressing table from hashes to indices of records that somebody else keeps.
///
/// It never shrinks and nothing is removed: records are made invalid by stamps. A cell holds the upper half of the
/// hash and the index plus one; 0 is free.
struct IndexTable: ~Copyable {
  private var cells: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private var used = 0
  private(set) var isExhausted = false

  init(capacity: Int) {
    var size = 16
    while size < capacity { size &*= 2 }
    if let memory = calloc(size, 8) {
      cells = memory.assumingMemoryBound(to: UInt64.self)
      mask = size &- 1
    } else {
      cells = .allocate(capacity: 2)
      cells.initialize(repeating: 0, count: 2)
      mask = 1
      isExhausted = true
    }
  }

  deinit { free(cells) }

  /// The index of a record with this hash for which `matches` holds.
  @inline(__always)
  func find(_ hash: UInt64, _ matches: (Int) -> Bool) -> Int? {
    var position = Int(truncatingIfNeeded: hash) & mask
    while true {
      let cell = cells[position]
      if cell == 0 { return nil }
      if cell &>> 32 == hash &>> 32 {
        let index = Int(truncatingIfNeeded: cell & 0xffff_ffff) &- 1
        if matches(index) { return index }
      }
      position = (position &+ 1) & mask
    }
  }

  /// Enters a record that is not there yet. `hash(of:)` gives the hash of every record for growing.
  mutating func insert(_ index: Int, hash: UInt64, hashOf: (Int) -> UInt64) {
    if (used &+ 1) &* 2 > mask, !grow(hashOf) {
      // At least one cell stays free, or `find` would not end.
      if used &+ 1 >= mask {
        isExhausted = true
        return
      }
    }
    place(index, hash: hash)
    used &+= 1
  }

  private func place(_ index: Int, hash: UInt64) {
    var position = Int(truncatingIfNeeded: hash) & mask
    while cells[position] != 0 { position = (position &+ 1) & mask }
    cells[position] = (hash &>> 32) &<< 32 | UInt64(truncatingIfNeeded: index &+ 1)
  }

  @inline(never)
  private mutating func grow(_ hashOf: (Int) -> UInt64) -> Bool {
    let size = (mask &+ 1) &* 2
    guard size < 1 &<< 32, let memory = calloc(size, 8) else { return false }
    let (old, oldSize) = (cells, mask &+ 1)
    cells = memory.assumingMemoryBound(to: UInt64.self)
    mask = size &- 1
    var position = 0
    while position < oldSize {
      if old[position] != 0 {
        let index = Int(truncatingIfNeeded: old[position] & 0xffff_ffff) &- 1
        place(index, hash: hashOf(index))
      }
      position &+= 1
    }
    free(old)
    return true
  }

  /// Forgets all records.
  mutating func removeAll() {
    if used > 0 { cells.update(repeating: 0, count: mask &+ 1) }
    used = 0
  }
}

/// Mixes words into hashes that nobody outside can foresee: guests choose addresses and slots.
struct HashSeed {
  /// One for the process: asking the system for random numbers takes longer than a short call.
  static let shared = HashSeed()

  private let first: UInt64
  private let second: UInt64

  private init() {
    var random = SystemRandomNumberGenerator()
    first = random.next()
    second = random.next()
  }

  @inline(__always)
  func hash(_ word: UInt256, _ owner: UInt32 = 0) -> UInt64 {
    let low = Self.fold(word.limb0 ^ first, word.limb1 ^ second ^ UInt64(owner))
    let high = Self.fold(word.limb2 ^ second, word.limb3 ^ first)
    return Self.fold(low ^ 0x9e37_79b9_7f4a_7c15, high ^ first)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
