import WeftCircuit
import WeftField

/// A two-to-one hash for the Merkle tree of a memory, without state.
public protocol MemoryHasher: Sendable {
  /// `parents[i] = compress(children[2i], children[2i+1])` for `count` parents.
  func compressLayer(
    count: Int, children: UnsafePointer<Digest>, into parents: UnsafeMutablePointer<Digest>)
}

/// Poseidon2 of width 16, the hash that `Poseidon2Chip` proves.
public struct Poseidon2Hasher: MemoryHasher {
  public init() {}

  public func compressLayer(
    count: Int, children: UnsafePointer<Digest>, into parents: UnsafeMutablePointer<Digest>
  ) {
    Poseidon2.compressLayer(count: count, children: children, into: parents)
  }
}

extension MemoryHasher {
  /// The hash of two digests.
  public func compress(_ left: Digest, _ right: Digest) -> Digest { compress([left, right], threads: 1)[0] }

  /// The hash of a leaf: its eight cells and eight zeros.
  public func hash(leaf: Digest) -> Digest { compress(leaf, Digest()) }

  /// The hashes of pairs of digests that stand one after the other.
  func compress(_ children: [Digest], threads: Int) -> [Digest] {
    let count = children.count / 2
    let piece = 1024
    guard count > piece, threads > 1 else { return compress(children, 0..<count) }
    return Parallel.map(count: (count + piece - 1) / piece, threads: threads) { index in
      compress(children, index * piece..<min((index + 1) * piece, count))
    }.flatMap { $0 }
  }

  private func compress(_ children: [Digest], _ range: Range<Int>) -> [Digest] {
    guard !range.isEmpty else { return [] }
    return [Digest](unsafeUninitializedCapacity: range.count) { parents, count in
      parents.initialize(repeating: Digest())
      children.withUnsafeBufferPointer { children in
        guard let source = children.baseAddress, let target = parents.baseAddress else { return }
        compressLayer(count: range.count, children: source + 2 * range.lowerBound, into: target)
      }
      count = range.count
    }
  }
}
