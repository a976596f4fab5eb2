/// All a chip needs to prove an access.
public struct MemoryRecord: Hashable, Sendable {
  public var address: MemoryAddress
  public var kind: MemoryAccessKind
  public var timestamp: UInt32
  /// When the block was last accessed; 0 where it still holds its initial state.
  public var previousTimestamp: UInt32
  /// The cells after the access.
  public var data: [UInt32]
  /// The cells before the access; equal to `data` for a read.
  public var previousData: [UInt32]

  public init(
    address: MemoryAddress, kind: MemoryAccessKind, timestamp: UInt32, previousTimestamp: UInt32,
    data: [UInt32], previousData: [UInt32]
  ) {
    self.address = address
    self.kind = kind
    self.timestamp = timestamp
    self.previousTimestamp = previousTimestamp
    self.data = data
    self.previousData = previousData
  }

  public var count: Int { data.count }
}
