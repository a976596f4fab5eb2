/// Computes the root of a Merkle-Patricia trie (Yellow Paper, appendix D) from entries in ascending order of keys,
/// bottom up: a node is encoded once, when nothing can come below it any more. Only the branches on the way to the
/// newest key are kept.
struct TrieBuilder: ~Copyable {
  /// Nibbles of the key that waits for its successor.
  private var key: [UInt8] = []
  /// Its value.
  private var value: [UInt8] = []
  private var isEmpty = true
  /// Open branches, the outermost first, with growing depths.
  private var branches: UnsafeMutablePointer<TrieBranch>?
  private var branchCount = 0
  private var branchCapacity = 0
  /// Values of keys that end at an open branch, by the branch's depth.
  private var branchValues: [Int: [UInt8]] = [:]
  private var node = NodeBuffer()

  init() {}

  deinit { branches?.deallocate() }

  /// Adds an entry.
  /// - Parameters:
  ///   - nibbles: the key, above all keys before; an equal key takes the place of the last.
  ///   - value: not empty.
  mutating func add(nibbles: [UInt8], value: [UInt8]) {
    if !isEmpty {
      if key == nibbles {
        self.value = value
        return
      }
      settle(shared: Self.sharedCount(key, nibbles))
    }
    key = nibbles
    self.value = value
    isEmpty = false
  }

  /// The root of everything that was added. The builder is empty afterwards.
  mutating func finish() -> Hash256 {
    if isEmpty { return .emptyTrie }
    settle(shared: -1)
    isEmpty = true
    branchCount = 0
    return node.hash
  }

  private static func sharedCount(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        let count = min(left.count, right.count)
        var index = 0
        while index < count, left[index] == right[index] { index &+= 1 }
        return index
      }
    }
  }

  private var innermostDepth: Int {
    guard let branches, branchCount > 0 else { return -1 }
    return branches[branchCount &- 1].depth
  }

  /// Puts the waiting key in its place. Its successor has the first `shared` nibbles in common with it, -1 for none.
  /// Whatever is deeper than that is complete.
  private mutating func settle(shared: Int) {
    // The waiting key hangs at the deeper of the branches that it shares with its neighbours.
    let parent = max(innermostDepth, shared)
    if parent > innermostDepth { open(parent) }
    if key.count == parent {
      // It is a prefix of its successor.
      branchValues[parent] = value
    } else {
      node.encodeLeaf(key, from: parent &+ 1, value)
      if parent >= 0 { attach(at: parent) }
    }
    while branchCount > 0, innermostDepth > shared {
      let depth = innermostDepth
      close(depth, below: shared)
    }
  }

  /// Encodes the innermost branch and hangs it below the next, or below a new one at the depth `shared`.
  private mutating func close(_ depth: Int, below shared: Int) {
    guard let branches else { return }
    branchCount &-= 1
    node.encodeBranch(branches + branchCount, branchValues.removeValue(forKey: depth) ?? [])
    let parent = max(innermostDepth, shared)
    if parent > innermostDepth { open(parent) }
    if depth > parent &+ 1 { node.wrapInExtension(key, from: parent &+ 1, to: depth) }
    if parent >= 0 { attach(at: parent) }
  }

  /// Hangs the encoded node below the innermost branch, at the waiting key's nibble.
  private mutating func attach(at depth: Int) {
    guard let branches, branchCount > 0 else { return }
    let nibble = key.withUnsafeBufferPointer { depth < $0.count ? Int($0[depth] & 15) : 0 }
    node.storeReference(to: (branches + (branchCount &- 1)).child(nibble))
  }

  private mutating func open(_ depth: Int) {
    if branchCount == branchCapacity {
      let capacity = max(branchCapacity &* 2, 8)
      let memory = UnsafeMutablePointer<TrieBranch>.allocate(capacity: capacity)
      if let branches {
        memory.moveInitialize(from: branches, count: branchCount)
        branches.deallocate()
      }
      branches = memory
      branchCapacity = capacity
    }
    guard let branches else { return }
    (branches + branchCount).initialize(to: TrieBranch(depth: depth))
    branchCount &+= 1
  }
}
