/// The address of an account: twenty bytes.
///
/// Five 32-bit parts, the most significant first, so that addresses in arrays take twenty bytes each. Ordered as
/// their bytes.
@frozen public struct Address: Sendable, Hashable, BitwiseCopyable {
  @usableFromInline let part0: UInt32
  @usableFromInline let part1: UInt32
  @usableFromInline let part2: UInt32
  @usableFromInline let part3: UInt32
  @usableFromInline let part4: UInt32

  /// The lowest 160 bits of a word.
  @inlinable public init(word: UInt256) {
    part0 = UInt32(truncatingIfNeeded: word.limb2)
    part1 = UInt32(truncatingIfNeeded: word.limb1 &>> 32)
    part2 = UInt32(truncatingIfNeeded: word.limb1)
    part3 = UInt32(truncatingIfNeeded: word.limb0 &>> 32)
    part4 = UInt32(truncatingIfNeeded: word.limb0)
  }

  @inlinable public static var zero: Address { Address(word: .zero) }

  /// The address as a word whose upper 96 bits are 0.
  @inlinable public var word: UInt256 {
    UInt256(
      limbs: UInt64(truncatingIfNeeded: part3) &<< 32 | UInt64(truncatingIfNeeded: part4),
      UInt64(truncatingIfNeeded: part1) &<< 32 | UInt64(truncatingIfNeeded: part2),
      UInt64(truncatingIfNeeded: part0), 0)
  }

  /// `nil` unless there are twenty bytes.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 20, let word = UInt256(bigEndianBytes: bytes) else { return nil }
    self.init(word: word)
  }

  /// Reads forty hexadecimal digits, with or without "0x" in front; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    guard let bytes = HexadecimalBytes.bytes(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The twenty bytes.
  public var bytes: [UInt8] { Array(word.bigEndianBytes.dropFirst(12)) }

  /// Writes the twenty bytes to an address of any alignment.
  @inlinable public func store(to bytes: UnsafeMutableRawPointer) {
    bytes.storeBytes(of: part0.byteSwapped, as: UInt32.self)
    bytes.storeBytes(of: part1.byteSwapped, toByteOffset: 4, as: UInt32.self)
    bytes.storeBytes(of: part2.byteSwapped, toByteOffset: 8, as: UInt32.self)
    bytes.storeBytes(of: part3.byteSwapped, toByteOffset: 12, as: UInt32.self)
    bytes.storeBytes(of: part4.byteSwapped, toByteOffset: 16, as: UInt32.self)
  }
}

extension Address: Comparable {
  public static func < (left: Address, right: Address) -> Bool { left.word < right.word }
}

extension Address: CustomStringConvertible {
  /// "0x" and forty hexadecimal digits.
  public var description: String { HexadecimalBytes.text(bytes) }
}

extension UInt256 {
  /// An address as a word whose upper 96 bits are 0.
  @inlinable public init(_ address: Address) { self = address.word }
}
