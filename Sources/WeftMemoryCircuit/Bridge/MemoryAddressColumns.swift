import WeftCircuit
import WeftField
import WeftMemory

/// An address over cells: the first two fields of every message on the memory bus.
public struct MemoryAddressColumns<Cell>: ColumnLayout {
  public var space: Cell
  public var pointer: Cell

  @inlinable
  public init(space: Cell, pointer: Cell) {
    self.space = space
    self.pointer = pointer
  }
}

extension MemoryAddressColumns where Cell == BabyBear {
  /// The columns of an address.
  @inlinable
  public init(_ address: MemoryAddress) {
    self.init(space: BabyBear(address.space.rawValue), pointer: BabyBear(address.pointer))
  }
}
