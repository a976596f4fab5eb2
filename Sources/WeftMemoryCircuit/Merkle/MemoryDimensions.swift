import WeftMemory

/// The shape of the Merkle tree of a memory: spaces above, leaves of eight cells below.
public struct MemoryDimensions: Hashable, Sendable {
  /// log2 of the number of spaces.
  public var spaceHeight: Int
  /// log2 of the number of leaves of a space.
  public var addressHeight: Int

  public init(spaceHeight: Int, addressHeight: Int) {
    self.spaceHeight = spaceHeight
    self.addressHeight = addressHeight
  }

  public init(_ configuration: MemoryConfiguration) {
    spaceHeight = configuration.addressSpaceHeight
    addressHeight = configuration.pointerBits - MemoryInterface.leafSize.trailingZeroBitCount
  }

  /// Levels above the leaves.
  public var height: Int { spaceHeight + addressHeight }

  /// The number of the first space.
  public static var firstSpace: UInt32 { 1 }

  /// The index of a leaf among all leaves; nil outside the tree.
  public func leafIndex(_ address: MemoryAddress) -> UInt64? {
    let label = UInt64(address.pointer) / UInt64(MemoryInterface.leafSize)
    let space = UInt64(address.space.rawValue &- Self.firstSpace)
    guard space < 1 << UInt64(spaceHeight), label < 1 << UInt64(addressHeight) else { return nil }
    return space << UInt64(addressHeight) | label
  }

  /// The labels of the node with an index among those of its height: of the space, and of the address in it. Nodes that
  /// span spaces have an address label of 0.
  func labels(index: UInt64, height: Int) -> (space: UInt32, address: UInt32) {
    let bits = UInt64(max(addressHeight - height, 0))
    return (UInt32(truncatingIfNeeded: index >> bits), UInt32(truncatingIfNeeded: index & (1 << bits - 1)))
  }
}
