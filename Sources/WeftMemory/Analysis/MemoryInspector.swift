/// Accesses of a run for people, one line each, in the order in which they happened.
///
/// It reads what a recorded run keeps anyway, so it costs nothing until it is asked.
public struct MemoryInspector: Sendable, Hashable {
  /// Spaces whose accesses are shown; nil for all.
  public var spaces: Set<AddressSpaceID>?
  /// Pointers of which at least one is accessed where an access is shown; nil for all.
  public var pointers: Range<UInt64>?
  /// Lines at most; what is left out is counted in a last line.
  public var limit: Int

  public init(spaces: Set<AddressSpaceID>? = nil, pointers: Range<UInt64>? = nil, limit: Int = 1000) {
    self.spaces = spaces
    self.pointers = pointers
    self.limit = limit
  }

  /// The entries of a log: number, time, what was accessed, what was written.
  public func lines(_ log: borrowing AccessLog) -> [String] {
    var lines = Lines(limit: limit)
    var time = UInt64(Timestamp.first)
    for (index, entry) in log.entries.enumerated() {
      let now = time
      guard let kind = entry.header.kind else {
        time &+= entry.payload
        if spaces == nil, pointers == nil { lines.add { "#\(index) @\(now) idle for \(entry.payload)" } }
        continue
      }
      time &+= 1
      let range = MemoryRange(MemoryAddress(entry.header.space, entry.pointer), count: entry.header.count)
      guard shows(range) else { continue }
      let data = log.withData(of: entry) { cells($0, isWide: entry.header.isWide) }
      lines.add {
        "#\(index) @\(now) \(kind) \(range)" + (data.map { ": \(Self.text($0))" } ?? "")
      }
    }
    return lines.finished
  }

  /// The records of a run: number, time, what was accessed, its cells, those before a write, the previous time.
  public func lines(_ records: borrowing MemoryRecords) -> [String] {
    var lines = Lines(limit: limit)
    for index in 0..<records.count {
      guard let record = records[index] else {
        let ticks = records.ticks(at: index)
        if spaces == nil, pointers == nil { lines.add { "#\(index) idle for \(ticks)" } }
        continue
      }
      let range = MemoryRange(record.address, count: record.count)
      guard shows(range) else { continue }
      let before = record.kind == .write ? "\(Self.text(record.previousData)) -> " : ""
      lines.add {
        "#\(index) @\(record.timestamp) \(record.kind) \(range): \(before)\(Self.text(record.data)), before @"
          + "\(record.previousTimestamp)"
      }
    }
    return lines.finished
  }

  private func shows(_ range: MemoryRange) -> Bool {
    if let spaces, !spaces.contains(range.address.space) { return false }
    guard let pointers else { return true }
    return UInt64(range.address.pointer) < pointers.upperBound && range.end > pointers.lowerBound
  }

  private static func text(_ cells: [UInt32]) -> String {
    cells.map(String.init).joined(separator: " ")
  }
}

/// Lines up to a limit, and how many more there would be.
private struct Lines {
  let limit: Int
  private var lines: [String] = []
  private var omitted = 0

  init(limit: Int) { self.limit = limit }

  mutating func add(_ line: () -> String) {
    if lines.count < limit { lines.append(line()) } else { omitted += 1 }
  }

  var finished: [String] { omitted == 0 ? lines : lines + ["\(omitted) more"] }
}
