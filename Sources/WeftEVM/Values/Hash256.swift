/// A hash of 32 bytes, kept as the word that they are in big-endian order, as the EVM sees it. Ordered as its
/// bytes.
@frozen public struct Hash256: Sendable, Hashable, BitwiseCopyable {
  public var word: UInt256

  @inlinable public init(word: UInt256) { self.word = word }

  @inlinable public static var zero: Hash256 { Hash256(word: .zero) }

  /// keccak-256 of nothing: the code hash of an account without code.
  @inlinable public static var emptyCode: Hash256 {
    Hash256(
      word: UInt256(
        limbs: 0x7bfa_d804_5d85_a470, 0xe500_b653_ca82_273b, 0x927e_7db2_dcc7_03c0, 0xc5d2_4601_86f7_233c))
  }

  /// keccak-256 of 0x80: the root of a trie without entries.
  @inlinable public static var emptyTrie: Hash256 {
    Hash256(
      word: UInt256(
        limbs: 0x0162_2fb5_e363_b421, 0x5b48_e01b_996c_adc0, 0xff83_45e6_92c0_f86e, 0x56e8_1f17_1bcc_55a6))
  }

  /// keccak-256 of 0xc0, the empty list: the logs hash without logs, the hash of no ommers.
  @inlinable public static var emptyList: Hash256 {
    Hash256(
      word: UInt256(
        limbs: 0xf0a1_42fd_40d4_9347, 0xd312_451b_948a_7413, 0xab85_b567_b6cc_d41a, 0x1dcc_4de8_dec7_5d7a))
  }

  /// `nil` unless there are 32 bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32, let word = UInt256(bigEndianBytes: bytes) else { return nil }
    self.init(word: word)
  }

  /// Reads 64 hexadecimal digits, with or without "0x" in front; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    guard let bytes = HexadecimalBytes.bytes(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] { word.bigEndianBytes }
}

extension Hash256: Comparable {
  @inlinable public static func < (left: Hash256, right: Hash256) -> Bool { left.word < right.word }
}

extension Hash256: CustomStringConvertible {
  /// "0x" and 64 hexadecimal digits.
  public var description: String { word.paddedHexadecimal }
}
