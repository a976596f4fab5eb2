/// The hex-prefix encoding of nibbles in the nodes of a trie (Yellow Paper, appendix C): a flag says whether they lead
/// to a value and whether their count is odd.
public struct HexPrefix {
  private let nibbles: UnsafeBufferPointer<UInt8>
  private let start: Int
  private let end: Int
  private let isLeaf: Bool

  /// The nibbles from `start` up to `end`, both inside.
  init(_ nibbles: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, isLeaf: Bool) {
    self.nibbles = nibbles
    self.start = start
    self.end = max(start, end)
    self.isLeaf = isLeaf
  }

  /// The bytes for some nibbles.
  public static func bytes(_ nibbles: [UInt8], isLeaf: Bool) -> [UInt8] {
    nibbles.withUnsafeBufferPointer { nibbles in
      let path = HexPrefix(nibbles, from: 0, to: nibbles.count, isLeaf: isLeaf)
      return [UInt8](unsafeUninitializedCapacity: path.byteCount) { buffer, count in
        if let base = buffer.baseAddress {
          _ = path.store(to: base)
          count = path.byteCount
        }
      }
    }
  }

  var byteCount: Int { (end &- start) &>> 1 &+ 1 }

  /// Writes `byteCount` bytes; gives where they end.
  func store(to target: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    var target = target
    var flags: UInt8 = isLeaf ? 0x20 : 0
    var index = start
    if (end &- start) & 1 != 0 {
      flags |= 0x10 | nibbles[start]
      index &+= 1
    }
    target.storeBytes(of: flags, as: UInt8.self)
    target += 1
    while index < end {
      target.storeBytes(of: nibbles[index] &<< 4 | nibbles[index &+ 1], as: UInt8.self)
      target += 1
      index &+= 2
    }
    return target
  }
}
