/// Memory after a run: its contents, and all that traces are made from. Bytes only, no field arithmetic.
public struct FinalizedMemory: ~Copyable, Sendable {
  public let configuration: MemoryConfiguration
  public let interface: MemoryInterface
  public let mode: RunMode
  /// The contents before the first access.
  public let initialImage: MemoryImage
  /// The contents at the end; the next segment's initial image.
  public let image: MemoryImage
  /// The time after the last access.
  public let timestamp: UInt32
  /// What metered and online runs counted; log runs derive it from the log.
  let counts: AccessCounts
  /// The accesses of a run in log form; empty in other runs.
  public let accessLog: AccessLog
  /// The controller's records of a run in online form; empty in other runs.
  public let records: MemoryRecords
  let table: SpaceTable

  /// Checks that records and traces can be made: the replay of the log must end in the contents and at the
  /// time of the run, splits must balance merges, and no block may be newer than the run.
  ///
  /// Nothing is consumed. Fast and metered runs have nothing to check.
  public func validate() throws(MemoryError) {
    switch mode {
    case .fast, .metered: return
    case .recorded(.accessLog):
      guard accessLog.drainedCount == 0 else { throw .logDrained(entries: accessLog.drainedCount) }
      var memory = try makeOfflineMemory()
      try memory.replay(accessLog)
      guard memory.timestamp == timestamp else {
        throw .replayMismatch(.timestamp(replayed: memory.timestamp, online: timestamp))
      }
      if let difference = memory.image.firstDifference(from: image) {
        throw .replayMismatch(
          .contents(difference, replayed: memory.image[difference], online: image[difference]))
      }
      let equipartition = try memory.finalize()
      try Self.validate(equipartition, memory.adapterRecords, before: timestamp)
    case .recorded(.instructionRecords):
      let blocks = try onlineBlocks()
      try Self.validate(blocks.equipartition, blocks.adapterRecords, before: timestamp)
    }
  }

  private static func validate(
    _ equipartition: TimestampedEquipartition, _ adapterRecords: borrowing AccessAdapterRecords,
    before timestamp: UInt32
  ) throws(MemoryError) {
    for block in equipartition.blocks where block.timestamp >= timestamp {
      throw .replayMismatch(.blockTime(block.address, timestamp: block.timestamp))
    }
    for size in AccessAdapterRecords.sizes {
      let splits = adapterRecords.splitCount(size: size)
      let merges = adapterRecords.mergeCount(size: size)
      guard splits == merges else {
        throw .replayMismatch(.unbalancedAdapters(size: size, splits: splits, merges: merges))
      }
    }
  }

  /// An offline memory in the state before the first access, ready to replay `accessLog`.
  public func makeOfflineMemory() throws(MemoryError) -> OfflineMemory {
    try OfflineMemory(
      image: initialImage, configuration: configuration, interface: interface,
      contextSizes: table.contextSizes, run: accessLog.run)
  }

  /// Ends the life of the memory and gives what the memory chips fill their rows from.
  ///
  /// Fails only where `validate()` fails. Fast and metered runs give nothing.
  public consuming func makeProofInputs() throws(MemoryError) -> MemoryProofInputs {
    if mode == .recorded(.instructionRecords) {
      let blocks = try onlineBlocks()
      return MemoryProofInputs(
        records: records, adapterRecords: blocks.adapterRecords, equipartition: blocks.equipartition,
        initialImage: initialImage, image: image, timestamp: timestamp)
    }
    guard accessLog.drainedCount == 0 else { throw .logDrained(entries: accessLog.drainedCount) }
    var memory = try makeOfflineMemory()
    try memory.replay(accessLog)
    let equipartition = try memory.finalize()
    return memory.makeProofInputs(equipartition, initialImage: initialImage)
  }

  /// The touched blocks of an online run, and the splits and merges at the boundary of spaces whose blocks are
  /// larger than a leaf.
  private func onlineBlocks() throws(MemoryError) -> FinalBlocks {
    let needsAdapters = configuration.spaces.contains {
      $0.kind != .immediate && interface.boundarySize(blockSize: $0.blockSize) != $0.blockSize
    }
    var memory = try OfflineMemory(
      image: needsAdapters ? initialImage : MemoryImage(), configuration: configuration,
      interface: interface, contextSizes: table.contextSizes)
    var result = TimestampedEquipartition()
    for index in 0..<table.count {
      let slot = table.slots[index]
      for (pointer, time) in slot.touchedBlocks {
        if needsAdapters {
          try memory.adopt(slot, pointer: pointer, timestamp: time)
        } else {
          result.append(slot, pointer: pointer, size: slot.blockSize, timestamp: time)
        }
      }
    }
    if needsAdapters { result = try memory.finalize() }
    return memory.finalBlocks(result)
  }
}

/// Final blocks and the splits and merges that led to them.
struct FinalBlocks: ~Copyable {
  let equipartition: TimestampedEquipartition
  let adapterRecords: AccessAdapterRecords
}

/// What the memory chips need of a run.
public struct MemoryProofInputs: ~Copyable, Sendable {
  /// Records by `RecordID`.
  public let records: MemoryRecords
  public let adapterRecords: AccessAdapterRecords
  /// Touched memory at the end, in blocks of each space's boundary width.
  public let equipartition: TimestampedEquipartition
  public let initialImage: MemoryImage
  public let image: MemoryImage
  public let timestamp: UInt32
}

extension OfflineMemory {
  consuming func makeProofInputs(
    _ equipartition: TimestampedEquipartition, initialImage: MemoryImage
  ) -> MemoryProofInputs {
    let (image, timestamp) = (image, timestamp)
    return MemoryProofInputs(
      records: records, adapterRecords: adapterRecords, equipartition: equipartition,
      initialImage: initialImage, image: image, timestamp: timestamp)
  }

  consuming func finalBlocks(_ equipartition: TimestampedEquipartition) -> FinalBlocks {
    FinalBlocks(equipartition: equipartition, adapterRecords: adapterRecords)
  }
}

extension MemoryController {
  /// Checks that the run can be finalised: the entries of the log, some of which engines wrote, must be well
  /// formed and lead to the present time.
  /// - Throws: `replayMismatch`.
  public func checkFinalizable() throws(MemoryError) {
    // Whoever drained a log took the entries that would tell.
    guard form == .log, log.drainedCount == 0 else { return }
    var time = UInt64(Timestamp.first)
    let entries = log.entries
    for index in entries.indices {
      let entry = entries[index]
      guard entry.header.isValid else { throw .replayMismatch(.entry(index: index)) }
      time &+= entry.header == .advance ? entry.payload & 0xffff_ffff : 1
    }
    guard time == UInt64(clock) else {
      throw .replayMismatch(.timestamp(replayed: UInt32(clamping: time), online: clock))
    }
  }

  /// Ends the run.
  /// - Throws: what `checkFinalizable()` reports, which can be asked beforehand without losing the controller.
  public consuming func finalize() throws(MemoryError) -> FinalizedMemory {
    try checkFinalizable()
    let image = image
    return FinalizedMemory(
      configuration: configuration, interface: interface, mode: mode, initialImage: initialImage,
      image: image, timestamp: clock, counts: counts, accessLog: log, records: records, table: table)
  }
}
