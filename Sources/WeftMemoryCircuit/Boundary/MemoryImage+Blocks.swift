import WeftMemory

extension MemoryImage {
  /// Calls a closure for every aligned block of some spaces that is not zero, by space and pointer, with its cells.
  /// - Parameter size: cells of a block, a power of two up to the size of a page.
  func forEachBlock<Failure: Error>(
    size: Int, where isIncluded: (AddressSpaceID) -> Bool = { _ in true },
    _ body: (MemoryAddress, ArraySlice<UInt32>) throws(Failure) -> Void
  ) throws(Failure) {
    for id in sortedPageIDs where isIncluded(id.space) {
      guard let page = pages[id] else { continue }
      let cells = Self.cells(ofPage: page)
      for start in stride(from: 0, to: Self.pageSize, by: size) {
        let block = cells[start..<start + size]
        guard block.contains(where: { $0 != 0 }) else { continue }
        try body(MemoryAddress(id.space, id.address.pointer &+ UInt32(start)), block)
      }
    }
  }

  /// The cells of a page of either kind.
  static func cells(ofPage page: [UInt8]) -> [UInt32] {
    if page.count == pageSize { return page.map(UInt32.init) }
    return page.withUnsafeBytes { bytes in
      (0..<pageSize).map { bytes.loadUnaligned(fromByteOffset: $0 << 2, as: UInt32.self) }
    }
  }
}
