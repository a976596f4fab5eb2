/// Gives away ascending ranges of a space, each once.
public struct RegionAllocator: Hashable, Sendable {
  /// The first cell not given away.
  public private(set) var next: UInt64
  /// Behind the last cell there is.
  public let end: UInt64
  public let space: AddressSpaceID

  public init(next: UInt64 = 0, end: UInt64, space: AddressSpaceID) {
    self.next = next
    self.end = end
    self.space = space
  }

  /// - Parameters:
  ///   - count: cells, 0 or more.
  ///   - alignment: a power of two that divides the pointer of the result.
  /// - Throws: `sizeNotPowerOfTwo` for the alignment, `invalidAccessSize` for a negative count,
  ///   `addressOutOfBounds` where there is no room.
  public mutating func allocate(_ count: Int, alignment: Int = 1) throws(MemoryError) -> MemoryAddress {
    let mark = MemoryAddress(space, UInt32(truncatingIfNeeded: next))
    guard alignment > 0, alignment & (alignment &- 1) == 0 else {
      throw .sizeNotPowerOfTwo(MemoryRange(mark, count: alignment))
    }
    guard count >= 0 else { throw .invalidAccessSize(MemoryRange(mark, count: count), maximum: .max) }
    let mask = UInt64(alignment) &- 1
    let start = (next &+ mask) & ~mask
    let (last, overflow) = start.addingReportingOverflow(UInt64(count))
    guard start >= next, !overflow, last <= end, start <= UInt64(UInt32.max) else {
      throw .addressOutOfBounds(MemoryRange(mark, count: count), limit: end)
    }
    next = last
    return MemoryAddress(space, UInt32(truncatingIfNeeded: start))
  }
}
