/// Cells as they are stored, a byte or four bytes each; valid as long as what they belong to.
@frozen
public struct StoredCells {
  public let bytes: UnsafeRawBufferPointer
  /// Whether cells take four bytes instead of one.
  public let isWide: Bool

  @inlinable
  init(_ bytes: UnsafeRawBufferPointer, isWide: Bool) {
    self.bytes = bytes
    self.isWide = isWide
  }

  /// The number of cells.
  @inlinable public var count: Int { bytes.count &>> (isWide ? 2 : 0) }

  /// The value of a cell; 0 outside.
  @inlinable
  public subscript(index: Int) -> UInt32 {
    guard index >= 0, index < count else { return 0 }
    return isWide
      ? bytes.loadUnaligned(fromByteOffset: index &<< 2, as: UInt32.self) : UInt32(bytes[index])
  }
}
