/// A range of any length as accesses: aligned pieces of a power of two of cells, in order, exactly the cells
/// asked for.
///
/// Pieces are at most one block, so a range inside whole blocks causes no adapter rows.
public struct AccessPlan: Sequence, Hashable, Sendable {
  public let range: MemoryRange
  /// Most cells of a piece.
  public let maximumSize: Int

  /// - Parameters:
  ///   - range: a range that lies inside its space.
  ///   - maximumSize: a power of two.
  public init(_ range: MemoryRange, maximumSize: Int) {
    self.range = range
    self.maximumSize = Swift.max(1, maximumSize)
  }

  public struct Iterator: IteratorProtocol {
    var address: MemoryAddress
    var remaining: Int
    let maximumSize: Int

    public mutating func next() -> MemoryRange? {
      guard remaining > 0 else { return nil }
      let alignment = address.pointer == 0 ? maximumSize : 1 &<< address.pointer.trailingZeroBitCount
      let fitting = 1 &<< (Int.bitWidth &- 1 &- remaining.leadingZeroBitCount)
      let size = Swift.min(alignment, fitting, maximumSize)
      let piece = MemoryRange(address, count: size)
      address.pointer &+= UInt32(truncatingIfNeeded: size)
      remaining &-= size
      return piece
    }
  }

  public func makeIterator() -> Iterator {
    Iterator(address: range.address, remaining: range.count, maximumSize: maximumSize)
  }

  /// Pieces of the plan.
  public var pieceCount: Int { reduce(0) { count, _ in count &+ 1 } }
}
