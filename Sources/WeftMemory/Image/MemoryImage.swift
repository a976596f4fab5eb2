/// Contents of memory: sparse pages of 4,096 cells per address space.
///
/// Pages of zeros are never kept, so images of equal contents are equal, and so are their files.
public struct MemoryImage: Hashable, Sendable {
  /// Cells of a page: the unit of images, image files, snapshots and block maps.
  public static var pageSize: Int { 4096 }

  /// Where a page lies: its space, and its first cell divided by `pageSize`.
  public struct PageID: Hashable, Comparable, Sendable {
    public var space: AddressSpaceID
    public var index: UInt32

    public init(space: AddressSpaceID, index: UInt32) {
      self.space = space
      self.index = index
    }

    public static func < (left: Self, right: Self) -> Bool {
      (left.space, left.index) < (right.space, right.index)
    }

    /// The first cell.
    public var address: MemoryAddress { MemoryAddress(space, index &<< 12) }
  }

  /// The bytes of the non-zero pages: 4,096 in spaces of byte cells, 16,384 in spaces of field cells.
  public private(set) var pages: [PageID: [UInt8]] = [:]
  /// The Merkle root that the contents are said to have, eight field elements; forgotten by a change.
  public var statedRoot: [UInt32]?

  public init() {}

  /// An image of one run of byte cells.
  /// - Throws: `addressOutOfBounds` where the bytes pass the last pointer.
  public init(bytes: [UInt8], at address: MemoryAddress) throws(MemoryError) {
    try setBytes(bytes, at: address)
  }

  public var isEmpty: Bool { pages.isEmpty }

  /// Page numbers in the order of files: by space, then pointer.
  public var sortedPageIDs: [PageID] { pages.keys.sorted() }

  /// Stores byte cells.
  /// - Throws: `addressOutOfBounds`; `notByteCells` where the space holds field cells.
  public mutating func setBytes(_ bytes: [UInt8], at address: MemoryAddress) throws(MemoryError) {
    try bytes.span.bytes.withUnsafeBytes { buffer throws(MemoryError) in
      try store(buffer, at: address, cellShift: 0)
    }
  }

  /// Stores field cells, each below `AddressSpace.fieldOrder`.
  /// - Throws: `nonCanonicalCell`, `addressOutOfBounds`; `notByteCells` where the space holds bytes.
  public mutating func setCells(_ cells: [UInt32], at address: MemoryAddress) throws(MemoryError) {
    if let index = cells.firstIndex(where: { $0 >= AddressSpace.fieldOrder }) {
      let pointer = address.pointer &+ UInt32(truncatingIfNeeded: index)
      throw .nonCanonicalCell(cells[index], at: MemoryAddress(address.space, pointer))
    }
    try cells.span.bytes.withUnsafeBytes { buffer throws(MemoryError) in
      try store(buffer, at: address, cellShift: 2)
    }
  }

  private mutating func store(
    _ source: UnsafeRawBufferPointer, at address: MemoryAddress, cellShift: Int
  ) throws(MemoryError) {
    let range = MemoryRange(address, count: source.count >> cellShift)
    guard range.end <= 1 << 32 else { throw .addressOutOfBounds(range, limit: 1 << 32) }
    let pageBytes = Self.pageSize << cellShift
    if let other = pages.first(where: { $0.key.space == address.space }), other.value.count != pageBytes {
      throw .notByteCells(range)
    }
    var done = 0
    while done < source.count {
      let position = Int(address.pointer) << cellShift + done
      let id = PageID(space: address.space, index: UInt32(position / pageBytes))
      let offset = position % pageBytes
      let count = min(pageBytes - offset, source.count - done)
      var page = pages[id] ?? [UInt8](repeating: 0, count: pageBytes)
      page.withUnsafeMutableBytes {
        UnsafeMutableRawBufferPointer(rebasing: $0[offset..<offset + count])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[done..<done + count]))
      }
      setPage(page, id)
      done += count
    }
  }

  /// Replaces a page, which has as many bytes as its space's cells take.
  mutating func setPage(_ bytes: [UInt8], _ id: PageID) {
    pages[id] = bytes.allSatisfy { $0 == 0 } ? nil : bytes
    statedRoot = nil
  }

  /// The value of a cell; 0 where nothing was stored.
  public subscript(address: MemoryAddress) -> UInt32 {
    guard let page = pages[PageID(space: address.space, index: address.pointer >> 12)] else { return 0 }
    let index = Int(address.pointer & 4095)
    if page.count == Self.pageSize { return UInt32(page[index]) }
    return page.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index << 2, as: UInt32.self) }
  }

  /// Byte cells from an address on; zeros where nothing was stored.
  public func bytes(at address: MemoryAddress, count: Int) -> [UInt8] {
    (0..<max(0, count)).map {
      UInt8(truncatingIfNeeded: self[MemoryAddress(address.space, address.pointer &+ UInt32($0))])
    }
  }
}

extension MemoryImage {
  /// The first cell, by space and pointer, whose value differs; nil for equal contents.
  public func firstDifference(from other: MemoryImage) -> MemoryAddress? {
    for id in Set(pages.keys).union(other.pages.keys).sorted() where pages[id] != other.pages[id] {
      for offset in 0..<UInt32(Self.pageSize) {
        let address = MemoryAddress(id.space, id.address.pointer &+ offset)
        if self[address] != other[address] { return address }
      }
    }
    return nil
  }
}
