/// The blocks of all spaces at a moment of a replay: aligned or not, each with the time of its last access.
///
/// A cell without an entry lies in an aligned block of the space's initial size at time 0.
struct BlockMap: ~Copyable {
  struct Block: BitwiseCopyable {
    var pointer: UInt32
    var size: UInt32
    var timestamp: UInt32

    var end: UInt64 { UInt64(pointer) &+ UInt64(size) }
  }

  /// More adapter records, and more blocks, than one access can cause: two borders, each halving a block of
  /// at most 32 cells five times, and 31 merges.
  static var recordsPerAccess: Int { 64 }

  /// For each cell of each space: 1 + the number of its block, or 0.
  private let entries: MappedReserve
  /// Where the entries of each slot of the table begin.
  private let offsets: [Int]
  /// log2 of the initial block size of each slot.
  private let initialShifts: [UInt32]
  private var blocks: ReservedVector<Block>
  private var free: ReservedVector<UInt32>

  init(_ table: borrowing SpaceTable, initialSizes: [Int]) throws(MemoryError) {
    var offset: UInt64 = 0
    var offsets: [Int] = []
    for index in 0..<table.count {
      offsets.append(Int(truncatingIfNeeded: offset))
      // Each space on pages of its own, so that touched ones are found by residency.
      offset &+= (table.slots[index].cellCount &+ 4095) & ~4095
    }
    let entries = try MappedReserve(byteCount: offset &* 4)
    let limit = Int(truncatingIfNeeded: min(offset, 1 << 30))
    let blocks = try ReservedVector<Block>(limit: limit)
    free = try ReservedVector(limit: limit)
    self.entries = entries
    self.blocks = blocks
    self.offsets = offsets
    initialShifts = initialSizes.map { UInt32(truncatingIfNeeded: $0.trailingZeroBitCount) }
  }

  var hasRoomForAccess: Bool { blocks.remaining &+ free.count >= Self.recordsPerAccess }

  private func entry(_ space: Int, _ pointer: UInt32) -> UnsafeMutablePointer<UInt32> {
    entries.base.assumingMemoryBound(to: UInt32.self) + (offsets[space] &+ Int(truncatingIfNeeded: pointer))
  }

  /// The block that contains a cell.
  func block(_ space: Int, _ pointer: UInt32) -> Block {
    let number = entry(space, pointer).pointee
    if number != 0 { return blocks.base[Int(truncatingIfNeeded: number &- 1)] }
    let size: UInt32 = 1 << initialShifts[space]
    return Block(pointer: pointer & ~(size &- 1), size: size, timestamp: 0)
  }

  /// Makes a range one block, in place of the blocks that covered it.
  private mutating func set(_ space: Int, _ pointer: UInt32, _ size: UInt32, _ timestamp: UInt32) {
    let block = Block(pointer: pointer, size: size, timestamp: timestamp)
    let number: UInt32
    if free.count > 0 {
      number = free.base[free.count &- 1]
      free.truncate(to: free.count &- 1)
      blocks.base[Int(truncatingIfNeeded: number &- 1)] = block
    } else {
      blocks.append(block)
      number = UInt32(truncatingIfNeeded: blocks.count)
    }
    entry(space, pointer).update(repeating: number, count: Int(truncatingIfNeeded: size))
  }

  /// Forgets the number of the block that contains a cell, if it has one.
  private mutating func release(_ space: Int, _ pointer: UInt32) {
    let number = entry(space, pointer).pointee
    if number != 0 { free.append(number) }
  }

  /// Sets the time of a block that `access` has made.
  mutating func setTimestamp(_ timestamp: UInt32, _ space: Int, _ pointer: UInt32) {
    blocks.base[Int(truncatingIfNeeded: entry(space, pointer).pointee &- 1)].timestamp = timestamp
  }

  /// Makes [pointer, pointer + size) one block, by splits and merges.
  /// - Returns: the block, with the time of its last access.
  mutating func access(
    _ slot: SpaceSlot, _ space: Int, _ pointer: UInt32, _ size: UInt32,
    _ adapters: inout AccessAdapterRecords
  ) -> Block {
    let present = block(space, pointer)
    if present.pointer == pointer, present.size == size {
      if entry(space, pointer).pointee == 0 { set(space, pointer, size, 0) }
      return present
    }
    makeBorder(slot, space, UInt64(pointer), &adapters)
    makeBorder(slot, space, UInt64(pointer) &+ UInt64(size), &adapters)
    let whole = block(space, pointer)
    if whole.pointer == pointer, whole.size == size {
      if entry(space, pointer).pointee == 0 { set(space, pointer, size, 0) }
      return whole
    }
    // Here the range consists of more than one block, so it has more than one cell.
    let half = size >> 1
    let left = access(slot, space, pointer, half, &adapters)
    let right = access(slot, space, pointer &+ half, half, &adapters)
    adapters.append(
      .merge, slot, pointer: pointer, size: size, left: left.timestamp, right: right.timestamp)
    release(space, pointer)
    release(space, pointer &+ half)
    let timestamp = max(left.timestamp, right.timestamp)
    set(space, pointer, size, timestamp)
    return Block(pointer: pointer, size: size, timestamp: timestamp)
  }

  /// Makes a cell the first of a block by halving the block that contains it.
  private mutating func makeBorder(
    _ slot: SpaceSlot, _ space: Int, _ border: UInt64, _ adapters: inout AccessAdapterRecords
  ) {
    guard border < slot.cellCount else { return }
    let block = block(space, UInt32(truncatingIfNeeded: border))
    guard UInt64(block.pointer) != border else { return }
    release(space, block.pointer)
    var current = UInt64(block.pointer)
    var size = block.size
    while size > 1 {
      let time = block.timestamp
      adapters.append(
        .split, slot, pointer: UInt32(truncatingIfNeeded: current), size: size, left: time, right: time)
      let half = size >> 1
      let middle = current &+ UInt64(half)
      if border <= middle { set(space, UInt32(truncatingIfNeeded: middle), half, time) }
      if border >= middle { set(space, UInt32(truncatingIfNeeded: current), half, time) }
      if middle <= border { current = middle }
      if current == border { return }
      size = half
    }
  }

  /// The first cells of the aligned blocks of `size` cells that were touched, ascending.
  func touched(_ slot: SpaceSlot, _ space: Int, size: UInt32) -> [UInt32] {
    guard slot.cellCount > 0 else { return [] }
    let cellCount = Int(slot.cellCount)
    let first = entry(space, 0)
    var result: [UInt32] = []
    for page in PresentPages.chunks(
      base: first, byteCount: cellCount << 2, chunkBytes: MemoryImage.pageSize << 2)
    {
      let start = page << 12
      let end = min(start + MemoryImage.pageSize, cellCount)
      for pointer in stride(from: start, to: end, by: Int(size)) {
        let block = UnsafeBufferPointer(start: first + pointer, count: min(Int(size), end - pointer))
        if block.contains(where: { $0 != 0 }) { result.append(UInt32(truncatingIfNeeded: pointer)) }
      }
    }
    return result
  }
}
