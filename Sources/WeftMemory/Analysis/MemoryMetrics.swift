/// How a run used its memory.
public struct MemoryMetrics: Hashable, Sendable {
  public var counts = AccessCounts()
  /// Entries of the log, or of the online records.
  public var entryCount = 0
  /// Bytes they occupy.
  public var entryBytes = 0
  /// Pages of 4,096 cells that hold something other than zeros.
  public var pageCount = 0
  /// Blocks that were accessed; nil where the run does not know (fast, metered).
  public var touchedBlockCount: Int?
  /// Blocks that all spaces have together.
  public var reservedBlockCount: UInt64 = 0
  /// The pages with most accesses, most first; empty where the run has no log.
  public var hotPages: [HotPage] = []

  public struct HotPage: Hashable, Sendable {
    public var page: MemoryImage.PageID
    public var accessCount: Int
  }

  /// Reads per write; nil without writes.
  public var readWriteRatio: Double? {
    counts.writes == 0 ? nil : Double(counts.reads) / Double(counts.writes)
  }

  /// Touched blocks per reserved block; nil where touched blocks are unknown.
  public var utilization: Double? {
    guard let touchedBlockCount, reservedBlockCount > 0 else { return nil }
    return Double(touchedBlockCount) / Double(reservedBlockCount)
  }

  /// Bytes of log or records per access; nil without accesses.
  public var bytesPerAccess: Double? {
    counts.accesses == 0 || entryBytes == 0 ? nil : Double(entryBytes) / Double(counts.accesses)
  }
}

extension MemoryController {
  /// How the run has used its memory so far. In runs with a log this reads the whole log, without what
  /// was drained of it.
  public var metrics: MemoryMetrics {
    MemoryMetrics(
      counts: counts, image: image, log: log, records: records, table: table, mode: mode,
      configuration: configuration)
  }
}

extension FinalizedMemory {
  /// How the run used its memory. In runs with a log this reads the whole log each time, without
  /// what was drained of it.
  public var metrics: MemoryMetrics {
    MemoryMetrics(
      counts: counts, image: image, log: accessLog, records: records, table: table, mode: mode,
      configuration: configuration)
  }
}

extension MemoryMetrics {
  fileprivate init(
    counts: AccessCounts, image: MemoryImage, log: borrowing AccessLog, records: borrowing MemoryRecords,
    table: borrowing SpaceTable, mode: RunMode, configuration: MemoryConfiguration
  ) {
    self.init()
    self.counts = counts
    entryCount = log.drainedCount &+ log.count &+ records.count
    entryBytes = log.byteCount &+ records.byteCount
    pageCount = image.pages.count
    for index in 0..<table.count {
      reservedBlockCount &+= table.slots[index].cellCount >> UInt64(table.slots[index].blockShift)
    }
    switch mode {
    case .fast, .metered: break
    case .recorded(.accessLog):
      let report = AccessPatternReport(log, configuration: configuration)
      self.counts = report.counts
      touchedBlockCount = report.touchedBlockCount
      hotPages = report.hotPages
    case .recorded(.instructionRecords):
      let slots = table.slots
      touchedBlockCount = (0..<table.count).reduce(0) { $0 + slots[$1].touchedBlocks.count }
    }
  }
}
