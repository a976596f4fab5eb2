/// Rows that the memory chips would have if the run ended now.
public struct MemoryTraceHeights: Hashable, Sendable {
  /// Boundary rows before padding: touched blocks, and at least 1.
  public var boundary: Int
  /// Adapter rows before padding, by size; sizes without rows have no chip.
  public var adapters: [Int: Int]

  /// Heights after padding to powers of two.
  public var padded: MemoryTraceHeights {
    MemoryTraceHeights(
      boundary: Self.paddedHeight(boundary), adapters: adapters.mapValues(Self.paddedHeight))
  }

  private static func paddedHeight(_ rows: Int) -> Int {
    rows <= 1 ? rows : 1 << (Int.bitWidth - (rows - 1).leadingZeroBitCount)
  }
}

extension MemoryController {
  /// Rows that the memory chips would have if the run ended now; nil in fast and metered runs, which do not
  /// know touched blocks. In log form this replays the log.
  public func traceHeights() throws(MemoryError) -> MemoryTraceHeights? {
    switch form {
    case .fast, .metered: return nil
    case .log:
      var memory = try OfflineMemory(
        image: initialImage, configuration: configuration, interface: interface, run: log.run)
      try memory.replay(log)
      let rows = try memory.finalize().count
      var adapters: [Int: Int] = [:]
      for size in AccessAdapterRecords.sizes {
        let count =
          memory.adapterRecords.splitCount(size: size) + memory.adapterRecords.mergeCount(size: size)
        if count > 0 { adapters[size] = count }
      }
      return MemoryTraceHeights(boundary: max(1, rows), adapters: adapters)
    case .online:
      return onlineTraceHeights()
    }
  }

  /// Every touched block of a space larger than its boundary width is merged once and split once.
  private func onlineTraceHeights() -> MemoryTraceHeights {
    var rows = 0
    var adapters: [Int: Int] = [:]
    for index in 0..<table.count {
      let slot = table.slots[index]
      let touched = slot.touchedBlocks.count
      let width = slot.kind == .immediate ? 1 : interface.boundarySize(blockSize: slot.blockSize)
      rows += touched * (slot.blockSize / width)
      var size = slot.blockSize
      while size > width, touched > 0 {
        adapters[size, default: 0] += 2 * touched * (slot.blockSize / size)
        size /= 2
      }
    }
    return MemoryTraceHeights(boundary: max(1, rows), adapters: adapters)
  }
}
