/// Rows that the memory chips would have if the run ended now.
public struct MemoryTraceHeights: Hashable, Sendable {
  /// Boundary rows before padding, of all boundaries, and at least 1: touched blocks, or twice the touched leaves of
  /// persistent memory.
  public var boundary: Int
  /// The same of persistent memory by the cells of a block at the boundary: each size has a chip.
  public var boundaries: [Int: Int] = [:]
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
    var heights = MemoryTraceHeights(
      boundary: Self.paddedHeight(boundary), merkle: Self.paddedHeight(merkle),
      adapters: adapters.mapValues(Self.paddedHeight))
    heights.boundaries = boundaries.mapValues(Self.paddedHeight)
    return heights
  }

  private static func paddedHeight(_ rows: Int) -> Int {
    rows <= 1 ? rows : 1 << (Int.bitWidth - (rows - 1).leadingZeroBitCount)
  }
}

extension MemoryController {
  /// Rows that the memory chips would have if the run ended now; nil where touched blocks are not known: in fast runs,
  /// and in metered runs of volatile memory, which know touched leaves. In log form this replays the log.
  ///
  /// In metered runs all registers count as touched.
  public func traceHeights() throws(MemoryError) -> MemoryTraceHeights? {
    switch form {
    case .fast: return nil
    case .metered: return interface == .persistent ? meteredTraceHeights() : nil
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

  /// The heights of touched leaves.
  private func meteredTraceHeights() -> MemoryTraceHeights {
    let leaves = touchedLeaves()
    var adapters: [Int: Int] = [:]
    for space in configuration.spaces where space.kind != .immediate {
      let width = interface.boundarySize(blockSize: space.blockSize)
      guard space.blockSize > width else { continue }
      let touched = leaves.count { $0.space == space.id } * MemoryInterface.leafSize / space.blockSize
      addAdapters(of: touched, blockSize: space.blockSize, width: width, to: &adapters)
    }
    return heights(blocks: leaves, adapters: adapters)
  }

  /// Every touched block of a space larger than its boundary width is merged once and split once.
  private func addAdapters(
    of touched: Int, blockSize: Int, width: Int, to adapters: inout [Int: Int]
  ) {
    var size = blockSize
    while size > width, touched > 0 {
      adapters[size, default: 0] += 2 * touched * (blockSize / size)
      size /= 2
    }
  }

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
      addAdapters(of: touched.count, blockSize: slot.blockSize, width: width, to: &adapters)
    }
    return heights(blocks: blocks, adapters: adapters)
  }

  /// - Parameter blocks: the touched blocks of boundary width, ascending.
  private func heights(blocks: [MemoryAddress], adapters: [Int: Int]) -> MemoryTraceHeights {
    guard interface == .persistent else {
      return MemoryTraceHeights(boundary: max(1, blocks.count), adapters: adapters)
    }
    var widths: [AddressSpaceID: Int] = [:]
    for space in configuration.spaces where space.kind != .immediate {
      widths[space.id] = interface.boundarySize(blockSize: space.blockSize)
    }
    let leafBits = UInt64(MemoryInterface.leafSize.trailingZeroBitCount)
    var boundaries: [Int: Int] = [:]
    var last: (space: AddressSpaceID, label: UInt32)?
    for block in blocks {
      let label = block.pointer &>> UInt32(leafBits)
      if let last, last == (block.space, label) { continue }
      last = (block.space, label)
      boundaries[widths[block.space] ?? MemoryInterface.leafSize, default: 0] += 2
    }
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
    var heights = MemoryTraceHeights(boundary: max(1, 2 * leaves), merkle: merkle, adapters: adapters)
    heights.boundaries = boundaries
    return heights
  }

  private static func removeRepetitions(_ sorted: inout [UInt64]) {
    var last: UInt64?
    sorted.removeAll { value in
      defer { last = value }
      return value == last
    }
  }
}
