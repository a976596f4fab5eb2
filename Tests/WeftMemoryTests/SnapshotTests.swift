import Testing

@testable import WeftMemory

@Suite struct SnapshotTests {
  private func work(
    _ memory: inout MemoryController, _ generator: inout SeededGenerator, steps: Int
  ) throws {
    for _ in 0..<steps {
      let space = [AddressSpaceID.memory, .registers, byte32].randomElement(using: &generator)!
      let size: UInt32 = space == byte32 ? 32 : 4
      let limit: UInt32 = space == .registers ? 32 : 256
      let address = MemoryAddress(space, UInt32.random(in: 0..<limit, using: &generator) * size)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: _ = try memory.read(address, count: Int(size))
      case 1: try memory.advanceTimestamp(by: 2)
      case 2: _ = try memory.allocate(24, alignment: 8, in: byte8)
      default:
        try memory.write(
          (0..<size).map { _ in UInt32.random(in: 0...255, using: &generator) }, to: address)
      }
    }
  }

  @Test(arguments: allModes, [UInt64(1), 2, 3])
  func restoreAtRandomPoints(_ mode: RunMode, _ seed: UInt64) throws {
    var memory = try MemoryController(testConfiguration(), mode: mode)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<8 {
      try work(&memory, &generator, steps: Int.random(in: 0..<60, using: &generator))
      let snapshot = memory.snapshot()
      let before = try digest(memory)
      var detour = generator
      try work(&memory, &detour, steps: 40)
      // Pages that the snapshot does not have must read 0 again.
      try memory.write(
        [UInt32](repeating: 1, count: 4), to: MemoryAddress(.memory, 60_000))
      try memory.restore(snapshot)
      #expect(try digest(memory) == before)
      #expect(memory.snapshot().state == snapshot.state)
    }
    let final = try memory.finalize()
    try final.validate()
  }

  @Test(arguments: allModes)
  func restoredRunEqualsStraightRun(_ mode: RunMode) throws {
    var straight = try MemoryController(testConfiguration(), mode: mode)
    var restored = try MemoryController(testConfiguration(), mode: mode)
    var first = SeededGenerator(seed: 9)
    var second = SeededGenerator(seed: 9)
    try work(&straight, &first, steps: 200)
    try work(&restored, &second, steps: 80)
    let snapshot = restored.snapshot()
    var detour = SeededGenerator(seed: 10)
    try work(&restored, &detour, steps: 50)
    try restored.restore(snapshot)
    try work(&restored, &second, steps: 120)
    #expect(try digest(straight) == digest(restored))
  }

  @Test func snapshotsOfOthersAreRefused() throws {
    let log = RunMode.recorded(.accessLog)
    var memory = try MemoryController(testConfiguration(), mode: log)
    let other = try MemoryController(testConfiguration(), mode: log).snapshot()
    try expectRefused(&memory, .invalidSnapshot(.otherRun)) { (m) throws(MemoryError) in
      try m.restore(other)
    }
    let metered = try MemoryController(testConfiguration(), mode: .metered).snapshot()
    let persistent = try MemoryController(testConfiguration(), interface: .persistent, mode: log)
      .snapshot()
    let small = try MemoryController(testConfiguration(accessLimit: 9), mode: log).snapshot()
    for snapshot in [metered, persistent, small] {
      try expectRefused(&memory, .invalidSnapshot(.otherConfiguration)) { (m) throws(MemoryError) in
        try m.restore(snapshot)
      }
    }
  }

  @Test func fastSnapshotsMayTravel() throws {
    var first = try MemoryController(testConfiguration(), mode: .fast)
    var second = try MemoryController(testConfiguration(), mode: .fast)
    try first.writeWord(5, .memory, 400)
    try second.restore(first.snapshot())
    #expect(try digest(first) == digest(second))
  }

  @Test(arguments: [RecordForm.accessLog, .instructionRecords])
  func aSnapshotLaterThanTheLogIsRefused(_ form: RecordForm) throws {
    var memory = try MemoryController(testConfiguration(), mode: .recorded(form))
    let early = memory.snapshot()
    for pointer in UInt32(0)..<5 { try memory.writeWord(1, .memory, pointer * 4) }
    let late = memory.snapshot()
    try memory.restore(early)
    // The log grows past the late snapshot again, with other entries.
    for pointer in UInt32(0)..<9 { try memory.writeWord(2, .memory, pointer * 4) }
    try expectRefused(&memory, .invalidSnapshot(.logWasTruncated(to: 0, snapshot: 5))) {
      (m) throws(MemoryError) in try m.restore(late)
    }
    try memory.restore(early)
    #expect(try memory.peekWord(.memory, 0) == 0)
  }

  @Test func registerScratchSlotIsNoRegister() throws {
    let memory = try MemoryController(testConfiguration(), mode: .fast)
    let before = memory.snapshot()
    let region = memory.region(of: .registers)
    region?.base.storeBytes(of: 0xffff_ffff, toByteOffset: 128, as: UInt32.self)
    #expect(memory.image.isEmpty)
    #expect(memory.snapshot() == before)
  }
}
