// Big-endian bytes, the form of every outer format of the EVM.
extension UInt256 {
  /// The number whose 32 big-endian bytes are at an address of any alignment.
  @inlinable public init(loadingBigEndian bytes: UnsafeRawPointer) {
    self.init(
      limbs: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self).byteSwapped,
      bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self).byteSwapped,
      bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self).byteSwapped,
      bytes.loadUnaligned(as: UInt64.self).byteSwapped)
  }

  /// Writes 32 big-endian bytes to an address of any alignment.
  @inlinable public func storeBigEndian(to bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: limb3.byteSwapped, as: UInt64.self)
    bytes.storeBytes(of: limb2.byteSwapped, toByteOffset: 8, as: UInt64.self)
    bytes.storeBytes(of: limb1.byteSwapped, toByteOffset: 16, as: UInt64.self)
    bytes.storeBytes(of: limb0.byteSwapped, toByteOffset: 24, as: UInt64.self)
  }

  /// The number whose big-endian bytes these are; `nil` where they are more than 32.
  public init?(bigEndianBytes bytes: some Collection<UInt8>) {
    guard bytes.count <= 32 else { return nil }
    var word = UInt256.zero
    for byte in bytes {
      word = UInt256(
        limbs: word.limb0 &<< 8 | UInt64(truncatingIfNeeded: byte), word.limb1 &<< 8 | word.limb0 &>> 56,
        word.limb2 &<< 8 | word.limb1 &>> 56, word.limb3 &<< 8 | word.limb2 &>> 56)
    }
    self = word
  }

  /// The 32 big-endian bytes.
  public var bigEndianBytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      if let base = buffer.baseAddress {
        storeBigEndian(to: base)
        count = 32
      }
    }
  }
}
