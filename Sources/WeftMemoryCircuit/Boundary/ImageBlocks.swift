import WeftMemory

/// The blocks of a start image that are not zero, of the spaces of one boundary class.
///
/// They depend on the image alone, so that the table of a program can be committed once.
public struct ImageBlocks: Sendable {
  public let boundary: BoundaryClass
  public let blocks: Equipartition

  public var count: Int { blocks.count }

  /// - Throws: `imageOutOfRange` for a block behind the last pointer of a proof; `invalidBoundary`.
  public init(_ image: MemoryImage, _ boundary: BoundaryClass) throws(MemoryCircuitError) {
    do throws(MemoryError) {
      blocks = try Equipartition(image, blockSize: boundary.blockSize, where: boundary.contains)
    } catch {
      throw .invalidBoundary(boundary)
    }
    self.boundary = boundary
    if let far = blocks.addresses.first(where: { $0.pointer >> UInt32(BoundaryClass.pointerBits) != 0 }) {
      throw .imageOutOfRange(far)
    }
  }

  /// The pointer of a block divided by the block size.
  func label(_ index: Int) -> UInt32 { blocks.addresses[index].pointer / UInt32(boundary.blockSize) }

  /// The images of all classes of a program.
  /// - Throws: `imageOutOfRange` for the first page that belongs to none of them.
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
