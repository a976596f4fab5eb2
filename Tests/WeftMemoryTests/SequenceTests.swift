import Testing

@testable import WeftMemory

@Suite struct SequenceTests {
  @Test(arguments: [
    (UInt32(3), 10, [1, 4, 4, 1]), (0, 7, [4, 2, 1]), (4, 0, []), (6, 2, [2]), (5, 1, [1]), (8, 8, [4, 4]),
  ])
  func plansAreExact(_ pointer: UInt32, _ count: Int, _ sizes: [Int]) {
    let plan = AccessPlan(MemoryRange(MemoryAddress(.memory, pointer), count: count), maximumSize: 4)
    #expect(plan.map(\.count) == sizes)
    #expect(plan.pieceCount == sizes.count)
    var next = pointer
    for piece in plan {
      #expect(piece.address.pointer == next && next % UInt32(piece.count) == 0)
      next += UInt32(piece.count)
    }
  }

  @Test(arguments: [RunMode.fast, .metered, .recorded(.accessLog)])
  func sequencesWriteExactlyTheirCells(_ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    let start = MemoryAddress(.memory, 4090)  // over a page border
    try memory.write([255, 255, 255, 255], to: MemoryAddress(.memory, 4088))
    try memory.writeSequence([1, 2, 3, 4, 5, 6, 7, 8, 9], at: start)
    let around = try memory.peek(MemoryAddress(.memory, 4088), count: 12)
    #expect(around == [255, 255, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0])
    let read = try memory.readSequence(at: start, count: 9)
    #expect(read.values == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(memory.timestamp == (mode == .fast ? 1 : 2 + 4 + 4))
    #expect(try memory.readSequence(at: start, count: 0).record == .none)
    let bytes: [UInt8] = [4, 3, 2, 1]
    try memory.writeSequence(bytes.span, at: MemoryAddress(byte32, 8))
    #expect(try memory.peekWord(byte32, 8) == 0x0102_0304)
    try memory.writeSequence([AddressSpace.fieldOrder - 1, 2, 3], at: MemoryAddress(.native, 4095))
    #expect(try memory.peek(MemoryAddress(.native, 4095), count: 3) == [AddressSpace.fieldOrder - 1, 2, 3])
  }

  @Test(arguments: [RunMode.fast, .recorded(.accessLog)])
  func lastCellAndOnePast(_ mode: RunMode) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    let last = MemoryAddress(.memory, 65535)
    try memory.writeSequence([7], at: last)
    #expect(try memory.readCell(last).value == 7)
    let past = MemoryRange(last, count: 2)
    try expectRefused(&memory, .addressOutOfBounds(past, limit: 65536)) { (m) throws(MemoryError) in
      try m.writeSequence([1, 2], at: last)
    }
    try expectRefused(&memory, .addressOutOfBounds(past, limit: 65536)) { (m) throws(MemoryError) in
      _ = try m.readSequence(at: last, count: 2)
    }
    let huge = MemoryRange(last, count: .max)
    try expectRefused(&memory, .addressOutOfBounds(huge, limit: 65536)) { (m) throws(MemoryError) in
      _ = try m.readSequence(at: last, count: .max)
    }
    try expectRefused(&memory, .invalidAccessSize(MemoryRange(last, count: -1), maximum: .max)) {
      (m) throws(MemoryError) in _ = try m.readSequence(at: last, count: -1)
    }
    let scattered = MemoryRange(MemoryAddress(.memory, 65536), count: 1)
    try expectRefused(&memory, .addressOutOfBounds(scattered, limit: 65536)) { (m) throws(MemoryError) in
      _ = try m.readCells(at: [last, scattered.address])
    }
  }

  @Test func allocationAscendsAndReadsZero() throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    #expect(try memory.allocate(3, in: byte8) == MemoryAddress(byte8, 0))
    #expect(try memory.allocate(8, alignment: 16, in: byte8) == MemoryAddress(byte8, 16))
    #expect(memory.accessLog.count == 0)
    try memory.writeCell(5, to: MemoryAddress(byte8, 30))
    #expect(try memory.allocate(16, alignment: 8, in: byte8) == MemoryAddress(byte8, 24))
    #expect(try memory.peekCell(MemoryAddress(byte8, 30)) == 0)
    #expect(memory.accessLog.count == 3)  // the host's write, and two blocks of zeros
    let all = MemoryRange(MemoryAddress(byte8, 40), count: 8153)
    try expectRefused(&memory, .addressOutOfBounds(all, limit: 8192)) { (m) throws(MemoryError) in
      _ = try m.allocate(8153, in: byte8)
    }
    let odd = MemoryRange(MemoryAddress(byte8, 40), count: 3)
    try expectRefused(&memory, .sizeNotPowerOfTwo(odd)) { (m) throws(MemoryError) in
      _ = try m.allocate(8, alignment: 3, in: byte8)
    }
    #expect(try memory.allocate(8152, in: byte8) == MemoryAddress(byte8, 40))
    #expect(try memory.allocate(0, in: byte8) == MemoryAddress(byte8, 8192))
  }

  /// Buffered and unbuffered host writes: the same values are read, the same contents remain.
  @Test(arguments: [UInt64(1), 2, 3], [1, 3, 64])
  func writeBufferEqualsUnbufferedOrder(_ seed: UInt64, _ threshold: Int) throws {
    let mode = RunMode.recorded(.accessLog)
    var plain = try MemoryController(testConfiguration(), mode: mode)
    var buffered = WriteBuffer(
      try MemoryController(testConfiguration(), mode: mode), threshold: threshold)
    var generator = SeededGenerator(seed: seed)
    for step in 0..<400 {
      let address = MemoryAddress(.memory, UInt32.random(in: 0..<200, using: &generator))
      let count = Int.random(in: 0..<12, using: &generator)
      switch step % 5 {
      case 0:
        #expect(
          try buffered.read(address, count: count).values
            == plain.readSequence(at: address, count: count).values)
      case 1 where step % 25 == 1:
        try buffered.advanceTimestamp(by: 3)
        try plain.advanceTimestamp(by: 3)
        #expect(try buffered.snapshot().image == plain.image)
      default:
        let values = (0..<count).map { _ in UInt32.random(in: 0...255, using: &generator) }
        try buffered.write(values, to: address)
        try plain.writeSequence(values, at: address)
      }
    }
    let memory = try buffered.finish()
    #expect(memory.image == plain.image)
    #expect(memory.timestamp == plain.timestamp)
    #expect(memory.metrics.counts == plain.metrics.counts)
    try memory.finalize().validate()
  }

  @Test func writeBufferChecksBeforeItBuffers() throws {
    var buffer = WriteBuffer(
      try MemoryController(testConfiguration(accessLimit: 3), mode: .recorded(.accessLog)))
    try buffer.write([1, 2, 3, 4], to: MemoryAddress(.memory, 0))
    try buffer.write([1, 2, 3, 4], to: MemoryAddress(.memory, 8))
    let large = MemoryRange(MemoryAddress(.memory, 16), count: 8)
    #expect(
      failure { () throws(MemoryError) in
        try buffer.write([UInt32](repeating: 1, count: 8), to: large.address)
      } == .logLimitReached(large, limit: 3))
    #expect(
      failure { () throws(MemoryError) in try buffer.write([256], to: large.address) }
        == .nonCanonicalCell(256, at: large.address))
    #expect(buffer.pendingCount == 2)
    #expect(try buffer.finish().timestamp == 3)
  }
}
