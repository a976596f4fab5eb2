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
    let heights = MemoryTraceHeights(boundary: 5, adapters: [4: 1, 8: 8, 16: 9])
    #expect(heights.padded == MemoryTraceHeights(boundary: 8, adapters: [4: 1, 8: 8, 16: 16]))
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
}
