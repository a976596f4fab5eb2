/// Contents of memory in equal aligned blocks, sorted by space and pointer; blocks of zeros are left out.
public struct Equipartition: Hashable, Sendable {
  /// Cells per block.
  public let blockSize: Int
  /// Where each block begins.
  public private(set) var addresses: [MemoryAddress] = []
  /// `blockSize` cells of every block, one block after the other.
  public private(set) var cells: [UInt32] = []

  public var count: Int { addresses.count }

  /// The cells of a block.
  public func values(at index: Int) -> ArraySlice<UInt32> {
    cells[index * blockSize..<(index + 1) * blockSize]
  }

  /// The blocks of an image.
  /// - Parameters:
  ///   - blockSize: a power of two up to the size of a page.
  ///   - isIncluded: which spaces.
  /// - Throws: `blockSizeMismatch` for another size.
  public init(
    _ image: MemoryImage, blockSize: Int, where isIncluded: (AddressSpaceID) -> Bool = { _ in true }
  ) throws(MemoryError) {
    guard blockSize > 0, blockSize & (blockSize &- 1) == 0, blockSize <= MemoryImage.pageSize else {
      throw .blockSizeMismatch(requested: blockSize, required: MemoryImage.pageSize)
    }
    self.blockSize = blockSize
    for id in image.sortedPageIDs where isIncluded(id.space) {
      let page = image.pageCells(id)
      for start in stride(from: 0, to: page.count, by: blockSize) {
        let block = page[start..<start + blockSize]
        guard block.contains(where: { $0 != 0 }) else { continue }
        addresses.append(MemoryAddress(id.space, id.address.pointer &+ UInt32(truncatingIfNeeded: start)))
        cells += block
      }
    }
  }
}

extension MemoryImage {
  /// The cells of a page; none where nothing was stored.
  public func pageCells(_ id: PageID) -> [UInt32] {
    guard let page = pages[id] else { return [] }
    return page.withUnsafeBytes { cells($0, isWide: page.count != Self.pageSize) }
  }
}
