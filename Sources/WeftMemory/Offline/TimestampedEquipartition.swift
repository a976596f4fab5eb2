/// Touched memory at the end of a run in equal aligned blocks, sorted by space and pointer.
public struct TimestampedEquipartition: Hashable, Sendable {
  /// One touched block. Its cells are `values(of:)`.
  public struct Block: Hashable, Sendable {
    public var address: MemoryAddress
    /// The last access; 0 for a block of which only a neighbour was touched.
    public var timestamp: UInt32
    /// Cells of the block: the boundary width of its space.
    public var size: Int
    /// Where its cells begin among those of `withCells`.
    public internal(set) var offset: Int
  }

  public private(set) var blocks: [Block] = []
  private var cells: [UInt32] = []

  public init() {}

  public var count: Int { blocks.count }

  /// The cells of a block at the end of the run.
  public func values(of block: Block) -> ArraySlice<UInt32> {
    cells[block.offset..<block.offset + block.size]
  }

  /// The cells of all blocks, one block after the other.
  public func withCells<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt32>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try cells.span.withUnsafeBufferPointer(body)
  }

  /// The block that begins at an address, or nil where none was touched there.
  public func block(at address: MemoryAddress) -> Block? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].address < address { low = middle + 1 } else { high = middle }
    }
    return low < blocks.count && blocks[low].address == address ? blocks[low] : nil
  }

  /// Blocks are appended in ascending order.
  mutating func append(_ slot: SpaceSlot, pointer: UInt32, size: Int, timestamp: UInt32) {
    blocks.append(
      Block(
        address: MemoryAddress(slot.id, pointer), timestamp: timestamp, size: size, offset: cells.count))
    let stored = UnsafeRawBufferPointer(start: slot.cell(pointer), count: slot.byteCount(size))
    cells.append(contentsOf: WeftMemory.cells(stored, isWide: slot.cellShift != 0))
  }
}
