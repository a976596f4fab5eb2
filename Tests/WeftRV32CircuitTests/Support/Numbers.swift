/// The same numbers every time.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func word() -> UInt32 { UInt32(truncatingIfNeeded: next()) }

  mutating func below(_ bound: UInt32) -> UInt32 { UInt32(next() % UInt64(bound)) }
}
