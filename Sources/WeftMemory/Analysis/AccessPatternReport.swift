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
    var blockSizes: [AddressSpaceID: Int] = [:]
    for space in configuration.spaces { blockSizes[space.id] = max(1, space.blockSize) }
    var last: [AddressSpaceID: MemoryRange] = [:]
    var pages: [MemoryImage.PageID: Int] = [:]
    var blocks: Set<MemoryAddress> = []
    for entry in log.entries {
      guard let kind = entry.header.kind else {
        counts.advances &+= 1
        idleTicks &+= entry.payload
        continue
      }
      if kind == .read { counts.reads &+= 1 } else { counts.writes &+= 1 }
      let range = MemoryRange(
        MemoryAddress(entry.header.space, entry.pointer), count: entry.header.count)
      guard range.address.space != .immediate else { continue }
      let size = UInt32(blockSizes[range.address.space] ?? 1)
      count(range, after: last.updateValue(range, forKey: range.address.space), blockSize: size)
      pages[MemoryImage.PageID(space: range.address.space, index: entry.pointer >> 12), default: 0] += 1
      for pointer in stride(
        from: UInt64(entry.pointer & ~(size &- 1)), to: range.end, by: Int(size))
      {
        blocks.insert(MemoryAddress(range.address.space, UInt32(truncatingIfNeeded: pointer)))
      }
    }
    touchedBlockCount = blocks.count
    hotPages = pages.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(16)
      .map { MemoryMetrics.HotPage(page: $0.key, accessCount: $0.value) }
  }

  private mutating func count(_ range: MemoryRange, after previous: MemoryRange?, blockSize: UInt32) {
    let pointer = range.address.pointer
    if range.count != Int(blockSize) || pointer & (blockSize &- 1) != 0 {
      let shape = MemoryRange.Shape(
        space: range.address.space, count: range.count,
        isAligned: pointer & UInt32(range.count &- 1) == 0)
      adapterCauses[shape, default: 0] += 1
    }
    guard let previous else { return }
    strides[Int64(pointer) &- Int64(previous.address.pointer), default: 0] += 1
    if previous.end == UInt64(pointer) { sequentialCount += 1 }
    if previous.address.pointer & ~(blockSize &- 1) == pointer & ~(blockSize &- 1) { repeatedCount += 1 }
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
