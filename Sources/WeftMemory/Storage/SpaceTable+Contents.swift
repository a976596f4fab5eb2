import Glibc

// Contents of all spaces as pages.
extension SpaceTable {
  /// Checks that every cell of an image fits its space.
  func validate(_ image: MemoryImage) throws(MemoryError) {
    for (id, page) in image.pages.sorted(by: { $0.key < $1.key }) {
      let range = MemoryRange(id.address, count: MemoryImage.pageSize)
      guard let slot = slot(id.space), slot.pointee.kind != .immediate else {
        throw .invalidAddressSpace(range)
      }
      guard page.count == MemoryImage.pageSize << Int(slot.pointee.cellShift) else {
        throw .notByteCells(range)
      }
      // Any byte is a cell: only pages that reach past the end of their space need a closer look.
      if slot.pointee.kind == .byte, range.end <= slot.pointee.cellCount { continue }
      let values = page.withUnsafeBytes { cells($0, isWide: slot.pointee.cellShift != 0) }
      for (index, value) in values.enumerated() where value != 0 {
        let address = MemoryAddress(id.space, id.address.pointer &+ UInt32(index))
        guard UInt64(address.pointer) < slot.pointee.cellCount else {
          throw .addressOutOfBounds(MemoryRange(address, count: 1), limit: slot.pointee.cellCount)
        }
        guard value <= slot.pointee.kind.maximumCell else { throw .nonCanonicalCell(value, at: address) }
      }
    }
  }

  /// The non-zero pages of all spaces.
  func image() -> MemoryImage {
    var image = MemoryImage()
    for index in 0..<count {
      let slot = slots[index]
      for chunk in slot.presentPages {
        let bytes = slot.pageBytes(chunk)
        guard bytes.contains(where: { $0 != 0 }) else { continue }
        image.setPage(slot.pageCopy(chunk), MemoryImage.PageID(space: slot.id, index: UInt32(chunk)))
      }
    }
    return image
  }

  /// Makes all spaces hold exactly an image that has been checked.
  func replaceContents(with image: MemoryImage) {
    for index in 0..<count {
      let slot = slots[index]
      for chunk in slot.presentPages
      where image.pages[MemoryImage.PageID(space: slot.id, index: UInt32(chunk))] == nil {
        slot.clearPage(chunk)
      }
    }
    for (id, page) in image.pages {
      guard let slot = slot(id.space) else { continue }
      let target = slot.pointee.pageBytes(Int(id.index))
      page.withUnsafeBytes {
        // A page that already holds the contents is not written, and so not copied by the system.
        if memcmp(target.baseAddress!, $0.baseAddress!, target.count) != 0 {
          UnsafeMutableRawBufferPointer(mutating: target).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: $0[0..<target.count]))
        }
      }
    }
  }
}

extension SpaceSlot {
  var pageByteCount: Int { MemoryImage.pageSize << Int(cellShift) }
  var dataByteCount: Int { Int(truncatingIfNeeded: cellCount) << Int(cellShift) }

  /// Indices of the pages that may hold something other than zeros.
  var presentPages: [Int] {
    guard cellCount > 0 else { return [] }
    return PresentPages.chunks(base: region.base, byteCount: dataByteCount, chunkBytes: pageByteCount)
  }

  /// The cells of a page; fewer bytes than a page at the end of a space that ends inside one.
  func pageBytes(_ index: Int) -> UnsafeRawBufferPointer {
    let start = index * pageByteCount
    return UnsafeRawBufferPointer(
      start: region.base + start, count: min(pageByteCount, dataByteCount - start))
  }

  func clearPage(_ index: Int) {
    let bytes = UnsafeMutableRawBufferPointer(mutating: pageBytes(index))
    PresentPages.clear(bytes.baseAddress!, byteCount: bytes.count)
  }
}
