/// The number of an address space: the first element of every memory-bus message.
///
/// 0 is reserved for immediates, 1…8 are built in, larger numbers belong to extensions.
@frozen
public struct AddressSpaceID: RawRepresentable, Hashable, Comparable, Sendable {
  public let rawValue: UInt32

  @inlinable
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  @inlinable
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Immediates: a read returns the pointer itself; nothing is ever stored.
  @inlinable public static var immediate: Self { Self(0) }
  /// RV32 registers: register *i* at pointer 4·i, little-endian.
  @inlinable public static var registers: Self { Self(1) }
  /// RV32 memory.
  @inlinable public static var memory: Self { Self(2) }
  /// Values a guest reveals.
  @inlinable public static var publicValues: Self { Self(3) }
  /// Field-valued cells.
  @inlinable public static var native: Self { Self(4) }
  /// The EVM operand stack, one 32-byte word per block.
  @inlinable public static var evmStack: Self { Self(5) }
  /// The EVM executor's shared memory buffer.
  @inlinable public static var evmMemory: Self { Self(6) }
  /// EVM call data and return data.
  @inlinable public static var evmData: Self { Self(7) }
  /// EVM environment words and saved frames.
  @inlinable public static var evmContext: Self { Self(8) }

  /// The memory of the first EVM context of a recorded run; those of later contexts follow.
  @inlinable public static var firstContext: Self { Self(1 << 16) }
  /// Most EVM contexts of a recorded run.
  @inlinable public static var contextCount: Int { 1 << 16 }

  /// Whether this is the memory of an EVM context.
  @inlinable public var isContext: Bool { rawValue &>> 16 == 1 }

  /// The largest number an access-log entry can hold (24 bits).
  @inlinable public static var maximum: Self { Self(0xff_ffff) }

  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension AddressSpaceID: CustomStringConvertible {
  public var description: String { "address space \(rawValue)" }
}
