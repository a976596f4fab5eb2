// Replay of a log, and the end of it.
extension OfflineMemory {
  /// Replays one entry of a log.
  /// - Returns: its record number; nil for idle ticks.
  /// - Throws: `replayMismatch(.entry)` for a malformed entry; otherwise as an access does.
  @discardableResult
  public mutating func replay(
    _ entry: AccessLog.Entry, of log: borrowing AccessLog
  ) throws(MemoryError) -> RecordID? {
    let malformed = MemoryError.replayMismatch(.entry(index: replayedCount))
    let header = entry.header
    guard header.isValid else { throw malformed }
    var id: RecordID?
    switch header.kind {
    case nil:
      guard entry.payload > 0, entry.payload <= UInt64(UInt32.max) else { throw malformed }
      try advanceTimestamp(by: UInt32(truncatingIfNeeded: entry.payload))
    case .read:
      id = try read(MemoryAddress(header.space, entry.pointer), count: header.count)
    case .write:
      guard header.isWide == (table.slot(header.space)?.pointee.kind == .native) else { throw malformed }
      id = try log.withData(of: entry) { data throws(MemoryError) in
        try write(data, to: MemoryAddress(header.space, entry.pointer))
      }
      if id == nil { throw malformed }
    }
    replayedCount &+= 1
    return id
  }

  /// Replays the next entry of a log.
  /// - Returns: false when all were replayed.
  public mutating func replayNext(of log: borrowing AccessLog) throws(MemoryError) -> Bool {
    guard replayedCount < log.count else { return false }
    try replay(log.entries[replayedCount], of: log)
    return true
  }

  /// Replays what remains of a log.
  public mutating func replay(_ log: borrowing AccessLog) throws(MemoryError) {
    while try replayNext(of: log) {}
  }

  /// Replays the records of a run in the online form, which has no log, and demands that each is what the replay finds.
  /// - Throws: `replayMismatch(.record)` for the first record that differs; otherwise as an access does.
  public mutating func replay(_ records: borrowing MemoryRecords) throws(MemoryError) {
    for index in 0..<records.count {
      guard let record = records[index] else {
        try advanceTimestamp(by: records.ticks(at: index))
        continue
      }
      let id: RecordID =
        switch record.kind {
        case .read: try read(record.address, count: record.count)
        case .write: try write(record.data, to: record.address)
        }
      guard self.record(id) == record else { throw .replayMismatch(.record(index: index)) }
    }
  }

  /// Takes over a block of an online run: what its accesses did to blocks, without their records.
  mutating func adopt(_ slot: SpaceSlot, pointer: UInt32, timestamp: UInt32) throws(MemoryError) {
    guard let own = table.slot(slot.id) else { return }
    guard adapterRecords.hasRoomForAccess, blockMap.hasRoomForAccess else {
      throw .logLimitReached(nil, limit: adapterRecords.limit)
    }
    let space = own - table.slots
    let size = UInt32(truncatingIfNeeded: slot.blockSize)
    _ = blockMap.access(own.pointee, space, pointer, size, &adapterRecords)
    blockMap.setTimestamp(timestamp, space, pointer)
    own.pointee.cell(pointer).copyMemory(
      from: slot.cell(pointer), byteCount: slot.byteCount(slot.blockSize))
  }

  /// Brings touched memory into blocks of the boundary's width, by splits and merges that take no time.
  ///
  /// Repeating it changes nothing.
  /// - Parameter blockSize: cells per block in all spaces; nil for each space's boundary width.
  /// - Throws: `blockSizeMismatch` where a space's boundary has another width.
  public mutating func finalize(blockSize: Int? = nil) throws(MemoryError) -> TimestampedEquipartition {
    let maximum = configuration.maxAccessSize
    if let blockSize, blockSize <= 0 || blockSize > maximum || blockSize & (blockSize &- 1) != 0 {
      throw .blockSizeMismatch(requested: blockSize, required: maximum)
    }
    for space in 0..<table.count {
      guard let blockSize, table.slots[space].cellCount > 0 else { continue }
      let fits = table.slots[space].cellCount & UInt64(blockSize &- 1) == 0
      if !fits || (!isStandalone && blockSize != initialSizes[space]) {
        throw .blockSizeMismatch(requested: blockSize, required: initialSizes[space])
      }
    }
    var result = TimestampedEquipartition()
    for space in 0..<table.count {
      let slot = table.slots[space]
      let size = UInt32(truncatingIfNeeded: blockSize ?? initialSizes[space])
      for pointer in blockMap.touched(slot, space, size: size) {
        guard adapterRecords.hasRoomForAccess, blockMap.hasRoomForAccess else {
          throw .logLimitReached(nil, limit: adapterRecords.limit)
        }
        let block = blockMap.access(slot, space, pointer, size, &adapterRecords)
        result.append(slot, pointer: pointer, size: Int(size), timestamp: block.timestamp)
      }
    }
    return result
  }
}

extension AccessLog {
  /// Replays what an offline memory has not replayed yet.
  public func replay(into memory: inout OfflineMemory) throws(MemoryError) {
    try memory.replay(self)
  }
}
