// For engines, which append to the log and advance the clock themselves during a slice of instructions.
extension MemoryController {
  /// Where the next log entry goes. An engine writes entries from here on, then calls `commitLog`.
  @inlinable
  public var logCursor: UnsafeMutablePointer<AccessLog.Entry> { log.cursor }

  /// Entries there is room for behind `logCursor`.
  @inlinable
  public var logRemaining: Int { log.remaining }

  /// Records there is room for in a run in online form.
  public var recordsRemaining: Int { records.limit &- records.count }

  /// Takes over the entries that an engine wrote from `logCursor` on, and its clock.
  /// - Parameters:
  ///   - cursor: behind the last entry written.
  ///   - timestamp: the time of the next access.
  /// - Throws: `logLimitReached` where the cursor lies outside the log, `timestampViolation` where the clock
  ///   would run backwards or pass its last time.
  @inlinable
  public mutating func commitLog(
    through cursor: UnsafeMutablePointer<AccessLog.Entry>, timestamp: UInt32
  ) throws(MemoryError) {
    guard cursor >= log.cursor, cursor <= log.end else {
      throw .logLimitReached(nil, limit: log.limit)
    }
    try setTimestamp(timestamp)
    log.cursor = cursor
  }

  /// Hands the entries of the log to `body`, then empties it; record ids go on as if it were still whole.
  ///
  /// For runs whose log is consumed while they last. A drained log cannot be replayed: `FinalizedMemory.validate`
  /// reports `logDrained`.
  public mutating func drainLog(_ body: (borrowing AccessLog) -> Void) {
    body(log)
    log.drain()
  }

  /// Takes over the clock of an engine that keeps its own records or counts only.
  /// - Throws: `timestampViolation` where the clock would run backwards or pass its last time.
  @inlinable
  public mutating func setTimestamp(_ timestamp: UInt32) throws(MemoryError) {
    guard timestamp >= clock, timestamp <= lastTimestamp else {
      throw .timestampViolation(nil, current: clock, requested: UInt64(timestamp))
    }
    clock = timestamp
  }

  /// Adds accesses that an engine made on its own to the statistics of a metered or online run.
  @inlinable
  public mutating func addCounts(reads: UInt64, writes: UInt64) {
    counts.reads &+= reads
    counts.writes &+= writes
  }

  /// The last time the clock may reach: a slice must end before its accesses would pass it.
  @inlinable
  public var timestampLimit: UInt32 { lastTimestamp }
}
