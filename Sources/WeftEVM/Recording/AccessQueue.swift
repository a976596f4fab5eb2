import WeftMemory

/// The accesses of one instruction in the order of time, each to whole blocks of 32 bytes. They happen all or not at all.
struct AccessQueue {
  private enum Source {
    /// A read.
    case none
    /// What the blocks hold after a write; valid until `commit`.
    case bytes(UnsafeRawPointer)
    case word(UInt256)
  }

  private struct Entry {
    var address: MemoryAddress
    var blocks: Int
    var source: Source
  }

  private var entries: [Entry] = []
  /// Accesses so far.
  private(set) var count = 0

  private mutating func append(_ address: MemoryAddress, _ blocks: Int, _ source: Source) {
    entries.append(Entry(address: address, blocks: blocks, source: source))
    count &+= blocks
  }

  /// Reads the blocks that a range of bytes meets.
  mutating func read(_ address: MemoryAddress, count: Int = 32) {
    guard count > 0 else { return }
    let (start, blocks) = Self.blocks(address, count)
    append(start, blocks, .none)
  }

  /// Writes the blocks that a range of bytes meets, which hold afterwards what stands from `blocks` on.
  mutating func write(_ address: MemoryAddress, count: Int, blocks source: UnsafeRawPointer) {
    guard count > 0 else { return }
    let (start, blocks) = Self.blocks(address, count)
    append(start, blocks, .bytes(source))
  }

  mutating func write(_ word: UInt256, to address: MemoryAddress) { append(address, 1, .word(word)) }

  /// Writes bytes from the beginning of a block on; the last block is filled up with zeros.
  mutating func write(_ bytes: UnsafeRawBufferPointer, padded address: MemoryAddress) {
    guard let start = bytes.baseAddress else { return }
    let whole = bytes.count & ~31
    write(address, count: whole, blocks: start)
    guard whole < bytes.count else { return }
    var rest = UInt256.zero
    withUnsafeMutableBytes(of: &rest) { word in
      word.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[whole...]))
    }
    write(rest, to: MemoryAddress(address.space, address.pointer &+ UInt32(truncatingIfNeeded: whole)))
  }

  /// The first block that a range meets, and how many there are.
  private static func blocks(_ address: MemoryAddress, _ count: Int) -> (MemoryAddress, Int) {
    let start = address.pointer & ~31
    let end = UInt64(address.pointer) &+ UInt64(truncatingIfNeeded: count)
    let blocks = (end &+ 31) / 32 &- UInt64(start) / 32
    return (MemoryAddress(address.space, start), Int(truncatingIfNeeded: blocks))
  }

  /// Carries the accesses out and forgets them.
  /// - Throws: `logLimitReached`, `timestampViolation`; nothing has happened then.
  mutating func commit(to memory: inout MemoryController) throws(MemoryError) {
    defer {
      entries.removeAll(keepingCapacity: true)
      count = 0
    }
    try memory.requireRoom(accesses: count, bytesEach: 32)
    for entry in entries {
      var address = entry.address
      for block in 0..<entry.blocks {
        switch entry.source {
        case .none: try read(address, from: &memory)
        case .bytes(let start):
          try memory.write(UnsafeRawBufferPointer(start: start + 32 &* block, count: 32), to: address)
        case .word(let word):
          var bytes = word
          try withUnsafeBytes(of: &bytes) { bytes throws(MemoryError) in
            _ = try memory.write(bytes, to: address)
          }
        }
        address.pointer &+= 32
      }
    }
  }

  private func read(_ address: MemoryAddress, from memory: inout MemoryController) throws(MemoryError) {
    var word = UInt256.zero
    try withUnsafeMutableBytes(of: &word) { bytes throws(MemoryError) in
      _ = try memory.read(address, count: 32, into: bytes)
    }
  }
}
