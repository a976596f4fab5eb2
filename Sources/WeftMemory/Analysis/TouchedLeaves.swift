// What a metered run touched: leaves of eight cells of every space, and how often the host accessed each space. A part
// of a run, a segment, is measured by itself: `beginSegment` forgets what came before.
extension MemoryController {
  /// Where an engine notes the leaves that loads and stores touch, a byte each; nil unless the run is metered.
  public func touchedLeafMap(of space: AddressSpaceID) -> UnsafeMutablePointer<UInt8>? {
    table.slot(space)?.pointee.touchedLeaves
  }

  /// The leaves that a metered run touched since its segment began, by their first cells, ascending.
  ///
  /// Engines access registers without noting it: all of them count as touched.
  public func touchedLeaves() -> [MemoryAddress] {
    var result: [MemoryAddress] = []
    for index in 0..<table.count { table.slots[index].appendTouchedLeaves(to: &result) }
    return result
  }

  /// Bytes of a space in pages of 4,096 that a metered run touched.
  public func touchedByteCount(of space: AddressSpaceID) -> Int {
    guard let slot = table.slot(space) else { return 0 }
    var leaves: [MemoryAddress] = []
    slot.pointee.appendTouchedLeaves(to: &leaves)
    var (pages, last) = (0, UInt32?.none)
    for leaf in leaves where leaf.pointer &>> 12 != last {
      last = leaf.pointer &>> 12
      pages &+= 1
    }
    return pages &* slot.pointee.byteCount(MemoryImage.pageSize)
  }

  /// Accesses of a metered run that went through the controller since its segment began: those of the host.
  public var hostAccessCounts: [AddressSpaceID: UInt64] {
    var counts: [AddressSpaceID: UInt64] = [:]
    for index in 0..<table.count { counts[table.slots[index].id] = table.slots[index].accessCount }
    return counts
  }

  /// Begins a new segment of a metered run: the clock is at 1 again, and nothing is touched.
  public mutating func beginSegment() {
    guard form == .metered else { return }
    clock = Timestamp.first
    counts = AccessCounts()
    for index in 0..<table.count { table.slots[index].forgetTouches() }
  }

  /// The contents at this moment, given those at the beginning of the segment of a metered run: pages that nobody
  /// touched are shared with these.
  public func image(updating earlier: MemoryImage) -> MemoryImage {
    var image = earlier
    var last: MemoryImage.PageID?
    for leaf in touchedLeaves() {
      let id = MemoryImage.PageID(space: leaf.space, index: leaf.pointer &>> 12)
      guard id != last, let slot = table.slot(leaf.space) else { continue }
      last = id
      image.setPage(slot.pointee.pageCopy(Int(id.index)), id)
    }
    return image
  }

  /// How far every space has been given away by `allocate`, in the order of the spaces.
  public var allocatorMarks: [UInt64] { table.allocatorMarks }

  /// Takes back what `allocatorMarks` gave.
  public mutating func setAllocatorMarks(_ marks: [UInt64]) { table.setAllocatorMarks(marks) }
}

extension SpaceSlot {
  /// Notes an access of the host in a metered run.
  @inlinable
  mutating func noteTouch(_ pointer: UInt32, count: Int) {
    guard let touchedLeaves else { return }
    accessCount &+= 1
    let shift = UInt32(Self.leafShift)
    var leaf = Int(truncatingIfNeeded: pointer &>> shift)
    let last = Int(truncatingIfNeeded: (pointer &+ UInt32(truncatingIfNeeded: count &- 1)) &>> shift)
    while leaf <= last {
      touchedLeaves[leaf] = 1
      leaf &+= 1
    }
  }

  /// log2 of the cells of a leaf.
  @inlinable static var leafShift: Int { 3 }

  fileprivate func appendTouchedLeaves(to result: inout [MemoryAddress]) {
    guard let touchedLeaves, touchedLeafCount > 0 else { return }
    let isRegisterFile = id == .registers
    let chunk = 4096
    let pages = PresentPages.chunks(base: touchedLeaves, byteCount: touchedLeafCount, chunkBytes: chunk)
    for page in isRegisterFile ? [0] : pages {
      let end = min((page &+ 1) &* chunk, touchedLeafCount)
      var leaf = page &* chunk
      while leaf < end {
        // Eight leaves at once: most are untouched.
        let isEmpty =
          leaf &+ 8 <= end
          && UnsafeRawPointer(touchedLeaves + leaf).loadUnaligned(as: UInt64.self) == 0
        if isEmpty, !isRegisterFile {
          leaf &+= 8
          continue
        }
        for index in leaf..<min(leaf &+ 8, end) where isRegisterFile || touchedLeaves[index] != 0 {
          result.append(MemoryAddress(id, UInt32(truncatingIfNeeded: index &<< Self.leafShift)))
        }
        leaf &+= 8
      }
    }
  }

  fileprivate mutating func forgetTouches() {
    accessCount = 0
    guard let touchedLeaves, touchedLeafCount > 0 else { return }
    let chunk = 4096
    for page in PresentPages.chunks(base: touchedLeaves, byteCount: touchedLeafCount, chunkBytes: chunk) {
      PresentPages.clear(touchedLeaves + page &* chunk, byteCount: chunk)
    }
  }

  /// The bytes of a page, as many as the pages of images have.
  func pageCopy(_ index: Int) -> [UInt8] {
    let bytes = pageBytes(index)
    var page = [UInt8](repeating: 0, count: pageByteCount)
    page.withUnsafeMutableBytes { $0.copyMemory(from: bytes) }
    return page
  }
}
