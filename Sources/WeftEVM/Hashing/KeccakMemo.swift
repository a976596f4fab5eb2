/// Remembers the hashes of 64-byte inputs: contracts hash a key and a slot number for each access to a mapping, and
/// access few keys often.
///
/// Each input has one place, so that finding is one comparison; an input that comes later takes it.
struct KeccakMemo: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var first: UInt256
    var second: UInt256
    var hash: UInt256
  }

  private static var count: Int { 256 }

  private let entries: UnsafeMutablePointer<Entry>

  init() {
    // Of 64 zero bytes: ad3228b676f7d3cd4284a5443f17f1962b36e491b30a40b2405849e597ba5fb5.
    let zero = Entry(
      first: .zero, second: .zero,
      hash: UInt256(
        limbs: 0x4058_49e5_97ba_5fb5, 0x2b36_e491_b30a_40b2, 0x4284_a544_3f17_f196, 0xad32_28b6_76f7_d3cd))
    entries = .allocate(capacity: Self.count)
    entries.initialize(repeating: zero, count: Self.count)
  }

  deinit { entries.deallocate() }

  /// The hash of 64 bytes.
  @inline(__always)
  func hash(_ bytes: UnsafeRawBufferPointer) -> UInt256 {
    guard bytes.count == 64, let base = bytes.baseAddress else { return Keccak256.hash(bytes).word }
    let first = base.loadUnaligned(as: UInt256.self)
    let second = base.loadUnaligned(fromByteOffset: 32, as: UInt256.self)
    let entry = entries + Self.place(first, second)
    if entry.pointee.first == first, entry.pointee.second == second { return entry.pointee.hash }
    let hash = Keccak256.hash(bytes).word
    entry.initialize(to: Entry(first: first, second: second, hash: hash))
    return hash
  }

  /// Numbers and addresses differ in the last bytes of a word, slots of inner mappings everywhere.
  @inline(__always)
  private static func place(_ first: UInt256, _ second: UInt256) -> Int {
    let mixed = (first.limb3 ^ first.limb2 &<< 1 ^ second.limb3 &<< 2) &* 0x9e37_79b9_7f4a_7c15
    return Int(truncatingIfNeeded: mixed &>> 56)
  }
}
