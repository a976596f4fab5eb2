import WeftEVM

extension UInt256 {
  /// The number whose big-endian bytes these are; at most 32.
  init(fixtureBytes bytes: some Sequence<UInt8>) {
    var word = UInt256.zero
    for byte in bytes {
      word = UInt256(
        limbs: word.limb0 << 8 | UInt64(byte), word.limb1 << 8 | word.limb0 >> 56,
        word.limb2 << 8 | word.limb1 >> 56, word.limb3 << 8 | word.limb2 >> 56)
    }
    self = word
  }
}
