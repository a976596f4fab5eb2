import WeftField

/// A node of a Merkle tree that never changes: trees share what they have in common, and uniform subtrees are one node
/// per height.
public final class MerkleNode: Sendable {
  public let digest: Digest
  /// Both children; nil for a leaf.
  public let children: (left: MerkleNode, right: MerkleNode)?

  public init(leaf digest: Digest) {
    self.digest = digest
    children = nil
  }

  init(_ digest: Digest, left: MerkleNode, right: MerkleNode) {
    self.digest = digest
    children = (left, right)
  }

  /// The root of a tree of equal leaves.
  public static func uniform(leaf digest: Digest, height: Int, hasher: some MemoryHasher) -> MerkleNode {
    var node = MerkleNode(leaf: digest)
    for _ in 0..<max(0, height) {
      node = MerkleNode(hasher.compress(node.digest, node.digest), left: node, right: node)
    }
    return node
  }
}
