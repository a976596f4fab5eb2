/// The Poseidon2 permutations of width 16 and 24 over BabyBear, and the hashes built on width 16.
///
/// Source: reference/prover.md §3, Plonky3 v0.4.3's instance with HorizenLabs' constants.
public enum Poseidon2 {
  /// Permutes a state of 16 elements in place.
  public static func permute16(_ state: UnsafeMutablePointer<BabyBear>) {
    Poseidon2Schedule.width16.permute(state, partialRounds: 13)
  }

  /// Permutes a state of 24 elements in place.
  public static func permute24(_ state: UnsafeMutablePointer<BabyBear>) {
    Poseidon2Schedule.width24.permute(state, partialRounds: 21)
  }

  /// Permutes a state of 16 elements in place.
  public static func permute(_ state: inout InlineArray<16, BabyBear>) {
    withUnsafeMutablePointer(to: &state) { pointer in
      permute16(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: BabyBear.self))
    }
  }

  /// Permutes a state of 24 elements in place.
  public static func permute(_ state: inout InlineArray<24, BabyBear>) {
    withUnsafeMutablePointer(to: &state) { pointer in
      permute24(UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: BabyBear.self))
    }
  }

  /// Permutes `count` states of 16 elements that stand one after the other, eight at a time.
  public static func permute16(count: Int, _ states: UnsafeMutablePointer<BabyBear>) {
    let lanes = PackedBabyBear.count
    var first = 0
    withUnsafeTemporaryAllocation(of: PackedBabyBear.self, capacity: 16) { packed in
      guard let packed = packed.baseAddress else { return }
      // Lane l of vector e is word 8·e + l.
      let words = UnsafeMutableRawPointer(packed).assumingMemoryBound(to: BabyBear.self)
      while first &+ lanes <= count {
        let base = states + first &* 16
        transpose(rows: lanes, columns: 16, base, into: words)
        permute16(packed: packed)
        transpose(rows: 16, columns: lanes, words, into: base)
        first &+= lanes
      }
    }
    while first < count {
      permute16(states + first &* 16)
      first &+= 1
    }
  }

  @inline(__always)
  private static func transpose(
    rows: Int, columns: Int, _ source: UnsafePointer<BabyBear>, into target: UnsafeMutablePointer<BabyBear>
  ) {
    var row = 0
    while row < rows {
      var column = 0
      while column < columns {
        target[column &* rows &+ row] = source[row &* columns &+ column]
        column &+= 1
      }
      row &+= 1
    }
  }

  /// Permutes eight states of 16 elements at once: lane l of `states[i]` is element i of state l.
  @inline(never)
  public static func permute16(packed states: UnsafeMutablePointer<PackedBabyBear>) {
    Poseidon2Schedule.width16.permute(states, partialRounds: 13)
  }
}
