/// keccak-f[1600], the permutation below keccak-256 (FIPS 202, section 3).
///
/// Six lanes are kept complemented from round to round: that turns most of the 25 complements of a round into
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

  /// Permutes the 25 lanes at `state`.
  public static func permute(_ state: UnsafeMutablePointer<UInt64>) {
    var s = KeccakLanes(
      a0: state[0], a1: ~state[1], a2: ~state[2], a3: state[3], a4: state[4],
      a5: state[5], a6: state[6], a7: state[7], a8: ~state[8], a9: state[9],
      a10: state[10], a11: state[11], a12: ~state[12], a13: state[13], a14: state[14],
      a15: state[15], a16: state[16], a17: ~state[17], a18: state[18], a19: state[19],
      a20: ~state[20], a21: state[21], a22: state[22], a23: state[23], a24: state[24])
    var round = 0
    // Two rounds a turn, so that the second can write the lanes back to where the first found them.
    while round < 24 {
      s = self.round(s, roundConstants[unchecked: round])
      s = self.round(s, roundConstants[unchecked: round &+ 1])
      round &+= 2
    }
    state[0] = s.a0
    state[1] = ~s.a1
    state[2] = ~s.a2
    state[3] = s.a3
    state[4] = s.a4
    state[5] = s.a5
    state[6] = s.a6
    state[7] = s.a7
    state[8] = ~s.a8
    state[9] = s.a9
    state[10] = s.a10
    state[11] = s.a11
    state[12] = ~s.a12
    state[13] = s.a13
    state[14] = s.a14
    state[15] = s.a15
    state[16] = s.a16
    state[17] = ~s.a17
    state[18] = s.a18
    state[19] = s.a19
    state[20] = ~s.a20
    state[21] = s.a21
    state[22] = s.a22
    state[23] = s.a23
    state[24] = s.a24
  }

  @inline(__always) private static func rotate(_ lane: UInt64, _ count: UInt64) -> UInt64 {
    lane &<< count | lane &>> (64 &- count)
  }

  /// One round: theta, rho, pi, chi, iota.
  @inline(__always) private static func round(_ s: KeccakLanes, _ constant: UInt64) -> KeccakLanes {
    let c0: UInt64 = s.a0 ^ s.a5 ^ s.a10 ^ s.a15 ^ s.a20
    let c1: UInt64 = s.a1 ^ s.a6 ^ s.a11 ^ s.a16 ^ s.a21
    let c2: UInt64 = s.a2 ^ s.a7 ^ s.a12 ^ s.a17 ^ s.a22
    let c3: UInt64 = s.a3 ^ s.a8 ^ s.a13 ^ s.a18 ^ s.a23
    let c4: UInt64 = s.a4 ^ s.a9 ^ s.a14 ^ s.a19 ^ s.a24
    let d0: UInt64 = c4 ^ rotate(c1, 1)
    let d1: UInt64 = c0 ^ rotate(c2, 1)
    let d2: UInt64 = c1 ^ rotate(c3, 1)
    let d3: UInt64 = c2 ^ rotate(c4, 1)
    let d4: UInt64 = c3 ^ rotate(c0, 1)
    // Row 0: rho and pi bring its five lanes, chi mixes them.
    let p0: UInt64 = s.a0 ^ d0
    let q0: UInt64 = rotate(s.a6 ^ d1, 44)
    let r0: UInt64 = rotate(s.a12 ^ d2, 43)
    let t0: UInt64 = rotate(s.a18 ^ d3, 21)
    let u0: UInt64 = rotate(s.a24 ^ d4, 14)
    let e0: UInt64 = p0 ^ (q0 | r0) ^ constant
    let e1: UInt64 = q0 ^ (~r0 | t0)
    let e2: UInt64 = r0 ^ (t0 & u0)
    let e3: UInt64 = t0 ^ (u0 | p0)
    let e4: UInt64 = u0 ^ (p0 & q0)
    // Row 1: rho and pi bring its five lanes, chi mixes them.
    let p1: UInt64 = rotate(s.a3 ^ d3, 28)
    let q1: UInt64 = rotate(s.a9 ^ d4, 20)
    let r1: UInt64 = rotate(s.a10 ^ d0, 3)
    let t1: UInt64 = rotate(s.a16 ^ d1, 45)
    let u1: UInt64 = rotate(s.a22 ^ d2, 61)
    let e5: UInt64 = p1 ^ (q1 | r1)
    let e6: UInt64 = q1 ^ (r1 & t1)
    let e7: UInt64 = r1 ^ (t1 | ~u1)
    let e8: UInt64 = t1 ^ (u1 | p1)
    let e9: UInt64 = u1 ^ (p1 & q1)
    // Row 2: rho and pi bring its five lanes, chi mixes them.
    let p2: UInt64 = rotate(s.a1 ^ d1, 1)
    let q2: UInt64 = rotate(s.a7 ^ d2, 6)
    let r2: UInt64 = rotate(s.a13 ^ d3, 25)
    let t2: UInt64 = rotate(s.a19 ^ d4, 8)
    let u2: UInt64 = rotate(s.a20 ^ d0, 18)
    let e10: UInt64 = p2 ^ (q2 | r2)
    let e11: UInt64 = q2 ^ (r2 & t2)
    let e12: UInt64 = r2 ^ (~t2 & u2)
    let e13: UInt64 = ~t2 ^ (u2 | p2)
    let e14: UInt64 = u2 ^ (p2 & q2)
    // Row 3: rho and pi bring its five lanes, chi mixes them.
    let p3: UInt64 = rotate(s.a4 ^ d4, 27)
    let q3: UInt64 = rotate(s.a5 ^ d0, 36)
    let r3: UInt64 = rotate(s.a11 ^ d1, 10)
    let t3: UInt64 = rotate(s.a17 ^ d2, 15)
    let u3: UInt64 = rotate(s.a23 ^ d3, 56)
    let e15: UInt64 = p3 ^ (q3 & r3)
    let e16: UInt64 = q3 ^ (r3 | t3)
    let e17: UInt64 = r3 ^ (~t3 | u3)
    let e18: UInt64 = ~t3 ^ (u3 & p3)
    let e19: UInt64 = u3 ^ (p3 | q3)
    // Row 4: rho and pi bring its five lanes, chi mixes them.
    let p4: UInt64 = rotate(s.a2 ^ d2, 62)
    let q4: UInt64 = rotate(s.a8 ^ d3, 55)
    let r4: UInt64 = rotate(s.a14 ^ d4, 39)
    let t4: UInt64 = rotate(s.a15 ^ d0, 41)
    let u4: UInt64 = rotate(s.a21 ^ d1, 2)
    let e20: UInt64 = p4 ^ (~q4 & r4)
    let e21: UInt64 = ~q4 ^ (r4 | t4)
    let e22: UInt64 = r4 ^ (t4 & u4)
    let e23: UInt64 = t4 ^ (u4 | p4)
    let e24: UInt64 = u4 ^ (p4 & q4)
    return KeccakLanes(
      a0: e0, a1: e1, a2: e2, a3: e3, a4: e4, a5: e5, a6: e6, a7: e7, a8: e8, a9: e9, a10: e10, a11: e11,
      a12: e12, a13: e13, a14: e14, a15: e15, a16: e16, a17: e17, a18: e18, a19: e19, a20: e20, a21: e21,
      a22: e22, a23: e23, a24: e24)
  }
}

/// The state between rounds, lanes 1, 2, 8, 12, 17 and 20 complemented.
private struct KeccakLanes {
  var a0, a1, a2, a3, a4: UInt64
  var a5, a6, a7, a8, a9: UInt64
  var a10, a11, a12, a13, a14: UInt64
  var a15, a16, a17, a18, a19: UInt64
  var a20, a21, a22, a23, a24: UInt64
}
