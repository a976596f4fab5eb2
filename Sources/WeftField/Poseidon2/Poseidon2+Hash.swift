extension Poseidon2 {
  /// Elements that one permutation of the sponge takes in.
  public static var rate: Int { 8 }

  /// The sponge of rate 8 in overwrite mode: no padding, a partial last block is permuted when it has an element.
  /// (reference/prover.md §3)
  public static func hash(_ elements: UnsafeBufferPointer<BabyBear>) -> Digest {
    var sponge = Poseidon2Sponge()
    sponge.absorb(elements)
    return sponge.finalize()
  }

  /// The sponge of rate 8 in overwrite mode.
  public static func hash(_ elements: [BabyBear]) -> Digest {
    elements.withUnsafeBufferPointer { hash($0) }
  }

  /// The first eight elements of the permutation of `left ‖ right`, without feed-forward.
  public static func compress(_ left: Digest, _ right: Digest) -> Digest {
    var state = InlineArray<16, BabyBear> { index in
      index < 8 ? left.elements[index] : right.elements[index &- 8]
    }
    permute(&state)
    return Digest(InlineArray { state[$0] })
  }

  /// One layer of a Merkle tree: `parents[i] = compress(children[2i], children[2i+1])` for `count` parents, eight at a
  /// time.
  public static func compressLayer(
    count: Int, children: UnsafePointer<Digest>, into parents: UnsafeMutablePointer<Digest>
  ) {
    let block = 64
    withUnsafeTemporaryAllocation(of: BabyBear.self, capacity: block &* 16) { states in
      guard let states = states.baseAddress else { return }
      for first in stride(from: 0, to: count, by: block) {
        let n = min(block, count &- first)
        let source = UnsafeRawPointer(children + 2 &* first).assumingMemoryBound(to: BabyBear.self)
        states.update(from: source, count: n &* 16)
        permute16(count: n, states)
        for i in 0..<n { parents[first &+ i] = Digest(loadingFrom: states + i &* 16) }
      }
    }
  }
}

/// A sponge that takes its input in pieces.
public struct Poseidon2Sponge: Sendable {
  private var state = InlineArray<16, BabyBear>(repeating: .zero)
  private var filled = 0

  public init() {}

  /// Takes in one element.
  public mutating func absorb(_ element: BabyBear) {
    state[filled] = element
    filled &+= 1
    if filled == Poseidon2.rate {
      Poseidon2.permute(&state)
      filled = 0
    }
  }

  /// Takes in elements in their order.
  public mutating func absorb(_ elements: UnsafeBufferPointer<BabyBear>) {
    for element in elements { absorb(element) }
  }

  /// The digest of all that was taken in.
  public consuming func finalize() -> Digest {
    if filled > 0 { Poseidon2.permute(&state) }
    let state = state
    return Digest(InlineArray { state[$0] })
  }
}
