import Testing

@testable import WeftMemory

/// What engines rely on: layouts, the log cursor, the clock.
@Suite struct EngineInterfaceTests {
  private func region(
    _ memory: borrowing MemoryController, _ space: AddressSpaceID
  ) throws -> MemoryRegion {
    let region = memory.region(of: space)
    return try #require(region)
  }

  @Test func entriesHaveTheirLayout() {
    typealias Entry = AccessLog.Entry
    #expect(MemoryLayout<Entry>.size == 16 && MemoryLayout<Entry>.stride == 16)
    let header = AccessHeader(.write, log2Count: 2, space: .memory)
    #expect(header.rawValue == 0x209)
    let entry = Entry(header, pointer: 0x1000, payload: 7)
    withUnsafeBytes(of: entry) {
      #expect($0.load(as: UInt64.self) == Entry.firstWord(header, pointer: 0x1000))
      #expect($0.load(fromByteOffset: 8, as: UInt64.self) == 7)
    }
    #expect(header.count == 4 && header.byteCount == 4 && header.space == .memory && header.kind == .write)
    #expect(AccessHeader(.read, log2Count: 5, space: .native, isWide: true).byteCount == 128)
    #expect(!AccessHeader(rawValue: 3).isValid && !AccessHeader(rawValue: 6 << 2).isValid)
  }

  @Test func regionsHaveTheirLayout() throws {
    let online = try MemoryController(testConfiguration(), mode: .recorded(.instructionRecords))
    let registers = try region(online, .registers)
    #expect(registers.timesOffset == 256 && registers.byteCount == 4096)
    let memory = try region(online, .memory)
    #expect(memory.timesOffset == 1 << 29 && memory.byteCount == 1 << 16)
    #expect(try region(online, byte8).timesOffset == 1 << 13)
    let absent = [online.region(of: .immediate), online.region(of: AddressSpaceID(99))]
    #expect(absent.allSatisfy { $0 == nil })
    let fast = try MemoryController(testConfiguration(), mode: .fast)
    #expect(try region(fast, .registers).timesOffset == 0)
  }

  @Test func engineAppendsToTheLog() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    try memory.writeWord(1, .memory, 0)
    let region = try region(memory, .memory)
    var cursor = memory.logCursor
    let write = AccessHeader(.write, log2Count: 2, space: .memory)
    for index in UInt32(0)..<10 {
      UnsafeMutableRawPointer(cursor).storeBytes(
        of: AccessLog.Entry.firstWord(write, pointer: index * 4), as: UInt64.self)
      UnsafeMutableRawPointer(cursor).storeBytes(of: UInt64(index + 5), toByteOffset: 8, as: UInt64.self)
      region.base.storeBytes(of: index + 5, toByteOffset: Int(index) * 4, as: UInt32.self)
      cursor += 1
    }
    try memory.commitLog(through: cursor, timestamp: 12)
    #expect(memory.metrics.counts.writes == 11)
    #expect(memory.accessLog.count == 11)
    let final = try memory.finalize()
    try final.validate()
    let inputs = try final.makeProofInputs()
    #expect(inputs.records[1]?.previousTimestamp == 1 && inputs.records[1]?.previousData == [1, 0, 0, 0])
  }

  @Test func wrongCommitsAreFound() throws {
    var memory = try MemoryController(testConfiguration(accessLimit: 8), mode: .recorded(.accessLog))
    let start = memory.logCursor
    try expectRefused(&memory, .logLimitReached(nil, limit: 8)) { (m) throws(MemoryError) in
      try m.commitLog(through: start + 9, timestamp: 2)
    }
    try expectRefused(&memory, .timestampViolation(nil, current: 1, requested: 0)) {
      (m) throws(MemoryError) in try m.commitLog(through: start, timestamp: 0)
    }
    start.initialize(
      to: AccessLog.Entry(AccessHeader(.read, log2Count: 2, space: .memory), pointer: 0, payload: 0))
    try memory.commitLog(through: start + 1, timestamp: 5)
    #expect(
      failure { () throws(MemoryError) in try memory.checkFinalizable() }
        == .replayMismatch(.timestamp(replayed: 2, online: 5)))
  }

  @Test func aStoreWithoutEntryIsFound() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    try memory.writeWord(3, .memory, 8)
    try region(memory, .memory).base.storeBytes(of: 9, toByteOffset: 20, as: UInt8.self)
    let final = try memory.finalize()
    #expect(
      failure { () throws(MemoryError) in try final.validate() }
        == .replayMismatch(.contents(MemoryAddress(.memory, 20), replayed: 0, online: 9)))
  }

  @Test func onlineEngineAdvancesTheClock() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.instructionRecords))
    let registers = try region(memory, .registers)
    registers.base.storeBytes(of: 77, toByteOffset: 20, as: UInt32.self)
    registers.times[5] = 1
    registers.times[32] = 1
    try memory.setTimestamp(2)
    memory.addCounts(reads: 0, writes: 1)
    let access = try memory.read(MemoryAddress(.registers, 20), count: 4)
    #expect(access.values == [77, 0, 0, 0])
    #expect(memory.records.record(access.record)?.previousTimestamp == 1)
    let final = try memory.finalize()
    try final.validate()
    let inputs = try final.makeProofInputs()
    #expect(inputs.equipartition.blocks.map(\.address) == [MemoryAddress(.registers, 20)])
  }
}
