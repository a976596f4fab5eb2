import CKeccak

/// keccak-f[1600], the permutation below keccak-256 (FIPS 202, section 3).
///
/// In Swift, six lanes are kept complemented from round to round: that turns most of the 25 complements of a round into
/// an OR in the place of an AND (Keccak implementation overview 3.2, section 2.2).
public enum KeccakPermutation {
  /// Lanes of the state, 64 bits each. Lane (x, y) has the index x + 5y.
  public static var laneCount: Int { 25 }

  public static var roundCount: Int { 24 }

  /// What iota adds to lane 0, for each round.
  private static let roundConstants: InlineArray<24, UInt64> = [
    0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808a, 0x8000_0000_8000_8000,
    0x0000_0000_0000_808b, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
    0x0000_0000_0000_008a, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000a,
    0x0000_0000_8000_808b, 0x8000_0000_0000_008b, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
    0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800a, 0x8000_0000_8000_000a,
    0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
  ]

  private static let hasVectors = keccak_vectors_are_available()

  /// Permutes the 25 lanes at `state`.
  public static func permute(_ state: UnsafeMutablePointer<UInt64>) {
    if hasVectors { keccak_vectors_permute(state) } else { permutePortably(state) }
  }

  /// The permutation for processors without the vector instructions that it could use.
  static func permutePortably(_ state: UnsafeMutablePointer<UInt64>) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 25) { lanes in
      if let other = lanes.baseAddress { permute(state, other) }
    }
  }

  /// The pointers are opaque here and change places, so that lanes stay in memory between rounds and each is loaded
  /// and stored once: a quarter fewer instructions than with 25 values that registers cannot hold.
  @inline(never) private static func permute(
    _ state: UnsafeMutablePointer<UInt64>, _ other: UnsafeMutablePointer<UInt64>
  ) {
    complement(state)
    var source = state
    var target = other
    var index = 0
    while index < 24 {
      round(source, target, roundConstants[unchecked: index])
      (source, target) = (target, source)
      index &+= 1
    }
    // The number of rounds is even: the last has written to `state`.
    complement(state)
  }

  @inline(__always) private static func complement(_ state: UnsafeMutablePointer<UInt64>) {
    state[1] = ~state[1]
    state[2] = ~state[2]
    state[8] = ~state[8]
    state[12] = ~state[12]
    state[17] = ~state[17]
    state[20] = ~state[20]
  }

  @inline(__always) private static func rotate(_ lane: UInt64, _ count: UInt64) -> UInt64 {
    lane &<< count | lane &>> (64 &- count)
  }

  /// One round, from `s` to `e`: theta, rho, pi, chi, iota.
  @inline(__always) private static func round(
    _ s: UnsafeMutablePointer<UInt64>, _ e: UnsafeMutablePointer<UInt64>, _ constant: UInt64
  ) {
    let c0: UInt64 = s[0] ^ s[5] ^ s[10] ^ s[15] ^ s[20]
    let c1: UInt64 = s[1] ^ s[6] ^ s[11] ^ s[16] ^ s[21]
    let c2: UInt64 = s[2] ^ s[7] ^ s[12] ^ s[17] ^ s[22]
    let c3: UInt64 = s[3] ^ s[8] ^ s[13] ^ s[18] ^ s[23]
    let c4: UInt64 = s[4] ^ s[9] ^ s[14] ^ s[19] ^ s[24]
    let d0: UInt64 = c4 ^ rotate(c1, 1)
    let d1: UInt64 = c0 ^ rotate(c2, 1)
    let d2: UInt64 = c1 ^ rotate(c3, 1)
    let d3: UInt64 = c2 ^ rotate(c4, 1)
    let d4: UInt64 = c3 ^ rotate(c0, 1)
    // Row 0: rho and pi bring its five lanes, chi mixes them.
    let p0: UInt64 = s[0] ^ d0
    let q0: UInt64 = rotate(s[6] ^ d1, 44)
    let r0: UInt64 = rotate(s[12] ^ d2, 43)
    let t0: UInt64 = rotate(s[18] ^ d3, 21)
    let u0: UInt64 = rotate(s[24] ^ d4, 14)
    e[0] = p0 ^ (q0 | r0) ^ constant
    e[1] = q0 ^ (~r0 | t0)
    e[2] = r0 ^ (t0 & u0)
    e[3] = t0 ^ (u0 | p0)
    e[4] = u0 ^ (p0 & q0)
    // Row 1: rho and pi bring its five lanes, chi mixes them.
    let p1: UInt64 = rotate(s[3] ^ d3, 28)
    let q1: UInt64 = rotate(s[9] ^ d4, 20)
    let r1: UInt64 = rotate(s[10] ^ d0, 3)
    let t1: UInt64 = rotate(s[16] ^ d1, 45)
    let u1: UInt64 = rotate(s[22] ^ d2, 61)
    e[5] = p1 ^ (q1 | r1)
    e[6] = q1 ^ (r1 & t1)
    e[7] = r1 ^ (t1 | ~u1)
    e[8] = t1 ^ (u1 | p1)
    e[9] = u1 ^ (p1 & q1)
    // Row 2: rho and pi bring its five lanes, chi mixes them.
    let p2: UInt64 = rotate(s[1] ^ d1, 1)
    let q2: UInt64 = rotate(s[7] ^ d2, 6)
    let r2: UInt64 = rotate(s[13] ^ d3, 25)
    let t2: UInt64 = rotate(s[19] ^ d4, 8)
    let u2: UInt64 = rotate(s[20] ^ d0, 18)
    e[10] = p2 ^ (q2 | r2)
    e[11] = q2 ^ (r2 & t2)
    e[12] = r2 ^ (~t2 & u2)
    e[13] = ~t2 ^ (u2 | p2)
    e[14] = u2 ^ (p2 & q2)
    // Row 3: rho and pi bring its five lanes, chi mixes them.
    let p3: UInt64 = rotate(s[4] ^ d4, 27)
    let q3: UInt64 = rotate(s[5] ^ d0, 36)
    let r3: UInt64 = rotate(s[11] ^ d1, 10)
    let t3: UInt64 = rotate(s[17] ^ d2, 15)
    let u3: UInt64 = rotate(s[23] ^ d3, 56)
    e[15] = p3 ^ (q3 & r3)
    e[16] = q3 ^ (r3 | t3)
    e[17] = r3 ^ (~t3 | u3)
    e[18] = ~t3 ^ (u3 & p3)
    e[19] = u3 ^ (p3 | q3)
    // Row 4: rho and pi bring its five lanes, chi mixes them.
    let p4: UInt64 = rotate(s[2] ^ d2, 62)
    let q4: UInt64 = rotate(s[8] ^ d3, 55)
    let r4: UInt64 = rotate(s[14] ^ d4, 39)
    let t4: UInt64 = rotate(s[15] ^ d0, 41)
    let u4: UInt64 = rotate(s[21] ^ d1, 2)
    e[20] = p4 ^ (~q4 & r4)
    e[21] = ~q4 ^ (r4 | t4)
    e[22] = r4 ^ (t4 & u4)
    e[23] = t4 ^ (u4 | p4)
    e[24] = u4 ^ (p4 & q4)
  }
}
