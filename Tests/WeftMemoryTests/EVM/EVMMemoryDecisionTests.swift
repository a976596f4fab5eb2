import Testing

@testable import WeftMemory

/// Where the design document is open or wrong, what was decided: a regression for each.
@Suite("EVMMemory: decisions E1 to E14")
struct EVMMemoryDecisionTests {
  @Test("E1: a child is charged from word 0")
  func costUsesOwnWords() throws {
    var memory = try EVMMemory()
    try memory.resizeContext(to: 1024 * 32)
    try memory.enterChild()
    let cost = try memory.expansionCost(to: 1024 * 32)
    #expect(cost == 5120)
    let words = try memory.ensureContextCapacity(1024 * 32)
    #expect(words == 1024)
  }

  @Test("E2: growth rounds up to words")
  func growthRoundsUp() throws {
    var memory = try EVMMemory()
    try memory.setByte(1, at: 32)
    let size = memory.contextSize
    #expect(size == 64)
    try memory.enterChild()
    let first = try memory.ensureContextCapacity(31)
    let second = try memory.ensureContextCapacity(32)
    #expect(first == 1 && second == 0)
  }

  @Test("E3: reads never grow")
  func readsPastTheEnd() throws {
    let memory = try EVMMemory()
    let error = evmFailure { () throws(EVMMemoryError) in _ = try memory.word(at: 0) }
    let size = memory.contextSize
    #expect(error == .invalidOffset && size == 0)
  }

  @Test("E4: commit leaves size and bytes of the parent alone")
  func commitTruncates() throws {
    var memory = try EVMMemory()
    try memory.setByte(9, at: 0)
    try memory.enterChild()
    try memory.setByte(1, at: 40)
    try memory.commitChildContext()
    let (size, total) = (memory.contextSize, memory.totalSize)
    #expect(size == 32 && total == 32)
    let words = try memory.ensureContextCapacity(64)
    #expect(words == 1, "the next expansion is not free")
    let grown = try memory.byte(at: 40)
    #expect(grown == 0, "the child's byte is not seen")
  }

  @Test("E5: committed bytes can be kept for inspection")
  func retainCommitted() throws {
    var memory = try EVMMemory(options: .retainCommitted)
    try memory.setByte(1, at: 32)
    try memory.enterChild()
    try memory.setByte(2, at: 0)
    try memory.commitChildContext()
    let (size, total, kept) = (memory.contextSize, memory.totalSize, Array(memory.retainedBytes))
    #expect(size == 64 && total == 96)
    #expect(kept == [2] + [UInt8](repeating: 0, count: 31))
    try memory.enterChild()
    let checkpoint = memory.contextCheckpoint
    #expect(checkpoint == 96)
    try memory.revertChildContext()
    let again = memory.totalSize
    #expect(again == 96, "a revert keeps what was kept before")
    try memory.setByte(3, at: 95)
    let (taken, left) = (try memory.byte(at: 64), memory.retainedBytes.count)
    #expect(taken == 0 && left == 0, "the growing parent takes the space back")
  }

  @Test("E6: a child ends once")
  func endingTwice() throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    _ = try memory.newChildContext()
    try memory.commitChildContext(of: root)
    let error = evmFailure { () throws(EVMMemoryError) in try memory.revertChildContext(of: root) }
    #expect(error == .noChildContextToRevertOrCommit)
  }

  @Test("E7: with an active child the parent can only be read")
  func guards() throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    try memory.setByte(5, at: 0)
    _ = try memory.newChildContext()
    let bytes: [UInt8] = [1]
    let errors = [
      evmFailure { () throws(EVMMemoryError) in try memory.setByte(1, at: 0, in: root) },
      evmFailure { () throws(EVMMemoryError) in try memory.setWord(.init(repeating: 1), at: 0, in: root) },
      evmFailure { () throws(EVMMemoryError) in try memory.setLimbs(1, 2, 3, 4, at: 0, in: root) },
      evmFailure { () throws(EVMMemoryError) in try memory.copy(from: 0, to: 1, count: 1, in: root) },
      evmFailure { () throws(EVMMemoryError) in
        try bytes.span.bytes.withUnsafeBytes { source throws(EVMMemoryError) in
          try memory.setData(source, at: 0, in: root)
        }
      },
      evmFailure { () throws(EVMMemoryError) in
        try bytes.span.bytes.withUnsafeBytes { source throws(EVMMemoryError) in
          try memory.setData(source, sourceOffset: 0, at: 0, count: 1, in: root)
        }
      },
      evmFailure { () throws(EVMMemoryError) in try memory.ensureContextCapacity(64, in: root) },
      evmFailure { () throws(EVMMemoryError) in try memory.resizeContext(to: 64, in: root) },
      evmFailure { () throws(EVMMemoryError) in try memory.restoreContext(bytes, in: root) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.newChildContext(of: root) },
    ]
    #expect(errors == [EVMMemoryError?](repeating: .childContextActive, count: 10))
    let read = try memory.byte(at: 0, in: root)
    let (size, words) = (try memory.contextSize(of: root), try memory.contextWords(of: root))
    let cost = try memory.expansionCost(to: 64, in: root)
    #expect(read == 5 && size == 32 && words == 1 && cost == 3)
    let past = evmFailure { () throws(EVMMemoryError) in _ = try memory.byte(at: 32, in: root) }
    #expect(past == .invalidOffset)
  }

  @Test("E8: revert cascades, commit does not")
  func cascade() throws {
    var memory = try EVMMemory()
    let root = memory.rootContext
    let child = try memory.newChildContext()
    try memory.setWord(.init(repeating: 7), at: 0)
    _ = try memory.newChildContext()
    _ = try memory.newChildContext()
    let commit = evmFailure { () throws(EVMMemoryError) in try memory.commitChildContext(of: child) }
    #expect(commit == .childContextActive)
    let past = evmFailure { () throws(EVMMemoryError) in
      try memory.revertChildContext(of: root, output: 0..<33)
    }
    let depth = memory.depth
    #expect(past == .invalidOffset && depth == 3, "a refused revert ends nothing")
    try memory.revertChildContext(of: root, output: 0..<4)
    let (active, output) = (memory.activeContext, Array(memory.returnData))
    #expect(active == root && output == [7, 7, 7, 7])
  }

  @Test("E9: one limit binds all contexts together")
  func limitOnTotal() throws {
    var memory = try EVMMemory(limit: 128)
    try memory.resizeContext(to: 64)
    try memory.enterChild()
    try memory.resizeContext(to: 64)
    try memory.enterChild()
    let error = evmFailure { () throws(EVMMemoryError) in try memory.setByte(0, at: 0) }
    #expect(error == .memoryLimitExceeded)
  }

  @Test("E10: overflow is an error on every path", arguments: [Int.max, Int.min, -1])
  func overflow(count: Int) throws {
    var memory = try EVMMemory()
    try memory.setByte(1, at: 0)
    let source: [UInt8] = [1]
    let errors = [
      evmFailure { () throws(EVMMemoryError) in try memory.copy(from: 1, to: 0, count: count) },
      evmFailure { () throws(EVMMemoryError) in try memory.copy(from: -1, to: 0, count: 1) },
      evmFailure { () throws(EVMMemoryError) in _ = try memory.bytes(at: 1, count: count) },
      evmFailure { () throws(EVMMemoryError) in
        try source.span.bytes.withUnsafeBytes { bytes throws(EVMMemoryError) in
          try memory.setData(bytes, sourceOffset: 0, at: 1, count: count)
        }
      },
      evmFailure { () throws(EVMMemoryError) in try memory.copyReturnData(from: 1, to: 0, count: count) },
    ]
    #expect(errors.allSatisfy { $0 == .invalidSize || ($0 == .memoryLimitExceeded && count == .max) })
  }

  @Test("E11: return data survives the parent's growth and dies with the next call")
  func returnDataWindow() throws {
    var memory = try EVMMemory()
    try memory.setByte(1, at: 0)
    try memory.enterChild()
    try memory.setData(Array(0..<200), at: 0)
    try memory.leaveChild(output: 50..<150)
    let inPlace = memory.returnData.baseAddress == UnsafeRawPointer(memory.contextBase + 32 + 50)
    #expect(inPlace, "no copy")
    try memory.copyReturnData(from: 10, to: 1000, count: 20)
    let (copied, all) = (Array(try memory.bytes(at: 1000, count: 20)), Array(memory.returnData))
    #expect(copied == Array(60..<80) && all == Array(50..<150))
    try memory.resizeContext(to: 100_000)
    let still = Array(memory.returnData)
    #expect(still == Array(50..<150))
    let past = evmFailure { () throws(EVMMemoryError) in try memory.copyReturnData(from: 101, to: 0, count: 0)
    }
    let end = evmFailure { () throws(EVMMemoryError) in try memory.copyReturnData(from: 100, to: 0, count: 0)
    }
    #expect(past == .invalidOffset && end == nil)
    try memory.enterChild()
    let gone = memory.returnDataSize
    #expect(gone == 0)
  }

  @Test("E12: a context may shrink, and reads 0 when it grows back")
  func shrinking() throws {
    var memory = try EVMMemory()
    try memory.setData([UInt8](repeating: 9, count: 100), at: 0)
    try memory.resizeContext(to: 1)
    let size = memory.contextSize
    #expect(size == 32)
    try memory.resizeContext(to: 128)
    let bytes = Array(try memory.bytes(at: 32, count: 96))
    #expect(bytes == [UInt8](repeating: 0, count: 96))
  }

  @Test("E13: one initialiser makes a usable memory")
  func oneStep() throws {
    let memory = try EVMMemory(initialCapacity: 0, limit: 0)
    let size = memory.totalSize
    #expect(size == 0)
    let errors = [
      evmFailure { () throws(EVMMemoryError) in _ = try EVMMemory(initialCapacity: -1) },
      evmFailure { () throws(EVMMemoryError) in _ = try EVMMemory(limit: -1) },
      evmFailure { () throws(EVMMemoryError) in _ = try EVMMemory(reserving: -1) },
      evmFailure { () throws(EVMMemoryError) in _ = try EVMMemory(initialCapacity: .max) },
    ]
    #expect(errors == [.invalidSize, .invalidSize, .invalidSize, .outOfMemory])
  }

  @Test("E14: asking for a price does not make growth free")
  func costIsNotCached() throws {
    var memory = try EVMMemory()
    let first = try memory.expansionCost(to: 320)
    let second = try memory.expansionCost(to: 320)
    #expect(first == 30 && second == 30)
    try memory.resizeContext(to: 320)
    let third = try memory.expansionCost(to: 320)
    #expect(third == 0)
  }
}
