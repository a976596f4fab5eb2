/// What an access needs to know about a space, without looking into the configuration.
@frozen
@usableFromInline
struct SpaceSlot {
  @usableFromInline let id: AddressSpaceID
  @usableFromInline let kind: AddressSpace.Kind
  /// log2 of the bytes per cell.
  @usableFromInline let cellShift: UInt8
  /// log2 of the cells per block.
  @usableFromInline let blockShift: UInt8
  @usableFromInline let cellCount: UInt64
  /// Pointers below this can begin a four-byte access; 0 where there are none.
  @usableFromInline let wordLimit: UInt64
  @usableFromInline let region: MemoryRegion
  /// Times kept per block, 0 in runs without them.
  let timesCount: Int
  /// A byte per leaf of metered runs, 1 once it is touched; nil in other runs.
  @usableFromInline let touchedLeaves: UnsafeMutablePointer<UInt8>?
  let touchedLeafCount: Int
  /// Accesses of a metered run.
  @usableFromInline var accessCount: UInt64 = 0
  /// The first cell that `allocate` has not given away.
  @usableFromInline var allocatorMark: UInt64

  /// What is kept of accesses next to the cells.
  enum Tracking { case none, leaves, times }

  /// The reserve a space needs in a mode.
  struct Layout {
    var byteCount: UInt64
    var timesOffset: UInt64
    var timesCount: UInt64
    var leavesOffset: UInt64 = 0
    var leafCount: UInt64 = 0

    init(_ space: AddressSpace, tracking: Tracking) {
      let hasTimes = tracking == .times
      let bytes = (space.byteCount &+ 4095) & ~4095
      let blocks = space.cellCount / UInt64(space.blockSize)
      if space.isRegisterFile {
        byteCount = 4096
        timesOffset = hasTimes ? UInt64(MemoryRegion.registerTimesOffset) : 0
        timesCount = hasTimes ? UInt64(MemoryRegion.registerTimesCount) : 0
      } else if hasTimes, space.cellCount > 0 {
        timesOffset = space.id == .memory ? UInt64(MemoryRegion.memoryTimesOffset) : bytes
        timesCount = blocks
        byteCount = timesOffset &+ blocks &* 4
      } else {
        (byteCount, timesOffset, timesCount) = (bytes, 0, 0)
      }
      if tracking == .leaves, space.kind != .immediate, space.cellCount > 0 {
        leavesOffset = byteCount
        leafCount = (space.cellCount &+ UInt64(MemoryInterface.leafSize) &- 1) >> UInt64(SpaceSlot.leafShift)
        byteCount = leavesOffset &+ leafCount
      }
    }
  }

  init(_ space: AddressSpace, layout: Layout, base: UnsafeMutableRawPointer, maxAccessSize: Int) {
    id = space.id
    kind = space.kind
    cellShift = space.kind.cellShift
    blockShift = UInt8(truncatingIfNeeded: space.blockSize.trailingZeroBitCount)
    cellCount = space.cellCount
    let takesWords = space.kind == .byte && maxAccessSize >= 4 && space.cellCount >= 4
    wordLimit = takesWords ? space.cellCount &- 3 : 0
    let dataBytes = space.isRegisterFile ? 4096 : (space.byteCount &+ 4095) & ~4095
    region = MemoryRegion(
      base: base, byteCount: Int(truncatingIfNeeded: dataBytes),
      timesOffset: Int(truncatingIfNeeded: layout.timesOffset))
    timesCount = Int(truncatingIfNeeded: layout.timesCount)
    touchedLeafCount = Int(truncatingIfNeeded: layout.leafCount)
    touchedLeaves =
      layout.leafCount == 0
      ? nil : (base + Int(truncatingIfNeeded: layout.leavesOffset)).assumingMemoryBound(to: UInt8.self)
    allocatorMark = 0
  }

  @inlinable
  var blockSize: Int { 1 &<< Int(blockShift) }

  /// Where a cell is stored.
  @inlinable
  func cell(_ pointer: UInt32) -> UnsafeMutableRawPointer {
    region.base + Int(truncatingIfNeeded: UInt64(pointer) &<< UInt64(cellShift))
  }

  /// Bytes that `count` cells take.
  @inlinable
  func byteCount(_ count: Int) -> Int { count &<< Int(cellShift) }

  /// The value of a cell that lies inside the space.
  @inlinable
  func value(at pointer: UInt32) -> UInt32 {
    switch kind {
    case .immediate: pointer
    case .byte: UInt32(cell(pointer).loadUnaligned(as: UInt8.self))
    case .native: cell(pointer).loadUnaligned(as: UInt32.self)
    }
  }
}
