import WeftMemory

/// The blocks of a start image that are not zero, of the spaces of one boundary class, sorted.
///
/// They depend on the image alone, so that the table of a program can be committed once.
public struct ImageBlocks: Sendable {
  struct Block: Hashable, Sendable {
    var space: UInt32
    /// The pointer divided by the block size.
    var label: UInt32
  }

  public let boundary: BoundaryClass
  let blocks: [Block]
  /// `blockSize` cells of every block, one after the other.
  let cells: [UInt32]

  public var count: Int { blocks.count }

  public init(_ image: MemoryImage, _ boundary: BoundaryClass) throws(MemoryCircuitError) {
    var blocks: [Block] = []
    var cells: [UInt32] = []
    let size = boundary.blockSize
    try image.forEachBlock(size: size, where: boundary.contains) {
      address, block throws(MemoryCircuitError) in
      guard UInt64(address.pointer) < 1 << UInt64(BoundaryClass.pointerBits) else {
        throw .imageOutOfRange(address)
      }
      blocks.append(Block(space: address.space.rawValue, label: address.pointer / UInt32(size)))
      cells += block
    }
    self.boundary = boundary
    self.blocks = blocks
    self.cells = cells
  }

  /// The images of all classes of a program.
  /// - Throws: `imageOutOfRange` for the first cell that belongs to none of them.
  public static func blocks(
    of image: MemoryImage, classes: [BoundaryClass]
  ) throws(MemoryCircuitError) -> [ImageBlocks] {
    for id in image.sortedPageIDs where !classes.contains(where: { $0.contains(id.space) }) {
      throw .imageOutOfRange(id.address)
    }
    var result: [ImageBlocks] = []
    for boundary in classes { result.append(try ImageBlocks(image, boundary)) }
    return result
  }
}
