/// Where and in what order a run accessed its memory, for people who make it faster to prove.
public struct AccessPatternReport: Hashable, Sendable {
  public private(set) var counts = AccessCounts()
  /// Ticks without an access.
  public private(set) var idleTicks: UInt64 = 0
  /// Blocks that were accessed.
  public private(set) var touchedBlockCount = 0
  /// Accesses that begin where the previous one in the same space ended.
  public private(set) var sequentialCount = 0
  /// Accesses of a block that the previous access in the same space touched as well.
  public private(set) var repeatedCount = 0
  /// Accesses that are not exactly one block of their space, by space and size: each costs adapter rows.
  public private(set) var adapterCauses: [MemoryRange.Shape: Int] = [:]
  /// How often each distance to the previous access in the same space occurs.
  public private(set) var strides: [Int64: Int] = [:]
  /// The sixteen pages with most accesses, most first.
  public private(set) var hotPages: [MemoryMetrics.HotPage] = []

  /// Reads a log once.
  public init(_ log: borrowing AccessLog, configuration: MemoryConfiguration) {
    var spaces = SpacePatterns(configuration)
    var strides = StrideCounter()
    for entry in log.entries {
      guard let kind = entry.header.kind else {
        counts.advances &+= 1
        idleTicks &+= entry.payload
        continue
      }
      if kind == .read { counts.reads &+= 1 } else { counts.writes &+= 1 }
      guard entry.header.space != .immediate else { continue }
      let index = spaces.index(of: entry.header.space)
      if let stride = spaces.patterns[index].note(entry.pointer, log2Count: entry.header.log2Count) {
        strides.note(stride)
      }
    }
    self.strides = strides.counts()
    var pages: [MemoryMetrics.HotPage] = []
    for pattern in spaces.patterns {
      touchedBlockCount += pattern.pages.touchedBlockCount
      sequentialCount += pattern.sequentialCount
      repeatedCount += pattern.repeatedCount
      pages += pattern.pages.accessCounts.map { index, count in
        MemoryMetrics.HotPage(
          page: MemoryImage.PageID(space: pattern.space, index: index), accessCount: count)
      }
      adapterCauses.merge(pattern.adapterCauses) { $0 + $1 }
    }
    hotPages = Array(pages.sorted { ($1.accessCount, $0.page) < ($0.accessCount, $1.page) }.prefix(16))
  }
}

extension MemoryRange {
  /// Accesses that cause adapter rows alike.
  public struct Shape: Hashable, Sendable {
    public var space: AddressSpaceID
    public var count: Int
    public var isAligned: Bool
  }
}

extension AccessPatternReport: CustomStringConvertible {
  /// A few lines of text, the same for the same log.
  public var description: String {
    var lines = [
      "reads \(counts.reads), writes \(counts.writes), idle ticks \(idleTicks)",
      "touched blocks \(touchedBlockCount), sequential \(sequentialCount), repeated \(repeatedCount)",
    ]
    for page in hotPages {
      lines.append("\(page.page.address): \(page.accessCount) accesses")
    }
    let causes = adapterCauses.sorted {
      ($0.key.space, $0.key.count, $0.key.isAligned ? 1 : 0)
        < ($1.key.space, $1.key.count, $1.key.isAligned ? 1 : 0)
    }
    for (shape, count) in causes {
      let alignment = shape.isAligned ? "aligned" : "unaligned"
      lines.append("\(count) \(alignment) accesses of \(shape.count) cells in \(shape.space) need adapters")
    }
    return lines.joined(separator: "\n")
  }
}
