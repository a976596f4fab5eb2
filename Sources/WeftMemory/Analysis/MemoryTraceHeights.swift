/// Rows that the memory chips would have if the run ended now.
public struct MemoryTraceHeights: Hashable, Sendable {
  /// Boundary rows before padding, of all boundaries, and at least 1: touched blocks, or twice the touched leaves of
  /// persistent memory.
  public var boundary: Int
  /// Rows of persistent memory's tree: twice the nodes above touched leaves. The hashes that boundary and tree look up
  /// are at most as many as their rows together.
  public var merkle = 0
  /// Adapter rows before padding, by size; sizes without rows have no chip.
  public var adapters: [Int: Int]

  public init(boundary: Int, merkle: Int = 0, adapters: [Int: Int]) {
    self.boundary = boundary
    self.merkle = merkle
    self.adapters = adapters
  }

  /// Heights after padding to powers of two.
  public var padded: MemoryTraceHeights {
    MemoryTraceHeights(
      boundary: Self.paddedHeight(boundary), merkle: Self.paddedHeight(merkle),
      adapters: adapters.mapValues(Self.paddedHeight))
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
        image: initialImage, configuration: configuration, interface: interface,
        contextSizes: table.contextSizes, run: log.run)
      try memory.replay(log)
      let blocks = try memory.finalize().blocks.map(\.address)
      var adapters: [Int: Int] = [:]
      for size in AccessAdapterRecords.sizes {
        let count =
          memory.adapterRecords.splitCount(size: size) + memory.adapterRecords.mergeCount(size: size)
        if count > 0 { adapters[size] = count }
      }
      return heights(blocks: blocks, adapters: adapters)
    case .online:
      return onlineTraceHeights()
    }
  }

  /// Every touched block of a space larger than its boundary width is merged once and split once.
  private func onlineTraceHeights() -> MemoryTraceHeights {
    var blocks: [MemoryAddress] = []
    var adapters: [Int: Int] = [:]
    for index in 0..<table.count {
      let slot = table.slots[index]
      let touched = slot.touchedBlocks
      let width = slot.kind == .immediate ? 1 : interface.boundarySize(blockSize: slot.blockSize)
      for block in touched {
        for offset in stride(from: 0, to: slot.blockSize, by: width) {
          blocks.append(MemoryAddress(slot.id, block.pointer &+ UInt32(truncatingIfNeeded: offset)))
        }
      }
      var size = slot.blockSize
      while size > width, !touched.isEmpty {
        adapters[size, default: 0] += 2 * touched.count * (slot.blockSize / size)
        size /= 2
      }
    }
    return heights(blocks: blocks, adapters: adapters)
  }

  /// - Parameter blocks: the touched blocks of boundary width, ascending.
  private func heights(blocks: [MemoryAddress], adapters: [Int: Int]) -> MemoryTraceHeights {
    guard interface == .persistent else {
      return MemoryTraceHeights(boundary: max(1, blocks.count), adapters: adapters)
    }
    let leafBits = UInt64(MemoryInterface.leafSize.trailingZeroBitCount)
    let addressBits = UInt64(clamping: configuration.pointerBits)
    var nodes = blocks.map { block in
      (UInt64(block.space.rawValue &- 1) &<< addressBits | UInt64(block.pointer)) &>> leafBits
    }
    Self.removeRepetitions(&nodes)
    let leaves = nodes.count
    // Without a touched leaf the path of the first one stands for the root.
    if nodes.isEmpty { nodes = [0] }
    var merkle = 0
    for _ in 0..<(configuration.addressSpaceHeight + Int(addressBits) - Int(leafBits)) {
      for index in nodes.indices { nodes[index] &>>= 1 }
      Self.removeRepetitions(&nodes)
      merkle += 2 * nodes.count
    }
    return MemoryTraceHeights(boundary: max(1, 2 * leaves), merkle: merkle, adapters: adapters)
  }

  private static func removeRepetitions(_ sorted: inout [UInt64]) {
    var last: UInt64?
    sorted.removeAll { value in
      defer { last = value }
      return value == last
    }
  }
}
