/// A controller's state at a moment, to go back to.
public struct MemorySnapshot: Hashable, Sendable {
  /// All that `restore` brings back.
  struct State: Hashable, Sendable {
    var image: MemoryImage
    var initialImage: MemoryImage
    var timestamp: UInt32
    var counts: AccessCounts
    var logCount: Int
    var logArenaCount: Int
    var recordCount: Int
    var recordArenaCount: Int
    var allocatorMarks: [UInt64]
    /// Non-zero pages of block times: 1,024 times each, and all of the register file's.
    var times: [MemoryImage.PageID: [UInt32]]

    /// Length of whichever of log and records the run keeps.
    var historyCount: Int { logCount &+ recordCount }
  }

  let configuration: MemoryConfiguration
  let interface: MemoryInterface
  let mode: RunMode
  let run: UInt32
  /// How often the log had been cut when the snapshot was taken.
  let truncationCount: Int
  let state: State

  /// The time of the next access.
  public var timestamp: UInt32 { state.timestamp }
  /// The contents of memory.
  public var image: MemoryImage { state.image }
}

extension MemoryController {
  /// The state at this moment.
  public func snapshot() -> MemorySnapshot {
    MemorySnapshot(
      configuration: configuration, interface: interface, mode: mode, run: log.run,
      truncationCount: truncations.count, state: state)
  }

  var state: MemorySnapshot.State {
    MemorySnapshot.State(
      image: image, initialImage: initialImage, timestamp: clock, counts: counts, logCount: log.count,
      logArenaCount: log.arena.count, recordCount: records.count,
      recordArenaCount: records.arenaCount, allocatorMarks: table.allocatorMarks, times: table.times())
  }

  /// Goes back to a snapshot: contents, clock, log, records, block times and allocations are as they were.
  ///
  /// In recorded runs the log is cut, so the snapshot must be one of this run, and a later one becomes invalid.
  /// - Throws: `invalidSnapshot`.
  public mutating func restore(_ snapshot: MemorySnapshot) throws(MemoryError) {
    guard
      snapshot.configuration == configuration, snapshot.interface == interface, snapshot.mode == mode
    else { throw .invalidSnapshot(.otherConfiguration) }
    let state = snapshot.state
    let isRecorded = form == .log || form == .online
    if isRecorded {
      guard snapshot.run == log.run else { throw .invalidSnapshot(.otherRun) }
      let shortest = truncations[min(snapshot.truncationCount, truncations.count)...].min()
      if let shortest, shortest < state.historyCount {
        throw .invalidSnapshot(.logWasTruncated(to: shortest, snapshot: state.historyCount))
      }
      truncations.append(state.historyCount)
    }
    table.removeContexts(from: state.allocatorMarks.count &- table.declaredCount)
    table.replaceContents(with: state.image)
    table.replaceTimes(with: state.times)
    table.setAllocatorMarks(state.allocatorMarks)
    initialImage = state.initialImage
    clock = state.timestamp
    counts = state.counts
    log.truncate(to: state.logCount, arenaCount: state.logArenaCount)
    records.truncate(to: state.recordCount, arenaCount: state.recordArenaCount)
  }
}
