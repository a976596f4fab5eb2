import CWeftABI

/// What a metered run counts: entries of straight lines, and touched pages.
final class Meter {
  let lineEntries: UnsafeMutablePointer<Int64>
  let touchedPages: UnsafeMutablePointer<UInt8>
  private let slotCount: Int
  private let pageCount: Int

  init(slots: Int, memorySize: UInt64) {
    slotCount = slots
    pageCount = Int(memorySize / 4096)
    lineEntries = .allocate(capacity: slots)
    lineEntries.initialize(repeating: 0, count: slots)
    touchedPages = .allocate(capacity: max(pageCount, 1))
    touchedPages.initialize(repeating: 0, count: max(pageCount, 1))
  }

  deinit {
    lineEntries.deallocate()
    touchedPages.deallocate()
  }

  /// Counts one instruction that the host carried out.
  func count(_ index: Int?) {
    if let index, index < slotCount { lineEntries[index] &+= 1 }
  }

  /// Pages of memory that loads and stores touched.
  var touchedPageCount: Int {
    UnsafeBufferPointer(start: touchedPages, count: pageCount).reduce(0) { $0 &+ Int($1) }
  }

  /// How often each slot retired: a line entered at slot k counts for every slot from k to its end.
  func instructionCounts(lengths slots: UnsafeMutablePointer<weft_instruction>) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: slotCount)
    var running: Int64 = 0
    for index in 0..<slotCount {
      running &+= lineEntries[index]
      counts[index] = UInt64(clamping: running)
      if slots[index].length <= 1 { running = 0 }
    }
    return counts
  }
}
