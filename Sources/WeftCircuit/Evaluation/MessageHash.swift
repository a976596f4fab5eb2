import WeftField

/// A keyed hash of messages to 128 bits, and sums of it: a bus balances when its sum is zero.
///
/// Sums of count · hash over the integers modulo 2^64, twice, with keys that are drawn anew for every check: unbalanced
/// messages have a sum of zero with a probability of about 2^-120.
struct MessageHash: Sendable {
  /// The longest message: message length + 1 ≤ 2^7 (reference/prover.md §6).
  static var maximumFields: Int { 128 }

  private let keys: [UInt32]

  init() {
    var generator = SystemRandomNumberGenerator()
    self.init(using: &generator)
  }

  init(using generator: inout some RandomNumberGenerator) {
    keys = (0..<(2 * (Self.maximumFields + 6))).map { _ in UInt32.random(in: 0 ... .max, using: &generator) }
  }

  /// The hash of one message, given field by field.
  func hash(bus: Int, count: Int, _ field: (Int) -> BabyBear) -> (UInt64, UInt64) {
    keys.withUnsafeBufferPointer { keys in
      var (h0, h1) = (UInt64(0), UInt64(0))
      let half = Self.maximumFields + 6
      var i = 0
      while i < count && i < Self.maximumFields {
        let x = field(i).montgomery
        let y = i + 1 < count ? field(i + 1).montgomery : 0
        h0 &+= UInt64(x &+ keys[i]) &* UInt64(y &+ keys[i + 1])
        h1 &+= UInt64(x &+ keys[half + i]) &* UInt64(y &+ keys[half + i + 1])
        i += 2
      }
      let tag = Self.tag(bus: bus, count: count)
      return (Self.mix(h0 &+ tag), Self.mix(h1 &+ tag))
    }
  }

  @inline(__always)
  private static func tag(bus: Int, count: Int) -> UInt64 {
    (UInt64(truncatingIfNeeded: bus) &* 0x9e37_79b9_7f4a_7c15) ^ (UInt64(truncatingIfNeeded: count) &<< 56)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ (x &>> 32)) &* 0xd6e8_feb8_6659_fd93
    x = (x ^ (x &>> 29)) &* 0xbf58_476d_1ce4_e5b9
    return x ^ (x &>> 32)
  }

  /// Hashes the messages of a block: `first[l]` and `second[l]` for the first `lanes` lanes (a multiple of 8).
  @inline(__always)
  func hashBlock(
    bus: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>,
    first: UnsafeMutablePointer<UInt64>, second: UnsafeMutablePointer<UInt64>
  ) {
    let count = min(emission.message.count, Self.maximumFields)
    let half = Self.maximumFields &+ 6
    let tag = Self.tag(bus: bus, count: emission.message.count)
    let low = SIMD4<UInt64>(repeating: 0xffff_ffff)
    keys.withUnsafeBufferPointer { keys in
      emission.message.withUnsafeBufferPointer { message in
        for block in stride(from: 0, to: EvaluationPlan.lanes, by: 8) {
          var (even0, odd0) = (SIMD4<UInt64>(repeating: tag), SIMD4<UInt64>(repeating: tag))
          var (even1, odd1) = (even0, odd0)
          var i = 0
          while i < count {
            let x = PackedBabyBear.load(scratch + (Int(message[i]) &+ block)).words
            let y =
              i &+ 1 < count
              ? PackedBabyBear.load(scratch + (Int(message[i &+ 1]) &+ block)).words : SIMD8<UInt32>()
            let x0 = unsafeBitCast(x &+ SIMD8(repeating: keys[i]), to: SIMD4<UInt64>.self)
            let y0 = unsafeBitCast(y &+ SIMD8(repeating: keys[i &+ 1]), to: SIMD4<UInt64>.self)
            let x1 = unsafeBitCast(x &+ SIMD8(repeating: keys[half &+ i]), to: SIMD4<UInt64>.self)
            let y1 = unsafeBitCast(y &+ SIMD8(repeating: keys[half &+ i &+ 1]), to: SIMD4<UInt64>.self)
            even0 &+= (x0 & low) &* (y0 & low)
            odd0 &+= (x0 &>> 32) &* (y0 &>> 32)
            even1 &+= (x1 & low) &* (y1 & low)
            odd1 &+= (x1 &>> 32) &* (y1 &>> 32)
            i &+= 2
          }
          for lane in 0..<4 {
            first[block &+ 2 &* lane] = Self.mix(even0[lane])
            first[block &+ 2 &* lane &+ 1] = Self.mix(odd0[lane])
            second[block &+ 2 &* lane] = Self.mix(even1[lane])
            second[block &+ 2 &* lane &+ 1] = Self.mix(odd1[lane])
          }
        }
      }
    }
  }
}
