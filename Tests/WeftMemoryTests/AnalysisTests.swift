import Testing

@testable import WeftMemory

@Suite struct AnalysisTests {
  @Test func reportOfALog() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    for index in UInt32(0)..<4 { try memory.writeWord(index, .memory, index * 4) }
    _ = try memory.readWord(.memory, 12)
    try memory.writeCell(1, to: MemoryAddress(.memory, 8192))
    try memory.advanceTimestamp(by: 6)
    let report = AccessPatternReport(memory.accessLog, configuration: memory.configuration)
    #expect(
      report.description == """
        reads 1, writes 5, idle ticks 6
        touched blocks 5, sequential 3, repeated 1
        address space 2, pointer 0x0: 5 accesses
        address space 2, pointer 0x2000: 1 accesses
        1 aligned accesses of 1 cells in address space 2 need adapters
        """)
    #expect(report.strides == [4: 3, 0: 1, 8180: 1])
    let metrics = memory.metrics
    #expect(metrics.readWriteRatio == 0.2)
    #expect(metrics.bytesPerAccess == 7 * 16 / 6.0)
    #expect(metrics.pageCount == 2)
    #expect(metrics.utilization.map { $0 > 0 && $0 < 1 } == true)
    #expect(metrics.hotPages.first?.accessCount == 5)
  }

  @Test func ratioWithoutWritesIsNil() throws {
    var memory = try MemoryController(testConfiguration(), mode: .metered)
    #expect(memory.metrics.readWriteRatio == nil)
    _ = try memory.readWord(.memory, 0)
    #expect(memory.metrics.counts.reads == 1)
    #expect(memory.metrics.readWriteRatio == nil && memory.metrics.utilization == nil)
    try memory.writeWord(1, .memory, 0)
    #expect(memory.metrics.readWriteRatio == 1)
  }

  @Test func heightsPadToPowersOfTwo() {
    let heights = MemoryTraceHeights(boundary: 5, merkle: 60, adapters: [4: 1, 8: 8, 16: 9])
    #expect(heights.padded == MemoryTraceHeights(boundary: 8, merkle: 64, adapters: [4: 1, 8: 8, 16: 16]))
  }

  @Test func bytesPerAccess() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    for index in UInt32(0)..<100 {
      _ = try memory.readWord(.memory, index * 4)
      try memory.writeWord(index, .memory, index * 4)
    }
    #expect(memory.metrics.bytesPerAccess == 16)
    try memory.write([UInt32](repeating: 1, count: 32), to: MemoryAddress(byte32, 0))
    #expect(memory.metrics.entryBytes == 201 * 16 + 32)
  }

  /// The report against its definition, entry by entry in dictionaries.
  @Test func reportAgreesWithItsDefinition() throws {
    var memory = try MemoryController(
      testConfiguration(alignment: .any), mode: .recorded(.accessLog))
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      let space = try #require(
        memory.configuration.spaces.filter { $0.id != .immediate }.randomElement(using: &generator))
      let size = 1 << Int.random(in: 0...3, using: &generator)
      let pages = min(space.cellCount, 3 << 12) - UInt64(size)
      let address = MemoryAddress(
        space.id, UInt32(UInt64.random(in: 0...pages, using: &generator)))
      if Bool.random(using: &generator) {
        _ = try memory.read(address, count: size)
      } else {
        try memory.write([UInt32](repeating: 1, count: size), to: address)
      }
    }

    let report = AccessPatternReport(memory.accessLog, configuration: memory.configuration)
    var blocks: Set<MemoryAddress> = []
    var pages: [MemoryImage.PageID: Int] = [:]
    var causes: [MemoryRange.Shape: Int] = [:]
    var strides: [Int64: Int] = [:]
    var last: [AddressSpaceID: MemoryRange] = [:]
    var (sequential, repeated) = (0, 0)
    for entry in memory.accessLog.entries {
      let space = try #require(memory.configuration.spaces.first { $0.id == entry.header.space })
      let count = entry.header.count
      let range = MemoryRange(MemoryAddress(space.id, entry.pointer), count: count)
      let first = Int(entry.pointer) / space.blockSize
      for block in first...(Int(range.end) - 1) / space.blockSize {
        blocks.insert(MemoryAddress(space.id, UInt32(block * space.blockSize)))
      }
      pages[MemoryImage.PageID(space: space.id, index: entry.pointer / 4096), default: 0] += 1
      if count != space.blockSize || Int(entry.pointer) % space.blockSize != 0 {
        let isAligned = Int(entry.pointer) % count == 0
        causes[MemoryRange.Shape(space: space.id, count: count, isAligned: isAligned), default: 0] += 1
      }
      if let previous = last.updateValue(range, forKey: space.id) {
        strides[Int64(entry.pointer) - Int64(previous.address.pointer), default: 0] += 1
        if previous.end == UInt64(entry.pointer) { sequential += 1 }
        if Int(previous.address.pointer) / space.blockSize == first { repeated += 1 }
      }
    }
    #expect(report.counts.accesses == 3000)
    #expect(report.touchedBlockCount == blocks.count)
    #expect(report.sequentialCount == sequential && report.repeatedCount == repeated)
    #expect(report.adapterCauses == causes)
    #expect(report.strides == strides)
    let hottest = pages.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(16)
    #expect(report.hotPages == hottest.map { MemoryMetrics.HotPage(page: $0.key, accessCount: $0.value) })
  }

  @Test(arguments: [RunMode.metered, .recorded(.accessLog), .recorded(.instructionRecords)])
  func finalMetricsAreThoseOfTheRun(mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    for index in UInt32(0)..<40 { try memory.writeWord(index, .memory, index * 128) }
    _ = try memory.readWord(.memory, 4)
    let metrics = memory.metrics
    #expect(metrics.counts.reads == 1 && metrics.counts.writes == 40)
    let final = try memory.finalize()
    #expect(final.metrics == metrics)
  }

  @Test func aDrainedLogCanBeFinalized() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    try memory.writeWord(1, .memory, 0)
    var taken = 0
    memory.drainLog { log in taken = log.count }
    try memory.writeWord(2, .memory, 4)
    let final = try memory.finalize()
    #expect(taken == 1 && final.metrics.entryCount == 2 && final.timestamp == 3)
    #expect(failure { () throws(MemoryError) in try final.validate() } == .logDrained(entries: 1))
  }

  @Test func inspectorShowsLogAndRecords() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    try memory.writeWord(0x0403_0201, .memory, 8)
    try memory.advanceTimestamp(by: 5)
    try memory.write([7, 8, 9, 10, 11, 12, 13, 14], to: MemoryAddress(byte8, 16))
    _ = try memory.readCell(MemoryAddress(.native, 3))
    try memory.writeCell(70_000, to: MemoryAddress(.native, 3))
    let final = try memory.finalize()
    let lines = [
      "#0 @1 write 4 cells at address space 2, pointer 0x8: 1 2 3 4", "#1 @2 idle for 5",
      "#2 @7 write 8 cells at address space 10, pointer 0x10: 7 8 9 10 11 12 13 14",
      "#3 @8 read 1 cell at address space 4, pointer 0x3",
      "#4 @9 write 1 cell at address space 4, pointer 0x3: 70000",
    ]
    #expect(MemoryInspector().lines(final.accessLog) == lines)
    #expect(MemoryInspector(spaces: [.native]).lines(final.accessLog) == Array(lines[3...]))
    #expect(MemoryInspector(pointers: 11..<12).lines(final.accessLog) == [lines[0]])
    #expect(MemoryInspector(limit: 2).lines(final.accessLog) == Array(lines[..<2]) + ["3 more"])
    let inputs = try final.makeProofInputs()
    #expect(
      MemoryInspector().lines(inputs.records)[3...] == [
        "#3 @8 read 1 cell at address space 4, pointer 0x3: 0, before @0",
        "#4 @9 write 1 cell at address space 4, pointer 0x3: 0 -> 70000, before @8",
      ])
  }

  @Test func equipartitionHasTheBlocksThatAreNotZero() throws {
    var image = try MemoryImage(bytes: [0, 0, 5, 0, 0, 0, 0, 0, 0, 1], at: MemoryAddress(.memory, 4094))
    try image.setCells([1 << 20], at: MemoryAddress(.native, 5))
    let blocks = try Equipartition(image, blockSize: 4)
    #expect(
      blocks.addresses == [
        MemoryAddress(.memory, 4096), MemoryAddress(.memory, 4100), MemoryAddress(.native, 4),
      ])
    #expect(blocks.cells == [5, 0, 0, 0, 0, 0, 0, 1, 0, 1 << 20, 0, 0])
    #expect(blocks.values(at: 1) == [0, 0, 0, 1])
    #expect(try Equipartition(image, blockSize: 8) { $0 == .native }.addresses == [MemoryAddress(.native, 0)])
    #expect(
      failure { () throws(MemoryError) in _ = try Equipartition(image, blockSize: 3) }
        == .blockSizeMismatch(requested: 3, required: 4096))
  }
}
