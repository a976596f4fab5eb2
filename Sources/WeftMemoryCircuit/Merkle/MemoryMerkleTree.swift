import WeftCircuit
import WeftField
import WeftMemory

/// The Merkle tree of a memory: a leaf is the hash of eight cells. (reference/circuits.md §6.9)
///
/// Only what is not uniform takes memory. An update hashes the nodes above the changed leaves, level by level on all
/// threads, and gives a new tree that shares the rest with the old one.
public struct MemoryMerkleTree: Sendable {
  public let dimensions: MemoryDimensions
  public let root: MerkleNode

  /// The tree of a memory of zeros.
  public init(_ dimensions: MemoryDimensions, hasher: some MemoryHasher = Poseidon2Hasher()) {
    self.dimensions = dimensions
    root = .uniform(leaf: hasher.hash(leaf: Digest()), height: dimensions.height, hasher: hasher)
  }

  /// The tree of an image.
  /// - Throws: `imageOutOfRange` for a cell that is not zero outside the tree.
  public init(
    _ image: MemoryImage, _ dimensions: MemoryDimensions, hasher: some MemoryHasher = Poseidon2Hasher(),
    threads: Int = Parallel.processorCount
  ) throws(MemoryCircuitError) {
    let leaves: Equipartition
    do throws(MemoryError) {
      leaves = try Equipartition(image, blockSize: MemoryInterface.leafSize)
    } catch {
      throw .memory(error)
    }
    let cells = (0..<leaves.count).map { index in
      Digest(leaves.values(at: index).map { BabyBear($0) }) ?? Digest()
    }
    var changes: [MerkleLeaf] = []
    for (address, digest) in zip(leaves.addresses, hasher.hash(leaves: cells, threads: threads)) {
      guard let index = dimensions.leafIndex(address) else { throw .imageOutOfRange(address) }
      changes.append(MerkleLeaf(index: index, digest: digest))
    }
    self = try MemoryMerkleTree(dimensions, hasher: hasher).update(changes, hasher: hasher, threads: threads)
      .tree
  }

  /// The tree of other contents.
  /// - Parameters:
  ///   - leaves: the first cells of the leaves that may differ, ascending.
  ///   - image: the other contents.
  /// - Throws: `imageOutOfRange` for a leaf outside the tree.
  public func updated(
    _ leaves: [MemoryAddress], in image: MemoryImage, hasher: some MemoryHasher = Poseidon2Hasher(),
    threads: Int = Parallel.processorCount
  ) throws(MemoryCircuitError) -> MemoryMerkleTree {
    guard !leaves.isEmpty else { return self }
    var reader = PageReader(image)
    let cells = leaves.map { reader.leaf($0) }
    var changes: [MerkleLeaf] = []
    for (address, digest) in zip(leaves, hasher.hash(leaves: cells, threads: threads)) {
      guard let index = dimensions.leafIndex(address) else { throw .imageOutOfRange(address) }
      changes.append(MerkleLeaf(index: index, digest: digest))
    }
    return try update(changes, hasher: hasher, threads: threads).tree
  }

  private init(_ dimensions: MemoryDimensions, root: MerkleNode) {
    self.dimensions = dimensions
    self.root = root
  }

  /// The node with an index among those of its height; nil outside the tree.
  public func node(index: UInt64, height: Int) -> MerkleNode? {
    let depth = dimensions.height - height
    guard depth >= 0, height >= 0, index < 1 << UInt64(depth) else { return nil }
    var node: MerkleNode? = root
    for bit in stride(from: depth - 1, through: 0, by: -1) {
      let children = node?.children
      node = index >> UInt64(bit) & 1 == 0 ? children?.left : children?.right
    }
    return node
  }

  /// The tree with other leaves, and every node above them, before and after.
  ///
  /// - Parameter leaves: strictly ascending by index. Without any, the first leaf's path counts as touched, so that there
  ///   is a node to state the root.
  /// - Throws: `badLeaf` for the first leaf that is outside the tree or not above the one before.
  public func update(
    _ leaves: [MerkleLeaf], hasher: some MemoryHasher = Poseidon2Hasher(),
    threads: Int = Parallel.processorCount
  ) throws(MemoryCircuitError) -> MerkleUpdate {
    let height = dimensions.height
    var last: UInt64?
    for leaf in leaves {
      guard leaf.index >> UInt64(height) == 0, last.map({ $0 < leaf.index }) ?? true else {
        throw .badLeaf(index: leaf.index)
      }
      last = leaf.index
    }
    guard height > 0 else { return MerkleUpdate(tree: self, levels: []) }
    // The touched nodes of every height from 1 on.
    var touched: [[UInt64]] = []
    var below = leaves.isEmpty ? [0] : leaves.map(\.index)
    for _ in 0..<height {
      var parents: [UInt64] = []
      for index in below where parents.last != index >> 1 { parents.append(index >> 1) }
      touched.append(parents)
      below = parents
    }

    // What stood there before, from the root downwards.
    var old: [[MerkleNode]] = Array(repeating: [], count: height)
    old[height - 1] = [root]
    for level in stride(from: height - 1, to: 0, by: -1) {
      var parent = 0
      for index in touched[level - 1] {
        while touched[level][parent] != index >> 1 { parent += 1 }
        guard let children = old[level][parent].children else { continue }
        old[level - 1].append(index & 1 == 0 ? children.left : children.right)
      }
    }

    // The hashes, from the leaves upwards.
    var indices = leaves.map(\.index)
    var nodes = leaves.map { MerkleNode(leaf: $0.digest) }
    var levels: [[MerkleUpdate.Node]] = []
    for level in 0..<height {
      var places: [(left: Int?, right: Int?)] = []
      var children: [MerkleNode] = []
      var child = 0
      for (index, before) in zip(touched[level], old[level]) {
        guard let unchanged = before.children else { continue }
        var place: (left: Int?, right: Int?) = (nil, nil)
        if child < indices.count, indices[child] == 2 * index { (place.left, child) = (child, child + 1) }
        if child < indices.count, indices[child] == 2 * index + 1 {
          (place.right, child) = (child, child + 1)
        }
        children.append(place.left.map { nodes[$0] } ?? unchanged.left)
        children.append(place.right.map { nodes[$0] } ?? unchanged.right)
        places.append(place)
      }
      let digests = hasher.compress(children.map(\.digest), threads: threads)
      let parents = digests.indices.map {
        MerkleNode(digests[$0], left: children[2 * $0], right: children[2 * $0 + 1])
      }
      levels.append(
        parents.indices.map { place in
          MerkleUpdate.Node(
            index: touched[level][place], before: old[level][place], after: parents[place],
            isLeftTouched: places[place].left != nil, isRightTouched: places[place].right != nil)
        })
      (indices, nodes) = (touched[level], parents)
    }
    return MerkleUpdate(tree: MemoryMerkleTree(dimensions, root: nodes[0]), levels: levels)
  }
}

/// The hash of a leaf and its place among all leaves.
public struct MerkleLeaf: Sendable {
  public var index: UInt64
  public var digest: Digest

  public init(index: UInt64, digest: Digest) {
    self.index = index
    self.digest = digest
  }
}

/// What an update of a tree did.
public struct MerkleUpdate: Sendable {
  /// A node above a touched leaf.
  public struct Node: Sendable {
    /// Among the nodes of its height.
    public var index: UInt64
    public var before: MerkleNode
    public var after: MerkleNode
    public var isLeftTouched: Bool
    public var isRightTouched: Bool
  }

  public let tree: MemoryMerkleTree
  /// The touched nodes, ascending by index, of the heights from 1 on.
  public let levels: [[Node]]
}

extension MemoryHasher {
  /// The hashes of leaves, whose cells are given.
  func hash(leaves: [Digest], threads: Int) -> [Digest] {
    compress(leaves.flatMap { [$0, Digest()] }, threads: threads)
  }
}
