/// Pages of 4,096 cells of one address space: how often each was accessed and which of its blocks were.
struct TouchedPages {
  private struct Page {
    let index: UInt32
    var accessCount = 0
    /// Where the page's bits begin in `bits`.
    let firstWord: Int
  }

  private let blockShift: UInt32
  private let wordsPerPage: Int
  private var pages: [Page] = []
  /// Position in `pages` + 1 by page index, as far as pages were met.
  private var positions: [UInt32] = []
  /// One bit per block, page after page.
  private var bits: [UInt64] = []
  private(set) var touchedBlockCount = 0

  /// - Parameter blockShift: log2 of the cells of a block.
  init(blockShift: UInt32) {
    self.blockShift = blockShift
    wordsPerPage = max(1, Int(4096 >> blockShift) / 64)
  }

  /// Tallies an access of the page of `pointer` and the blocks that begin in a range of cells.
  mutating func note(_ pointer: UInt32, blocks: Range<UInt64>) {
    pages[position(ofPage: pointer &>> 12)].accessCount &+= 1
    var cell = blocks.lowerBound
    while cell < blocks.upperBound {
      touch(UInt32(truncatingIfNeeded: cell))
      cell &+= 1 &<< UInt64(blockShift)
    }
  }

  private mutating func touch(_ cell: UInt32) {
    let block = Int((cell & 4095) &>> blockShift)
    let word = pages[position(ofPage: cell &>> 12)].firstWord &+ block / 64
    let bit = UInt64(1) &<< UInt64(block % 64)
    if bits[word] & bit == 0 {
      bits[word] |= bit
      touchedBlockCount &+= 1
    }
  }

  private mutating func position(ofPage index: UInt32) -> Int {
    if Int(index) < positions.count, positions[Int(index)] > 0 { return Int(positions[Int(index)]) &- 1 }
    return append(index)
  }

  private mutating func append(_ index: UInt32) -> Int {
    if Int(index) >= positions.count {
      positions += [UInt32](repeating: 0, count: Int(index) &+ 1 &- positions.count)
    }
    pages.append(Page(index: index, firstWord: bits.count))
    bits += [UInt64](repeating: 0, count: wordsPerPage)
    positions[Int(index)] = UInt32(pages.count)
    return pages.count &- 1
  }

  /// Pages that accesses begin in, and how many.
  var accessCounts: [(page: UInt32, count: Int)] {
    pages.filter { $0.accessCount > 0 }.map { ($0.index, $0.accessCount) }
  }
}
