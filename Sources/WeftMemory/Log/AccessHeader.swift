/// The first word of a log entry or record: what happened, how many cells, in which space.
///
/// Bits 0–1 kind (0 read, 1 write, 2 idle ticks), 2–5 log2 of the cell count, 6 whether cells take four
/// bytes, 8–31 the number of the space.
@frozen
public struct AccessHeader: Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt32

  @inlinable @inline(__always)
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable @inline(__always)
  public init(_ kind: MemoryAccessKind, log2Count: UInt8, space: AddressSpaceID, isWide: Bool = false) {
    rawValue =
      UInt32(kind.rawValue) | UInt32(log2Count) &<< 2 | (isWide ? 0x40 : 0) | space.rawValue &<< 8
  }

  /// The header of idle ticks.
  @inlinable @inline(__always)
  public static var advance: Self { Self(rawValue: 2) }

  /// nil for idle ticks.
  @inlinable public var kind: MemoryAccessKind? { MemoryAccessKind(rawValue: UInt8(rawValue & 3)) }
  @inlinable public var log2Count: UInt8 { UInt8(rawValue >> 2 & 15) }
  @inlinable public var count: Int { 1 &<< Int(log2Count) }
  @inlinable public var isWide: Bool { rawValue & 0x40 != 0 }
  @inlinable public var space: AddressSpaceID { AddressSpaceID(rawValue >> 8) }
  /// Bytes of the access.
  @inlinable public var byteCount: Int { count &<< (isWide ? 2 : 0) }
  /// Whether the bits are those of a header.
  @inlinable public var isValid: Bool { self == .advance || (rawValue & 3 < 2 && log2Count <= 5) }
}
