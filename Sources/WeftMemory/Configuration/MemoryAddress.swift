/// A cell: an address space and a pointer in it, the first two elements of a memory-bus message.
@frozen
public struct MemoryAddress: Hashable, Comparable, Sendable {
  public var space: AddressSpaceID
  /// The index of the cell in its space (not a byte offset where cells are wider than a byte).
  public var pointer: UInt32

  @inlinable
  public init(_ space: AddressSpaceID, _ pointer: UInt32) {
    self.space = space
    self.pointer = pointer
  }

  @inlinable
  public static func < (left: Self, right: Self) -> Bool {
    (left.space, left.pointer) < (right.space, right.pointer)
  }
}

extension MemoryAddress: CustomStringConvertible {
  public var description: String { "\(space), pointer 0x" + String(pointer, radix: 16) }
}

/// A run of cells: where it begins and how many cells it has.
@frozen
public struct MemoryRange: Hashable, Sendable {
  public var address: MemoryAddress
  public var count: Int

  @inlinable
  public init(_ address: MemoryAddress, count: Int) {
    self.address = address
    self.count = count
  }

  /// The pointer behind the last cell; does not wrap. Meaningful for counts of 0 and more.
  @inlinable
  public var end: UInt64 { UInt64(address.pointer) &+ UInt64(truncatingIfNeeded: count) }
}

extension MemoryRange: CustomStringConvertible {
  public var description: String { "\(count) \(count == 1 ? "cell" : "cells") at \(address)" }
}

/// An operand that lies where a pointer points: the cell block that stores the pointer, and its target.
public struct HeapAddress: Hashable, Sendable {
  /// Where the pointer is stored, usually a register.
  public var address: MemoryAddress
  /// Where it points.
  public var data: MemoryAddress

  public init(address: MemoryAddress, data: MemoryAddress) {
    self.address = address
    self.data = data
  }
}

/// Whether an access stores; the raw values are those of the memory bus.
public enum MemoryAccessKind: UInt8, Sendable, Hashable {
  case read = 0
  case write = 1
}
