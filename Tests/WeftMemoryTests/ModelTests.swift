import Testing

@testable import WeftMemory

/// Random accesses against a dictionary, in every mode.
@Suite struct ModelTests {
  @Test(arguments: allModes, [UInt64(1), 2, 3])
  func controllerEqualsDictionary(_ mode: RunMode, _ seed: UInt64) throws {
    let configuration = testConfiguration()
    var memory = try MemoryController(configuration, mode: mode)
    var generator = SeededGenerator(seed: seed)
    var model: [MemoryAddress: UInt32] = [:]
    var clock: UInt32 = 1
    var ids: UInt32 = 0
    let spaces = configuration.spaces.filter { $0.id != .immediate }
    for _ in 0..<2000 {
      let space = spaces.randomElement(using: &generator)!
      let isOnline = mode == .recorded(.instructionRecords)
      let count = isOnline ? space.blockSize : 1 << Int.random(in: 0...5, using: &generator)
      // Half of the accesses near page borders and ends.
      let cellCount = UInt32(space.cellCount)
      let near = [0, 4096 % cellCount, cellCount - 32].randomElement(using: &generator)!
      let raw = Bool.random(using: &generator) ? near : UInt32.random(in: 0..<cellCount, using: &generator)
      let address = MemoryAddress(space.id, raw & ~UInt32(count - 1))
      let cells = (0..<UInt32(count)).map { MemoryAddress(space.id, address.pointer + $0) }
      let expected = cells.map { model[$0] ?? 0 }
      var record = RecordID.none
      switch Int.random(in: 0..<6, using: &generator) {
      case 0, 1:
        let access = try memory.read(address, count: count)
        #expect(access.values == expected)
        record = access.record
      case 2, 3:
        let values = cells.map { _ in
          UInt32.random(in: 0...space.kind.maximumCell, using: &generator)
        }
        let access = try memory.write(values, to: address)
        #expect(access.values == expected)
        for (cell, value) in zip(cells, values) { model[cell] = value }
        record = access.record
      case 4:
        try memory.advanceTimestamp(by: 3)
        if mode != .fast { clock += 3 }
        ids += 1
        continue
      default:
        #expect(try memory.peek(address, count: count) == expected)
        continue
      }
      if mode != .fast { clock += 1 }
      #expect(memory.timestamp == clock)
      if case .recorded = mode { #expect(record.index == ids) } else { #expect(record == .none) }
      ids += 1
    }
    let image = memory.image
    for (address, value) in model { #expect(image[address] == value) }
    #expect(image.pages.values.reduce(0) { $0 + $1.count { $0 != 0 } } > 0)
    let final = try memory.finalize()
    try final.validate()
    #expect(final.image == image)
    #expect(final.timestamp == clock)
  }

  @Test(arguments: [1, 4, 8, 32])
  func batchesOfEveryKindAgree(_ size: Int) throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(.accessLog))
    let values: InlineArray<4, UInt32> = [1, 2, 3, 4]
    let address = MemoryAddress(byte32, UInt32(size) * 32)
    #expect(try memory.write(values, to: address).values[3] == 0)
    let access: MemoryAccess<4> = try memory.read(address)
    #expect(access.values[0] == 1 && access.values[3] == 4)
    #expect(try memory.readWord(byte32, address.pointer) == 0x0403_0201)
    try memory.writeWord(0x0807_0605, byte32, address.pointer)
    #expect(try memory.write([9, 9, 9, 9], to: address).values == [5, 6, 7, 8])
    #expect(try memory.readCells(at: [address, MemoryAddress(.immediate, 4)]).map(\.value) == [9, 4])
    #expect(memory.timestamp == 8)
    #expect(memory.accessLog.count == 7)
  }

  @Test(arguments: allModes)
  func wordsAreTheSameAsBlocks(_ mode: RunMode) throws {
    var words = try MemoryController(testConfiguration(), mode: mode)
    var blocks = try MemoryController(testConfiguration(), mode: mode)
    for index in UInt32(0)..<100 {
      let pointer = index * 52 % 128 * 4
      try words.writeWord(index, .memory, pointer)
      let value = index.littleEndian
      try blocks.write([value & 255, value >> 8, 0, 0], to: MemoryAddress(.memory, pointer))
      #expect(try words.readWord(.memory, pointer) == index)
      _ = try blocks.read(MemoryAddress(.memory, pointer), count: 4)
    }
    #expect(try digest(words) == digest(blocks))
  }
}
