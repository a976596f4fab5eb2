import Testing

@testable import WeftMemory

@Suite("EVMMemory: handles, snapshots, storage, pool")
struct EVMMemoryLifeTests {
  @Test func staleAndForeignHandlesReachNothing() throws {
    var memory = try EVMMemory()
    var other = try EVMMemory()
    let foreign = other.rootContext
    let child = try memory.newChildContext()
    try memory.setByte(1, at: 0)
    try memory.leaveChild()
    let second = try memory.newChildContext()
    #expect(second.id > child.id && second.depth == child.depth)
    for handle in [child, foreign] {
      let errors = [
        evmFailure { () throws(EVMMemoryError) in _ = try memory.byte(at: 0, in: handle) },
        evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 0, in: handle) },
        evmFailure { () throws(EVMMemoryError) in _ = try memory.contextSize(of: handle) },
        evmFailure { () throws(EVMMemoryError) in _ = try memory.newChildContext(of: handle) },
        evmFailure { () throws(EVMMemoryError) in try memory.commitChildContext(of: handle) },
        evmFailure { () throws(EVMMemoryError) in try memory.revertChildContext(of: handle) },
      ]
      #expect(errors == [EVMMemoryError?](repeating: .invalidOffset, count: 6))
    }
  }

  @Test func handlesEndWithReset() throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    memory.reset()
    let error = evmFailure { () throws(EVMMemoryError) in _ = try memory.contextSize(of: root) }
    #expect(error == .invalidOffset)
    let next = memory.rootContext
    #expect(next.id > root.id)
  }

  @Test func scopesEndTheirChildren() throws {
    var memory = try EVMMemory()
    try memory.withChildContext { child throws(EVMMemoryError) in
      try child.setByte(3, at: 0)
      try child.enterChild()
      return 0..<1
    }
    let (depth, output) = (memory.depth, Array(memory.returnData))
    #expect(depth == 0 && output == [3], "what the body left open is reverted")
    let thrown = evmFailure { () throws(EVMMemoryError) in
      try memory.withChildContext { child throws(EVMMemoryError) in
        _ = try child.byte(at: 0)
        return 0..<0
      }
    }
    let output2 = evmFailure { () throws(EVMMemoryError) in
      try memory.withChildContext { _ throws(EVMMemoryError) in 0..<1 }
    }
    let ended = evmFailure { () throws(EVMMemoryError) in
      try memory.withChildContext { child throws(EVMMemoryError) in
        try child.leaveChild()
        return 0..<0
      }
    }
    let after = memory.depth
    #expect(thrown == .invalidOffset && output2 == .invalidOffset && after == 0)
    #expect(ended == .noChildContextToRevertOrCommit)
  }

  /// A frame is only written where it differs from what it held at the last call from that depth.
  @Test func leavingRestoresTheCallerOfNow() throws {
    var memory = try EVMMemory(initialCapacity: 64)
    for size in [32, 64, 64, 32, 0, 5000] {
      memory.reset()
      try memory.ensureContextCapacity(size)
      try memory.enterChild()
      try memory.ensureContextCapacity(96)
      try memory.enterChild()
      try memory.leaveChild()
      let child = (memory.contextCheckpoint, memory.contextSize)
      try memory.leaveChild()
      let rounded = (size + 31) & ~31
      #expect(child == (rounded, 96) && memory.contextCheckpoint == 0 && memory.contextSize == rounded)
    }
  }

  /// Data that begins at the end of the context is not cleared first; what rounding adds behind it is.
  @Test(arguments: [1, 31, 32, 33, 127, 128, 129, 1000])
  func whatRoundingAddsBehindDataReadsZero(count: Int) throws {
    var memory = try EVMMemory()
    try memory.setData([UInt8](repeating: 0xff, count: 4096), at: 0)
    memory.reset()
    try memory.ensureContextCapacity(32)
    try memory.setData([UInt8](repeating: 7, count: count), at: 20)
    let bytes = memory.snapshotContext()
    let size = (20 + count + 31) & ~31
    #expect(
      bytes == [UInt8](repeating: 0, count: 20) + [UInt8](repeating: 7, count: count)
        + [UInt8](repeating: 0, count: max(32, size) - 20 - count))
    // With a gap, which has to read zero too.
    memory.reset()
    try memory.setData([UInt8](repeating: 7, count: count), at: 20)
    let behindGap = memory.snapshotContext()
    #expect(behindGap == bytes)
  }

  @Test func snapshotOfAThreeDeepArena() throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    for level in 1...3 as ClosedRange<UInt8> {
      try memory.setData([UInt8](repeating: level, count: 50 * Int(level)), at: 0)
      if level < 3 { try memory.enterChild() }
    }
    try memory.enterChild()
    try memory.setByte(9, at: 0)
    try memory.leaveChild(output: 0..<1)
    let snapshot = memory.snapshot()
    #expect(snapshot.contexts.map(\.checkpoint) == [0, 64, 192])
    #expect(snapshot.contexts.map(\.size) == [64, 128, 160])
    #expect(snapshot.bytes.count == 352 && snapshot.returnData == [9])

    try memory.setData([UInt8](repeating: 0xff, count: 9000), at: 0)
    memory.reset()
    try memory.restore(snapshot)
    let stale = evmFailure { () throws(EVMMemoryError) in _ = try memory.contextSize(of: root) }
    #expect(stale == .invalidOffset)
    let again = memory.snapshot()
    #expect(again.bytes == snapshot.bytes && again.returnData == snapshot.returnData)
    #expect(again.contexts.map(\.size) == snapshot.contexts.map(\.size))
    #expect(zip(again.contexts, snapshot.contexts).allSatisfy { $0.id > $1.id })
    var fresh = try EVMMemory(initialCapacity: 32)
    try fresh.restore(snapshot)
    try fresh.leaveChild()
    try fresh.leaveChild()
    let bytes = fresh.snapshotContext()
    #expect(bytes == [UInt8](repeating: 1, count: 50) + [UInt8](repeating: 0, count: 14))
  }

  @Test func contradictorySnapshotsAreRefused() throws {
    typealias State = EVMMemory.Snapshot.ContextState
    var memory = try EVMMemory(limit: 128)
    try memory.setByte(1, at: 0)
    let before = memory.snapshot()
    func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 5, count: count) }
    let cases: [(EVMMemory.Snapshot, EVMMemoryError)] = [
      (.init(contexts: [], bytes: []), .invalidSize),
      (.init(contexts: [State(checkpoint: 0, size: 33)], bytes: bytes(33)), .invalidSize),
      (.init(contexts: [State(checkpoint: 32, size: 32)], bytes: bytes(64)), .invalidSize),
      (.init(contexts: [State(checkpoint: 0, size: 32)], bytes: bytes(64)), .invalidSize),
      (
        .init(contexts: [State(checkpoint: 0, size: 64), State(checkpoint: 32, size: 32)], bytes: bytes(64)),
        .invalidSize
      ),
      (.init(contexts: [State(checkpoint: 0, size: -32)], bytes: []), .invalidSize),
      (
        .init(
          contexts: [State(checkpoint: 0, size: 32), State(checkpoint: 32, size: .max & ~31)],
          bytes: bytes(32)), .invalidSize
      ),
      (.init(contexts: [State(checkpoint: 0, size: 160)], bytes: bytes(160)), .memoryLimitExceeded),
      (
        .init(contexts: (0...1025).map { _ in State(checkpoint: 0, size: 0) }, bytes: []),
        .memoryLimitExceeded
      ),
    ]
    for (snapshot, expected) in cases {
      let error = evmFailure { () throws(EVMMemoryError) in try memory.restore(snapshot) }
      let after = memory.snapshot()
      #expect(error == expected && after == before)
    }
  }

  @Test func contextsAreRestoredAsBytes() throws {
    var memory = try EVMMemory(limit: 256)
    try memory.setData([UInt8](repeating: 1, count: 64), at: 0)
    let bytes = memory.snapshotContext()
    try memory.setData([UInt8](repeating: 2, count: 200), at: 0)
    try memory.restoreContext(bytes)
    let same = memory.snapshotContext()
    #expect(same == bytes)
    try memory.restoreContext([7, 8])
    let padded = memory.snapshotContext()
    #expect(padded == [7, 8] + [UInt8](repeating: 0, count: 30))
    let error = evmFailure { () throws(EVMMemoryError) in
      try memory.restoreContext([UInt8](repeating: 3, count: 300))
    }
    let unchanged = memory.snapshotContext()
    #expect(error == .memoryLimitExceeded && unchanged == padded)
  }

  /// Buffer, frames, larger frames three times, buffer, side buffer: wherever memory runs out, it is an error and nothing
  /// changed.
  @Test(arguments: 0...9)
  func everyAllocationMayFail(allocations: Int) throws {
    func use(_ memory: inout EVMMemory) throws(EVMMemoryError) {
      for _ in 0..<40 { try memory.enterChild() }
      try memory.setByte(1, at: 10_000)
      try memory.leaveChild(output: 0..<300)
      try memory.setByte(1, at: 40_000)
      try memory.setReturnData([UInt8](repeating: 1, count: 1000))
    }
    guard allocations > 0 else {
      let error = evmFailure { () throws(EVMMemoryError) in _ = try EVMMemory(allocations: 0) }
      #expect(error == .outOfMemory)
      return
    }
    var memory = try EVMMemory(initialCapacity: 4096, allocations: allocations)
    let error = evmFailure { () throws(EVMMemoryError) in try use(&memory) }
    #expect(error == (allocations < 9 ? .outOfMemory : nil))
    let violation = memory.invariantViolation
    #expect(violation == nil)
    let failing = memory.failingAllocation
    #expect(error == nil || failing == 1)
    memory.failingAllocation = 0
    memory.reset()
    try use(&memory)
    let output = memory.returnDataSize
    #expect(output == 1000)
  }

  @Test func controllersLendTheirSpace() throws {
    let controller = try MemoryController(.standard, mode: .fast)
    var memory = try EVMMemory(in: controller, limit: 1 << 20)
    let found = controller.region(of: .evmMemory)
    let region = try #require(found)
    let isInSpace = memory.contextBase == region.base
    #expect(isInSpace)
    try memory.setByte(0x5a, at: 100_000)
    let stored = region.base.loadUnaligned(fromByteOffset: 100_000, as: UInt8.self)
    #expect(stored == 0x5a)
    let error = evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 1 << 20) }
    #expect(error == .memoryLimitExceeded)
    let moved = memory.contextBase == region.base
    #expect(moved, "the region never moves")

    var none = MemoryConfiguration.standard
    none.spaces.removeAll { $0.id == .evmMemory }
    let bare = try MemoryController(none, mode: .fast)
    let missing = evmFailure { () throws(EVMMemoryError) in _ = try EVMMemory(in: bare) }
    #expect(missing == .outOfMemory)
    _ = controller.timestamp
  }

  @Test func reservesNeverMoveAndBoundTheContexts() throws {
    var memory = try EVMMemory(reserving: 1 << 28)
    let start = memory.contextBase
    try memory.setByte(1, at: 50 << 20)
    let (same, zero) = (memory.contextBase == start, try memory.byte(at: 30 << 20))
    #expect(same && zero == 0)
    memory.reset(trimmingTo: 1 << 20)
    try memory.resizeContext(to: 51 << 20)
    let cleared = try memory.byte(at: 50 << 20)
    #expect(cleared == 0)
    let error = evmFailure { () throws(EVMMemoryError) in try memory.resizeContext(to: 1 << 28 + 1) }
    #expect(error == .memoryLimitExceeded)
  }

  @Test func theReserveFallsBackToAllocation() throws {
    // No address space is this large.
    var memory = try EVMMemory(reserving: .max, limit: 1 << 20)
    try memory.setByte(1, at: 1 << 19)
    let size = memory.contextSize
    #expect(size == 1 << 19 + 32)
  }

  @Test(arguments: [false, true])
  func poolsHandOutEmptyMemories(scrubs: Bool) throws {
    let pool = EVMMemoryPool(limit: 1 << 26, capacity: 2, scrubsOnRelease: scrubs)
    var memory = try pool.take()
    try memory.enterChild()
    try memory.setData([UInt8](repeating: 0xee, count: 3 << 20), at: 0)
    try memory.leaveChild(output: 0..<4)
    pool.give(memory)
    #expect(pool.count == 1)
    var again = try pool.take()
    let (depth, size, output, capacity) = (
      again.depth, again.totalSize, again.returnDataSize, again.bufferCapacity
    )
    #expect(depth == 0 && size == 0 && output == 0)
    #expect(capacity == EVMMemoryPool.trimmedCapacity)
    let first = again.contextBase.loadUnaligned(as: UInt64.self)
    if scrubs { #expect(first == 0) }
    try again.resizeContext(to: 2 << 20)
    let zeros = try again.bytes(at: 0, count: 2 << 20).allSatisfy { $0 == 0 }
    #expect(zeros, "a used buffer reads as zeros")
    pool.give(again)
    for _ in 0..<3 { pool.give(try EVMMemory(limit: 1 << 26)) }
    #expect(pool.count == 2, "no more than its capacity")
    let other = EVMMemoryPool(limit: 64)
    other.give(try EVMMemory(limit: 128))
    #expect(other.count == 0, "a memory with another limit is not kept")
  }

  @Test func poolsServeManyThreads() async throws {
    let pool = EVMMemoryPool(limit: 1 << 20, capacity: 4)
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          for round in 0..<50 {
            guard var memory = try? pool.take() else { return false }
            guard memory.totalSize == 0, (try? memory.setByte(UInt8(task), at: round)) != nil,
              (try? memory.byte(at: round)) == UInt8(task)
            else { return false }
            pool.give(memory)
          }
          return true
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(pool.count <= 4)
  }

  @Test func returnDataMayComeFromOutside() throws {
    var memory = try EVMMemory()
    var bytes: [UInt8] = [1, 2, 3]
    try memory.setReturnData(bytes)
    bytes[0] = 9
    let copied = Array(memory.returnData)
    #expect(copied == [1, 2, 3])
    try memory.setByte(0, at: 63)
    let written = try memory.copyReturnData(toArea: 40, count: 10)
    let area = Array(try memory.bytes(at: 38, count: 8))
    #expect(written == 3 && area == [0, 0, 1, 2, 3, 0, 0, 0])
    let outside = evmFailure { () throws(EVMMemoryError) in try memory.copyReturnData(toArea: 60, count: 5) }
    #expect(outside == .invalidOffset)
    memory.clearReturnData()
    let none = memory.returnDataSize
    #expect(none == 0)
  }

  @Test func boundedCopiesFillWithZeros() throws {
    var memory = try EVMMemory()
    try memory.setData([UInt8](repeating: 0xff, count: 64), at: 0)
    let source: [UInt8] = [1, 2, 3, 4]
    for (offset, expected) in [
      (2, [3, 4, 0, 0]), (4, [0, 0, 0, 0]), (.max, [0, 0, 0, 0]), (-1, [0, 0, 0, 0]),
    ] as [(Int, [UInt8])] {
      try source.span.bytes.withUnsafeBytes { bytes throws(EVMMemoryError) in
        try memory.setData(bytes, sourceOffset: offset, at: 8, count: 4)
      }
      let written = Array(try memory.bytes(at: 8, count: 5))
      #expect(written == expected + [0xff])
    }
  }

  /// A context that has grown over kept bytes and shrinks again leaves them kept; a snapshot once took its end for theirs.
  @Test func aSnapshotKnowsWhereKeptBytesEnd() throws {
    var memory = try EVMMemory(options: .retainCommitted)
    try memory.enterChild()
    try memory.setByte(1, at: 95)
    try memory.commitChildContext()
    try memory.resizeContext(to: 320)
    let snapshot = memory.snapshot()
    try memory.restore(snapshot)
    try memory.resizeContext(to: 32)
    let total = memory.totalSize
    #expect(total == 96)
    #expect(snapshot.retainedEnd == 96)
  }
}
