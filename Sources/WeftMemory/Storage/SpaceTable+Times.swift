// Block times and allocator marks of all spaces, for snapshots and finalisation.
extension SpaceTable {
  static var timesPerPage: Int { 1024 }

  /// The pages of block times that hold a time other than 0.
  func times() -> [MemoryImage.PageID: [UInt32]] {
    var pages: [MemoryImage.PageID: [UInt32]] = [:]
    for index in 0..<count {
      let slot = slots[index]
      for page in slot.presentTimePages {
        let times = Array(slot.timePage(page))
        if times.contains(where: { $0 != 0 }) {
          pages[MemoryImage.PageID(space: slot.id, index: UInt32(page))] = times
        }
      }
    }
    return pages
  }

  func replaceTimes(with pages: [MemoryImage.PageID: [UInt32]]) {
    for index in 0..<count {
      let slot = slots[index]
      for page in slot.presentTimePages
      where pages[MemoryImage.PageID(space: slot.id, index: UInt32(page))] == nil {
        let times = UnsafeMutableRawBufferPointer(slot.timePage(page))
        PresentPages.clear(times.baseAddress!, byteCount: times.count)
      }
    }
    for (id, times) in pages {
      if let slot = slot(id.space) {
        _ = slot.pointee.timePage(Int(id.index)).update(fromContentsOf: times)
      }
    }
  }

  var allocatorMarks: [UInt64] { (0..<count).map { slots[$0].allocatorMark } }

  func setAllocatorMarks(_ marks: [UInt64]) {
    for (index, mark) in marks.enumerated() where index < count { slots[index].allocatorMark = mark }
  }
}

extension SpaceSlot {
  /// Pages of block times that may hold something other than zeros.
  var presentTimePages: [Int] {
    guard timesCount > 0 else { return [] }
    guard timesCount > SpaceTable.timesPerPage else { return [0] }
    return PresentPages.chunks(
      base: region.base + region.timesOffset, byteCount: timesCount * 4, chunkBytes: 4096)
  }

  func timePage(_ index: Int) -> UnsafeMutableBufferPointer<UInt32> {
    let start = index * SpaceTable.timesPerPage
    return UnsafeMutableBufferPointer(
      start: region.times + start, count: min(SpaceTable.timesPerPage, timesCount - start))
  }

  /// The blocks that were accessed, ascending, and when they last were. Without the scratch slot of the
  /// register file, which is no register.
  var touchedBlocks: [(pointer: UInt32, timestamp: UInt32)] {
    var result: [(pointer: UInt32, timestamp: UInt32)] = []
    for page in presentTimePages {
      for (offset, time) in timePage(page).enumerated() where time != 0 {
        let pointer = UInt64(page * SpaceTable.timesPerPage + offset) << UInt64(blockShift)
        if pointer < cellCount { result.append((UInt32(truncatingIfNeeded: pointer), time)) }
      }
    }
    return result
  }
}
