/// Encodes the nodes of a trie, one at a time, in memory that is reused.
struct NodeBuffer: ~Copyable {
  private var base: UnsafeMutableRawPointer?
  private var capacity = 0
  /// Bytes of the node that was encoded last.
  private var count = 0

  deinit { base?.deallocate() }

  /// keccak-256 of the node.
  var hash: Hash256 { Keccak256.hash(UnsafeRawBufferPointer(start: base, count: count)) }

  /// Encodes a leaf: what is left of the key from a nibble on, and the value.
  mutating func encodeLeaf(_ key: [UInt8], from start: Int, _ value: [UInt8]) {
    key.withUnsafeBufferPointer { key in
      value.withUnsafeBytes { value in
        let path = HexPrefix(key, from: start, to: key.count, isLeaf: true)
        guard let target = begin(Self.size(path) &+ Self.stringSize(value)) else { return }
        Self.store(value, to: Self.store(path, to: target))
      }
    }
  }

  /// Encodes an extension to the node that was encoded last: nibbles of the key from `start` up to `end`.
  mutating func wrapInExtension(_ key: [UInt8], from start: Int, to end: Int) {
    var reference = NodeReference()
    withUnsafeMutableBytes(of: &reference) { bytes in
      if let base = bytes.baseAddress { storeReference(to: base) }
    }
    key.withUnsafeBufferPointer { key in
      let path = HexPrefix(key, from: start, to: min(end, key.count), isLeaf: false)
      let size = Int(reference.count)
      guard let target = begin(Self.size(path) &+ size) else { return }
      let behind = Self.store(path, to: target)
      withUnsafeBytes(of: &reference.bytes) { bytes in
        if let source = bytes.baseAddress { behind.copyMemory(from: source, byteCount: size) }
      }
    }
  }

  /// Encodes a branch, with the value of the key that ends there or nothing.
  mutating func encodeBranch(_ branch: UnsafeMutablePointer<TrieBranch>, _ value: [UInt8]) {
    value.withUnsafeBytes { value in
      var size = Self.stringSize(value)
      var nibble = 0
      while nibble < 16 {
        size &+= max(Int(branch.child(nibble).load(as: UInt8.self)), 1)
        nibble &+= 1
      }
      guard var target = begin(size) else { return }
      nibble = 0
      while nibble < 16 {
        let child = branch.child(nibble)
        let count = Int(child.load(as: UInt8.self))
        if count == 0 {
          target.storeBytes(of: 0x80, as: UInt8.self)
          target += 1
        } else {
          target.copyMemory(from: child + 1, byteCount: count)
          target += count
        }
        nibble &+= 1
      }
      Self.store(value, to: target)
    }
  }

  /// Writes the reference to the node: a `NodeReference`.
  func storeReference(to target: UnsafeMutableRawPointer) {
    guard let base else { return }
    if count < 32 {
      target.storeBytes(of: UInt8(truncatingIfNeeded: count), as: UInt8.self)
      (target + 1).copyMemory(from: base, byteCount: count)
    } else {
      target.storeBytes(of: 33, as: UInt8.self)
      target.storeBytes(of: 0xa0, toByteOffset: 1, as: UInt8.self)
      hash.word.storeBigEndian(to: target + 2)
    }
  }

  /// Begins a node whose items have `size` bytes; gives where they go.
  private mutating func begin(_ size: Int) -> UnsafeMutableRawPointer? {
    // The header of the list has nine bytes at most.
    let needed = size &+ 16
    if base == nil || needed > capacity {
      base?.deallocate()
      capacity = max(needed, 1024)
      base = .allocate(byteCount: capacity, alignment: 8)
    }
    guard let base else { return nil }
    let header = RLPHeader(isList: true, count: size).store(to: base)
    count = header &+ size
    return base + header
  }

  private static func stringSize(_ bytes: UnsafeRawBufferPointer) -> Int {
    if bytes.count == 1, bytes[0] < 0x80 { return 1 }
    return RLPHeader(isList: false, count: bytes.count).size &+ bytes.count
  }

  private static func store(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer) {
    guard let source = bytes.baseAddress, bytes.count > 0 else {
      target.storeBytes(of: 0x80, as: UInt8.self)
      return
    }
    var target = target
    if bytes.count > 1 || bytes[0] >= 0x80 {
      target += storeHeader(bytes.count, to: target)
    }
    target.copyMemory(from: source, byteCount: bytes.count)
  }

  /// Writes no byte behind the header, of which there may be no room.
  private static func storeHeader(_ count: Int, to target: UnsafeMutableRawPointer) -> Int {
    var size = 0
    RLPHeader(isList: false, count: count).withBytes { bytes in
      if let source = bytes.baseAddress { target.copyMemory(from: source, byteCount: bytes.count) }
      size = bytes.count
    }
    return size
  }

  /// Bytes of a path's encoding as a string. Its first byte is below 0x40, so a single one is its own encoding.
  private static func size(_ path: HexPrefix) -> Int {
    path.byteCount == 1 ? 1 : RLPHeader(isList: false, count: path.byteCount).size &+ path.byteCount
  }

  /// Writes a path as a string; gives where it ends.
  private static func store(
    _ path: HexPrefix, to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    let header = path.byteCount == 1 ? 0 : storeHeader(path.byteCount, to: target)
    return path.store(to: target + header)
  }
}
