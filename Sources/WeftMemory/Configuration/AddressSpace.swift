/// An independent memory of a machine: its number, name, cell type, block size and size.
public struct AddressSpace: Hashable, Sendable {
  /// What a cell of a space holds.
  public enum Kind: UInt8, Sendable, Hashable {
    /// Nothing is stored: the value of a cell is its pointer.
    case immediate
    /// One byte per cell.
    case byte
    /// One canonical BabyBear element (below `AddressSpace.fieldOrder`) per cell, stored in four bytes.
    case native

    /// log2 of the bytes that store one cell.
    @inlinable
    public var cellShift: UInt8 { self == .native ? 2 : 0 }

    /// The largest value a cell can hold.
    @inlinable
    public var maximumCell: UInt32 { self == .byte ? 255 : AddressSpace.fieldOrder &- 1 }
  }

  /// The BabyBear prime 15·2^27 + 1.
  @inlinable public static var fieldOrder: UInt32 { 2_013_265_921 }

  public var id: AddressSpaceID
  /// The name that messages and reports use; unique in a configuration.
  public var name: String
  public var kind: Kind
  /// Cells per block, a power of two: accesses of exactly one aligned block cause no adapter rows.
  public var blockSize: Int
  /// Cells the space has; 0 switches the space off. Storage is reserved, and pages appear with use.
  public var cellCount: UInt64

  public init(
    _ id: AddressSpaceID, name: String, kind: Kind = .byte, blockSize: Int = 4, cellCount: UInt64
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.blockSize = blockSize
    self.cellCount = cellCount
  }

  /// Bytes that the cells of the space take.
  public var byteCount: UInt64 { cellCount << UInt64(kind.cellShift) }
}

extension AddressSpace {
  /// The memory of an EVM context in a recorded run.
  /// - Parameter cellCount: a multiple of 32.
  static func context(_ number: Int, cellCount: UInt64) -> Self {
    let id = AddressSpaceID(AddressSpaceID.firstContext.rawValue &+ UInt32(truncatingIfNeeded: number))
    return Self(id, name: "evmContext\(number)", blockSize: 32, cellCount: cellCount)
  }

  /// The 32 registers of RV32, 128 byte cells; always present.
  public static var registers: Self { Self(.registers, name: "registers", cellCount: 128) }

  /// The nine built-in spaces with their default sizes.
  public static var standard: [AddressSpace] {
    [
      Self(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0),
      .registers,
      Self(.memory, name: "memory", cellCount: 1 << 29),
      Self(.publicValues, name: "publicValues", cellCount: 4096),
      Self(.native, name: "native", kind: .native, blockSize: 1, cellCount: 1 << 20),
      Self(.evmStack, name: "evmStack", blockSize: 32, cellCount: 1 << 26),
      Self(.evmMemory, name: "evmMemory", blockSize: 32, cellCount: 1 << 28),
      Self(.evmData, name: "evmData", blockSize: 32, cellCount: 1 << 28),
      Self(.evmContext, name: "evmContext", blockSize: 32, cellCount: 1 << 24),
    ]
  }

  /// A program, a stack, a heap and globals: the layout of the design documents' allocator example.
  public static var segmented: [AddressSpace] {
    [
      Self(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0),
      Self(AddressSpaceID(1), name: "program", cellCount: 1 << 24),
      Self(AddressSpaceID(2), name: "stack", cellCount: 1 << 24),
      Self(AddressSpaceID(3), name: "heap", cellCount: 1 << 28),
      Self(AddressSpaceID(4), name: "global", cellCount: 1 << 24),
    ]
  }
}
