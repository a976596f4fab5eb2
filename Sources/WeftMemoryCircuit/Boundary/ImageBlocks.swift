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
    for id in image.sortedPageIDs where boundary.contains(id.space) {
      guard let page = image.pages[id] else { continue }
      guard UInt64(id.index) << 12 < 1 << UInt64(BoundaryClass.pointerBits) else {
        throw .imageOutOfRange(id.address)
      }
      let values = MemoryImage.cells(ofPage: page)
      for start in stride(from: 0, to: MemoryImage.pageSize, by: size) {
        let block = values[start..<start + size]
        guard block.contains(where: { $0 != 0 }) else { continue }
        let pointer = id.address.pointer + UInt32(start)
        blocks.append(Block(space: id.space.rawValue, label: pointer / UInt32(size)))
        cells += block
      }
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
