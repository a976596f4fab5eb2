/// BLAKE2b's compression function with a free number of rounds (RFC 7693 §3.2).
enum Blake2b {
  /// Replaces the state.
  ///
  /// - Parameters:
  ///   - state: eight words.
  ///   - message: sixteen words.
  ///   - counter: bytes hashed so far, low word first.
  static func compress(
    state: UnsafeMutablePointer<UInt64>, message: UnsafePointer<UInt64>, counter: (UInt64, UInt64),
    isFinal: Bool, rounds: UInt32
  ) {
    var work = Work(state, counter: counter, isFinal: isFinal)
    if rounds > 0 { work.run(message, rounds: rounds) }
    state[0] ^= work.v0 ^ work.v8
    state[1] ^= work.v1 ^ work.v9
    state[2] ^= work.v2 ^ work.v10
    state[3] ^= work.v3 ^ work.v11
    state[4] ^= work.v4 ^ work.v12
    state[5] ^= work.v5 ^ work.v13
    state[6] ^= work.v6 ^ work.v14
    state[7] ^= work.v7 ^ work.v15
  }

  /// The sixteen working words: single properties, so that they live in registers.
  private struct Work {
    var v0, v1, v2, v3, v4, v5, v6, v7: UInt64
    var v8: UInt64 = 0x6a09_e667_f3bc_c908
    var v9: UInt64 = 0xbb67_ae85_84ca_a73b
    var v10: UInt64 = 0x3c6e_f372_fe94_f82b
    var v11: UInt64 = 0xa54f_f53a_5f1d_36f1
    var v12: UInt64 = 0x510e_527f_ade6_82d1
    var v13: UInt64 = 0x9b05_688c_2b3e_6c1f
    var v14: UInt64 = 0x1f83_d9ab_fb41_bd6b
    var v15: UInt64 = 0x5be0_cd19_137e_2179

    init(_ state: UnsafePointer<UInt64>, counter: (UInt64, UInt64), isFinal: Bool) {
      (v0, v1, v2, v3) = (state[0], state[1], state[2], state[3])
      (v4, v5, v6, v7) = (state[4], state[5], state[6], state[7])
      v12 ^= counter.0
      v13 ^= counter.1
      if isFinal { v14 = ~v14 }
    }

    /// Ten rounds in a row, each with its own order of the message's words (RFC 7693 §2.7), so that every index is a
    /// constant.
    mutating func run(_ message: UnsafePointer<UInt64>, rounds: UInt32) {
      var work = self
      var left = rounds
      while true {
        work.round(message, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        left &-= 1
        if left == 0 { break }
        work.round(message, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
        left &-= 1
        if left == 0 { break }
        work.round(message, 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)
        left &-= 1
        if left == 0 { break }
        work.round(message, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)
        left &-= 1
        if left == 0 { break }
        work.round(message, 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)
        left &-= 1
        if left == 0 { break }
        work.round(message, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)
        left &-= 1
        if left == 0 { break }
        work.round(message, 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)
        left &-= 1
        if left == 0 { break }
        work.round(message, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)
        left &-= 1
        if left == 0 { break }
        work.round(message, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)
        left &-= 1
        if left == 0 { break }
        work.round(message, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)
        left &-= 1
        if left == 0 { break }
      }
      self = work
    }

    /// Four columns, then four diagonals.
    @inline(__always)
    mutating func round(
      _ m: UnsafePointer<UInt64>, _ s0: Int, _ s1: Int, _ s2: Int, _ s3: Int, _ s4: Int, _ s5: Int, _ s6: Int,
      _ s7: Int, _ s8: Int, _ s9: Int, _ s10: Int, _ s11: Int, _ s12: Int, _ s13: Int, _ s14: Int, _ s15: Int
    ) {
      Self.mix(&v0, &v4, &v8, &v12, m[s0], m[s1])
      Self.mix(&v1, &v5, &v9, &v13, m[s2], m[s3])
      Self.mix(&v2, &v6, &v10, &v14, m[s4], m[s5])
      Self.mix(&v3, &v7, &v11, &v15, m[s6], m[s7])
      Self.mix(&v0, &v5, &v10, &v15, m[s8], m[s9])
      Self.mix(&v1, &v6, &v11, &v12, m[s10], m[s11])
      Self.mix(&v2, &v7, &v8, &v13, m[s12], m[s13])
      Self.mix(&v3, &v4, &v9, &v14, m[s14], m[s15])
    }

    /// The mixing function G.
    @inline(__always)
    static func mix(
      _ a: inout UInt64, _ b: inout UInt64, _ c: inout UInt64, _ d: inout UInt64, _ x: UInt64, _ y: UInt64
    ) {
      a = a &+ b &+ x
      d = rotated(d ^ a, 32)
      c = c &+ d
      b = rotated(b ^ c, 24)
      a = a &+ b &+ y
      d = rotated(d ^ a, 16)
      c = c &+ d
      b = rotated(b ^ c, 63)
    }

    /// Rotated to the right.
    @inline(__always)
    static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
      value &>> count | value &<< (64 &- count)
    }
  }
}
