/// The result of an access of `size` cells: its record, and values: those read, or those a write replaced.
@frozen
public struct MemoryAccess<let size: Int>: Sendable {
  public let record: RecordID
  public let values: InlineArray<size, UInt32>

  @inlinable
  init(record: RecordID, values: InlineArray<size, UInt32>) {
    self.record = record
    self.values = values
  }
}

/// The result of an access of one cell.
public struct CellAccess: Hashable, Sendable {
  public let record: RecordID
  /// The value read, or the value a write replaced.
  public let value: UInt32
}

/// The result of an access whose size is known at run time.
public struct DynamicAccess: Hashable, Sendable {
  public let record: RecordID
  /// The values read, or those a write replaced.
  public let values: [UInt32]
}
