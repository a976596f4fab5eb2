import Testing

@testable import WeftMemory

/// The design document's unit tests, each by its name.
@Suite("EVMMemory: the design document's unit tests")
struct EVMMemoryTests {
  private let word = EVMMemory.Word(1...32)

  @Test("Basic operations (read/write/resize)")
  func basicOperations() throws {
    var memory = try EVMMemory()
    try memory.setByte(0xab, at: 5)
    try memory.setWord(word, at: 32)
    try memory.setLimbs(1, 2, 3, 4, at: 64)
    let byte = try memory.byte(at: 5)
    let bytes = try memory.word(at: 32).bytes
    let limbs = try memory.limbs(at: 64)
    let last = try memory.byte(at: 95)
    #expect(byte == 0xab)
    #expect(bytes == Array(1...32))
    #expect(limbs == (1, 2, 3, 4))
    #expect(last == 1, "big-endian: the least significant byte is the last")
    try memory.copy(from: 32, to: 40, count: 32)
    let moved = Array(try memory.bytes(at: 40, count: 32))
    #expect(moved == Array(1...32))
    try memory.resizeContext(to: 33)
    let size = memory.contextSize
    #expect(size == 64)
    try memory.resizeContext(to: 128)
    let regrown = try memory.word(at: 64).bytes
    #expect(regrown == [UInt8](repeating: 0, count: 32))
  }

  @Test("Context creation and management")
  func contextCreation() throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    try memory.setByte(1, at: 63)
    let child = try memory.newChildContext()
    #expect(child.depth == 1)
    let sizes = [memory.contextSize, memory.contextCheckpoint, memory.totalSize, memory.totalWords]
    #expect(sizes == [0, 64, 64, 2])
    try memory.setByte(2, at: 0, in: child)
    let (own, parents) = (try memory.byte(at: 0), try memory.byte(at: 63, in: root))
    #expect(own == 2 && parents == 1)
    try memory.commitChildContext(of: root)
    let active = memory.activeContext
    #expect(active == root)
  }

  @Test("Revert/commit behavior", arguments: [true, false])
  func revertAndCommit(commits: Bool) throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    try memory.setWord(word, at: 0)
    _ = try memory.newChildContext()
    try memory.setData([UInt8](repeating: 0xcc, count: 500), at: 0)
    if commits {
      try memory.commitChildContext(of: root, output: 10..<20)
    } else {
      try memory.revertChildContext(of: root, output: 10..<20)
    }
    let (bytes, output) = (memory.snapshotContext(), Array(memory.returnData))
    #expect(bytes == Array(1...32), "the parent is as before the call")
    #expect(output == [UInt8](repeating: 0xcc, count: 10))
  }

  @Test("Nested contexts (3+ levels)", arguments: [3, 5, 1024])
  func nestedContexts(levels: Int) throws {
    var memory = try EVMMemory()
    var handles = [memory.rootContext]
    for level in 1...levels {
      handles.append(try memory.newChildContext())
      try memory.setLimbs(UInt64(level), 0, 0, 0, at: 32 * (level % 3))
    }
    for level in stride(from: levels, to: 0, by: -1) {
      let value = try memory.limbs(at: 32 * (level % 3), in: handles[level]).0
      #expect(value == UInt64(level))
      try memory.revertChildContext(of: handles[level - 1])
    }
    let total = memory.totalSize
    #expect(total == 0)
  }

  @Test func theContextAfter1024CallsIsRefused() throws {
    var memory = try EVMMemory()
    for _ in 1...1024 { try memory.enterChild() }
    let depth = memory.depth
    #expect(depth == 1024)
    let error = evmFailure { () throws(EVMMemoryError) in try memory.enterChild() }
    #expect(error == .memoryLimitExceeded)
    let still = memory.depth
    #expect(still == 1024)
    for _ in 1...1024 { try memory.leaveChild() }
    let end = evmFailure { () throws(EVMMemoryError) in try memory.leaveChild() }
    #expect(end == .noChildContextToRevertOrCommit)
  }

  @Test("Memory limit enforcement")
  func memoryLimit() throws {
    var memory = try EVMMemory(initialCapacity: 1 << 20, limit: 1000)
    let (limit, capacity) = (memory.memoryLimit, memory.bufferCapacity)
    #expect(limit == 992 && capacity == 992, "the limit is in whole words and cuts the capacity")
    try memory.setByte(1, at: 499)
    try memory.enterChild()
    let inside = try memory.ensureContextCapacity(480)
    #expect(inside == 15)
    let errors = [
      evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 480) },
      evmFailure { () throws(EVMMemoryError) in try memory.setWord(word, at: 449) },
      evmFailure { () throws(EVMMemoryError) in try memory.resizeContext(to: 481) },
      evmFailure { () throws(EVMMemoryError) in try memory.copy(from: 0, to: 479, count: 2) },
    ]
    #expect(errors == [EVMMemoryError?](repeating: .memoryLimitExceeded, count: 4))
    try memory.leaveChild()
    let root = evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 992) }
    #expect(root == .memoryLimitExceeded)
    try memory.setByte(1, at: 991)
    let size = memory.contextSize
    #expect(size == 992)
  }

  @Test("Edge cases (empty contexts, boundary access)")
  func edgeCases() throws {
    var memory = try EVMMemory()
    let empty = [
      evmFailure { () throws(EVMMemoryError) in _ = try memory.byte(at: 0) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.word(at: 0) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.limbs(at: 0) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.bytes(at: 0, count: 1) },
    ]
    #expect(empty == [EVMMemoryError?](repeating: .invalidOffset, count: 4))
    try memory.setByte(7, at: 31)
    let last = try memory.byte(at: 31)
    #expect(last == 7)
    let past = evmFailure { () throws(EVMMemoryError) in _ = try memory.byte(at: 32) }
    let across = evmFailure { () throws(EVMMemoryError) in _ = try memory.word(at: 1) }
    #expect(past == .invalidOffset && across == .invalidOffset)
  }

  @Test(arguments: [0, 31, 1 << 20, Int.max, -1, Int.min])
  func lengthZeroIsFreeAtAnyOffset(offset: Int) throws {
    var memory = try EVMMemory()
    try memory.enterChild()
    let view = try memory.bytes(at: offset, count: 0).count
    try memory.setData([], at: offset)
    try memory.copy(from: offset, to: 0, count: 0)
    try memory.copy(from: 0, to: offset, count: 0)
    try memory.setData(
      UnsafeRawBufferPointer(start: nil, count: 0), sourceOffset: offset, at: offset, count: 0)
    try memory.leaveChild(output: offset..<offset)
    let (size, returned) = (memory.totalSize, memory.returnDataSize)
    #expect(view == 0 && size == 0 && returned == 0)
  }

  @Test(arguments: [Int.max, Int.max - 31, Int.max - 32, Int.min, -1, -32, 1 << 62])
  func hugeOffsetsAreRefusedEverywhere(offset: Int) throws {
    var memory = try EVMMemory(limit: 1 << 20)
    try memory.setByte(1, at: 0)
    let before = memory.snapshot()
    let source: [UInt8] = [1, 2, 3]
    let writes = [
      evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: offset) },
      evmFailure { () throws(EVMMemoryError) in try memory.setWord(word, at: offset) },
      evmFailure { () throws(EVMMemoryError) in try memory.setLimbs(1, 2, 3, 4, at: offset) },
      evmFailure { () throws(EVMMemoryError) in try memory.setData(source, at: offset) },
      evmFailure { () throws(EVMMemoryError) in try memory.copy(from: 0, to: offset, count: 1) },
      evmFailure { () throws(EVMMemoryError) in try memory.copy(from: offset, to: 0, count: 1) },
      evmFailure { () throws(EVMMemoryError) in
        try memory.setData(
          UnsafeRawBufferPointer(start: nil, count: 0), sourceOffset: 0, at: offset, count: 9)
      },
      evmFailure { () throws(EVMMemoryError) in try memory.ensureContextCapacity(offset) },
      evmFailure { () throws(EVMMemoryError) in try memory.resizeContext(to: offset) },
    ]
    #expect(writes.allSatisfy { $0 == .invalidSize || $0 == .memoryLimitExceeded })
    let reads = [
      evmFailure { () throws(EVMMemoryError) in _ = try memory.byte(at: offset) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.word(at: offset) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.limbs(at: offset) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.bytes(at: offset, count: 1) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.bytes(at: 0, count: offset) },
    ]
    #expect(reads.allSatisfy { $0 == .invalidSize || $0 == .invalidOffset })
    let after = memory.snapshot()
    #expect(before == after, "refused operations change nothing")
  }

  @Test(arguments: [(0, 0), (1, 3), (32, 3), (33, 6), (724 * 32, 3195), (1024 * 32, 5120)])
  func expansionCosts(size: Int, gas: UInt64) throws {
    let memory = try EVMMemory()
    let cost = try memory.expansionCost(to: size)
    #expect(cost == gas)
  }

  @Test func expansionCostSaturatesAndRefusesNegativeSizes() throws {
    let memory = try EVMMemory()
    let huge = try memory.expansionCost(to: .max)
    #expect(huge == .max)
    let error = evmFailure { () throws(EVMMemoryError) in _ = try memory.expansionCost(to: -1) }
    #expect(error == .invalidSize)
    let largest: UInt64 = 3 << 27 + UInt64(1) << 45
    #expect(EVMMemory.expansionCost(from: 0, to: 1 << 32) == largest)
  }

  @Test func handlersExpandThroughAPointer() throws {
    let pointer = UnsafeMutablePointer<EVMMemory>.allocate(capacity: 1)
    pointer.initialize(to: try EVMMemory(limit: 4096))
    defer {
      pointer.deinitialize(count: 1)
      pointer.deallocate()
    }
    #expect(EVMMemory.expand(pointer, to: 33) == nil)
    #expect(pointer.pointee.contextSize == 64)
    #expect(EVMMemory.expand(pointer, to: 64) == nil)
    #expect(EVMMemory.expand(pointer, to: 4097) == .memoryLimitExceeded)
    #expect(EVMMemory.expand(pointer, to: -1) == .invalidSize)
    #expect(pointer.pointee.contextSize == 64)
  }

  @Test func errorsAreOneClearLine() {
    for error in EVMMemoryError.allCases {
      #expect(error.description.hasPrefix("EVM memory: "))
      #expect(!error.description.contains("\n"))
    }
    #expect(Set(EVMMemoryError.allCases.map(\.description)).count == 6)
  }
}
