/// keccak-256 as Ethereum uses it: rate 136 bytes, padding 0x01 … 0x80 of the original submission to the SHA-3
/// contest, not that of FIPS 202.
///
/// ```swift
/// var hasher = Keccak256()
/// hasher.update(bytes)
/// let hash = hasher.finalized()
/// ```
public struct Keccak256: Sendable {
  /// Bytes that one permutation takes in.
  public static var rate: Int { 136 }

  private var lanes: InlineArray<25, UInt64> = InlineArray(repeating: 0)
  /// Bytes of the running block that are in `lanes` already; below `rate`.
  private var filled = 0

  public init() {}

  /// The hash of bytes.
  public static func hash(_ bytes: UnsafeRawBufferPointer) -> Hash256 {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 25) { lanes in
      guard let state = lanes.baseAddress else { return Hash256(word: .zero) }
      state.update(repeating: 0, count: 25)
      var left = bytes.count
      guard var source = bytes.baseAddress else { return finish(state, nil, 0) }
      while left >= 136 {
        absorbBlock(source, into: state)
        source += 136
        left &-= 136
      }
      return finish(state, source, left)
    }
  }

  /// The hash of bytes.
  public static func hash(_ bytes: some Sequence<UInt8>) -> Hash256 {
    let direct = bytes.withContiguousStorageIfAvailable { hash(UnsafeRawBufferPointer($0)) }
    return direct ?? ContiguousArray(bytes).withUnsafeBytes { hash($0) }
  }

  /// Takes in further bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    let filled = self.filled
    self.filled = withLanes { state in
      let lanes = UnsafeMutableRawPointer(state)
      var source = base
      var left = bytes.count
      var filled = filled
      while left > 0 {
        if filled == 0, left >= 136 {
          Self.absorbBlock(source, into: state)
          source += 136
          left &-= 136
          continue
        }
        let count = min(left, 136 &- filled)
        Self.mix(source, count, into: lanes + filled)
        filled &+= count
        source += count
        left &-= count
        if filled == 136 {
          KeccakPermutation.permute(state)
          filled = 0
        }
      }
      return filled
    }
  }

  /// Takes in further bytes.
  public mutating func update(_ bytes: some Sequence<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ update(UnsafeRawBufferPointer($0)) }) == nil {
      ContiguousArray(bytes).withUnsafeBytes { update($0) }
    }
  }

  /// The hash of everything so far. More can follow.
  public func finalized() -> Hash256 {
    var copy = self
    let filled = self.filled
    return copy.withLanes { state in
      Self.pad(state, filled)
      KeccakPermutation.permute(state)
      return Self.digest(state)
    }
  }

  private mutating func withLanes<Result>(_ body: (UnsafeMutablePointer<UInt64>) -> Result) -> Result {
    withUnsafeMutablePointer(to: &lanes) { lanes in
      body(UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: UInt64.self))
    }
  }

  /// Mixes a whole block in and permutes.
  @inline(__always)
  private static func absorbBlock(_ source: UnsafeRawPointer, into state: UnsafeMutablePointer<UInt64>) {
    var lane = 0
    while lane < 17 {
      state[lane] ^= source.loadUnaligned(fromByteOffset: lane &<< 3, as: UInt64.self)
      lane &+= 1
    }
    KeccakPermutation.permute(state)
  }

  /// Takes in the last bytes, fewer than a block, and gives the digest.
  private static func finish(
    _ state: UnsafeMutablePointer<UInt64>, _ source: UnsafeRawPointer?, _ count: Int
  ) -> Hash256 {
    if let source { mix(source, count, into: UnsafeMutableRawPointer(state)) }
    pad(state, count)
    KeccakPermutation.permute(state)
    return digest(state)
  }

  /// Mixes bytes into bytes of the state; lanes are little-endian, as the host is.
  private static func mix(_ source: UnsafeRawPointer, _ count: Int, into target: UnsafeMutableRawPointer) {
    var index = 0
    while index &+ 8 <= count {
      let lane = target.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let bytes = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      target.storeBytes(of: lane ^ bytes, toByteOffset: index, as: UInt64.self)
      index &+= 8
    }
    while index < count {
      let byte = target.loadUnaligned(fromByteOffset: index, as: UInt8.self)
      let other = source.loadUnaligned(fromByteOffset: index, as: UInt8.self)
      target.storeBytes(of: byte ^ other, toByteOffset: index, as: UInt8.self)
      index &+= 1
    }
  }

  private static func pad(_ state: UnsafeMutablePointer<UInt64>, _ filled: Int) {
    state[(filled &>> 3) & 31] ^= 1 &<< (UInt64(truncatingIfNeeded: filled & 7) &<< 3)
    state[16] ^= 1 &<< 63
  }

  private static func digest(_ state: UnsafeMutablePointer<UInt64>) -> Hash256 {
    Hash256(
      word: UInt256(
        limbs: state[3].byteSwapped, state[2].byteSwapped, state[1].byteSwapped, state[0].byteSwapped))
  }
}
