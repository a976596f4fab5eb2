/// An unsigned 256-bit integer, the word of the EVM.
///
/// Four 64-bit limbs, the least significant first, so that a word in memory is the 32 little-endian bytes that
/// the stack's address space holds. Arithmetic works on the two `UInt128` halves: the compiler then makes chains
/// of add-with-carry from it, which it does not from four separate limbs.
@frozen public struct UInt256: Sendable, Hashable, BitwiseCopyable {
  public var limb0: UInt64
  public var limb1: UInt64
  public var limb2: UInt64
  public var limb3: UInt64

  @inlinable public init(limbs limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64) {
    self.limb0 = limb0
    self.limb1 = limb1
    self.limb2 = limb2
    self.limb3 = limb3
  }

  @inlinable public init(low: UInt128, high: UInt128) {
    self.init(limbs: low._low, low._high, high._low, high._high)
  }

  /// A word with `value` in its lowest limb.
  @inlinable public init(_ value: UInt64) { self.init(limbs: value, 0, 0, 0) }

  @inlinable public static var zero: UInt256 { UInt256(0) }
  @inlinable public static var one: UInt256 { UInt256(1) }
  @inlinable public static var max: UInt256 { UInt256(low: .max, high: .max) }

  /// Bits 0 to 127.
  @inlinable public var low: UInt128 { UInt128(_low: limb0, _high: limb1) }
  /// Bits 128 to 255.
  @inlinable public var high: UInt128 { UInt128(_low: limb2, _high: limb3) }

  @inlinable public var isZero: Bool { limb0 | limb1 | limb2 | limb3 == 0 }

  /// Whether the value is below 2^64.
  @inlinable public var fitsInUInt64: Bool { limb1 | limb2 | limb3 == 0 }
}
