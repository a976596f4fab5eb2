/// How a node of a trie names another: its encoding where that is below 32 bytes, else the encoding of its hash.
struct NodeReference {
  /// Bytes in use; 0 for no node.
  var count: UInt8 = 0
  var bytes: InlineArray<33, UInt8> = InlineArray(repeating: 0)
}

/// A branch of a trie that is still being filled.
struct TrieBranch {
  /// Nibbles on the way from the root.
  var depth: Int
  var children: InlineArray<16, NodeReference> = InlineArray(repeating: NodeReference())

  init(depth: Int) { self.depth = depth }
}

extension UnsafeMutablePointer<TrieBranch> {
  /// The reference to a child.
  func child(_ nibble: Int) -> UnsafeMutableRawPointer {
    UnsafeMutableRawPointer(self) + MemoryLayout<Int>.stride
      + (nibble & 15) &* MemoryLayout<NodeReference>.stride
  }
}
