import Glibc

/// One entry of the tape: a scalar or key takes one, an array or object two and those of its contents.
///
/// - Scalar: `start` is the offset of its first byte (of the opening quote of a string), `extent` its length in
///   bytes (of a string: without quotes; the top bit says that it has escapes).
/// - Array, object: `start` as above, `extent` the number of entries in all. The second entry holds the offset
///   behind the closing bracket and the number of elements or members.
///
/// What an entry is, the byte at `start` says.
@usableFromInline
struct JSONNode {
  @usableFromInline var start: UInt32
  @usableFromInline var extent: UInt32

  @usableFromInline
  init(start: UInt32, extent: UInt32) {
    self.start = start
    self.extent = extent
  }

  @inlinable static var escapesFlag: UInt32 { 1 << 31 }
}

/// The entries of a text in the order of the text. Memory that is not there is an error, not a trap.
struct JSONTape: ~Copyable {
  private(set) var nodes: UnsafeMutablePointer<JSONNode>?
  private(set) var count = 0
  private var capacity = 0

  deinit { free(nodes) }

  /// Adds an entry.
  /// - Returns: false when there is no memory for it.
  @inline(__always)
  mutating func append(start: Int, extent: UInt32) -> Bool {
    if count == capacity, !grow() { return false }
    nodes.unsafelyUnwrapped[count] = JSONNode(start: UInt32(truncatingIfNeeded: start), extent: extent)
    count &+= 1
    return true
  }

  /// An entry that `append` has made.
  @inline(__always)
  subscript(index: Int) -> JSONNode {
    get { nodes.unsafelyUnwrapped[index] }
    nonmutating set { nodes.unsafelyUnwrapped[index] = newValue }
  }

  @inline(never)
  private mutating func grow() -> Bool {
    let larger = max(64, capacity &* 2)
    guard let memory = realloc(nodes, larger &* MemoryLayout<JSONNode>.stride) else { return false }
    nodes = memory.assumingMemoryBound(to: JSONNode.self)
    capacity = larger
    return true
  }

  /// Hands the entries over, trimmed; the receiver frees them.
  mutating func take() -> UnsafeMutablePointer<JSONNode>? {
    let memory = realloc(nodes, max(count, 1) &* MemoryLayout<JSONNode>.stride)
    let taken = memory?.assumingMemoryBound(to: JSONNode.self) ?? nodes
    nodes = nil
    capacity = 0
    return taken
  }
}
