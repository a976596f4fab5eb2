import WeftField
import WeftMemory

/// That a memory with a given root holds given public values: the first 8·2^k cells of their address space, whose
/// subtree is opened. (reference/circuits.md §6.11)
public struct UserPublicValuesProof: Hashable, Sendable {
  /// The siblings on the way from the values' subtree to the root, the lowest first.
  public var siblings: [Digest]
  /// The cells, 8·2^k.
  public var values: [BabyBear]
  /// The root of the values' subtree.
  public var commit: Digest

  public init(siblings: [Digest], values: [BabyBear], commit: Digest) {
    self.siblings = siblings
    self.values = values
    self.commit = commit
  }

  /// Opens the first cells of a space of a memory.
  /// - Parameters:
  ///   - count: cells, 8·2^k.
  ///   - image: the contents that `tree` is the tree of.
  /// - Throws: `badPublicValueCount` for another count or more cells than the space can have; `imageOutOfRange` for a
  ///   space outside the tree.
  public init(
    count: Int, of image: MemoryImage, in tree: MemoryMerkleTree, space: AddressSpaceID = .publicValues
  ) throws(MemoryCircuitError) {
    let dimensions = tree.dimensions
    let level = try Self.level(count, dimensions)
    let address = MemoryAddress(space, 0)
    guard let leaf = dimensions.leafIndex(address) else { throw .imageOutOfRange(address) }
    let index = leaf >> UInt64(level)
    siblings = (level..<dimensions.height).compactMap { height in
      tree.node(index: index >> UInt64(height - level) ^ 1, height: height)?.digest
    }
    guard let node = tree.node(index: index, height: level) else { throw .imageOutOfRange(address) }
    commit = node.digest
    values = (0..<UInt32(count)).map { BabyBear(image[MemoryAddress(space, $0)]) }
  }

  /// Checks that the values are those of a memory with the root. The shape is checked first; nothing is trusted.
  public func verify(
    root: Digest, dimensions: MemoryDimensions, space: AddressSpaceID = .publicValues,
    hasher: some MemoryHasher = Poseidon2Hasher()
  ) -> Bool {
    guard let level = try? Self.level(values.count, dimensions),
      let leaf = dimensions.leafIndex(MemoryAddress(space, 0)),
      siblings.count == dimensions.height - level
    else { return false }
    var layer = stride(from: 0, to: values.count, by: 8).map { start in
      hasher.hash(leaf: Digest(InlineArray { values[start + $0] }))
    }
    while layer.count > 1 { layer = hasher.compress(layer, threads: 1) }
    guard layer[0] == commit else { return false }
    var node = commit
    var index = leaf >> UInt64(level)
    for sibling in siblings {
      node = index & 1 == 1 ? hasher.compress(sibling, node) : hasher.compress(node, sibling)
      index >>= 1
    }
    return node == root
  }

  /// The height of the values' subtree.
  private static func level(_ count: Int, _ dimensions: MemoryDimensions) throws(MemoryCircuitError) -> Int {
    let leaves = count / MemoryInterface.leafSize
    guard count % MemoryInterface.leafSize == 0, leaves > 0, leaves & (leaves - 1) == 0,
      leaves.trailingZeroBitCount <= dimensions.addressHeight
    else { throw .badPublicValueCount(count) }
    return leaves.trailingZeroBitCount
  }
}
