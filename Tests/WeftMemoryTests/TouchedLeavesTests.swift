import Testing

@testable import WeftMemory

@Suite("Touched leaves of metered runs")
struct TouchedLeavesTests {
  private static func controller(
    mode: RunMode, interface: MemoryInterface = .persistent, image: MemoryImage = MemoryImage()
  ) throws -> MemoryController {
    var configuration = MemoryConfiguration()
    configuration.spaces.removeAll { $0.id == AddressSpaceID(5) }
    configuration.spaces.append(
      AddressSpace(AddressSpaceID(5), name: "wide", blockSize: 32, cellCount: 1 << 16))
    var controller = try MemoryController(configuration, interface: interface, mode: mode)
    if interface != .volatile { try controller.setInitialMemory(image) }
    return controller
  }

  /// The same accesses in any mode.
  private static func access(_ memory: inout MemoryController) throws {
    try memory.writeWord(7, .memory, 0x1000)
    _ = try memory.readWord(.memory, 0x1004)
    _ = try memory.readWord(.memory, 0x1008)
    try memory.writeWord(9, .memory, 0x7_fff8)
    try memory.writeWord(1, .publicValues, 8)
    _ = try memory.readWord(.registers, 40)
    try memory.advanceTimestamp(by: 3)
    _ = try memory.writeSequence([UInt32](repeating: 3, count: 32), at: MemoryAddress(AddressSpaceID(5), 64))
  }

  @Test func heightsAreThoseOfARecordedRunWithAllRegisters() throws {
    var metered = try Self.controller(mode: .metered)
    var recorded = try Self.controller(mode: .recorded(.instructionRecords))
    // A recorded run touches all registers when it is told to.
    for register in UInt32(0)..<32 { _ = try recorded.readWord(.registers, 4 * register) }
    try Self.access(&metered)
    try Self.access(&recorded)
    let (counted, kept) = (try metered.traceHeights(), try recorded.traceHeights())
    let (foreseen, made) = (try #require(counted), try #require(kept))
    #expect(foreseen == made)
    #expect(made.boundaries[4] == 2 * (16 + 3 + 1))
    #expect(made.boundaries[8] == 2 * 4)
    #expect(made.boundary == 48)
    #expect(made.adapters == [16: 4, 32: 2])
    // A block of 32 cells is four leaves.
    #expect(metered.touchedLeaves().count { $0.space == AddressSpaceID(5) } == 4)
    #expect(metered.touchedByteCount(of: .memory) == 2 * 4096)
    #expect(metered.hostAccessCounts[.memory] == 4)
    #expect(metered.hostAccessCounts[.registers] == 1)
    #expect(metered.timestamp == 11)
    let fast = try Self.controller(mode: .fast)
    #expect(try fast.traceHeights() == nil)
    #expect(fast.touchedLeaves() == [] && fast.touchedLeafMap(of: .memory) == nil)
    #expect(try Self.controller(mode: .metered, interface: .volatile).traceHeights() == nil)
  }

  @Test func aSegmentIsMeasuredByItself() throws {
    var before = MemoryImage()
    try before.setBytes([1, 2, 3], at: MemoryAddress(.memory, 0x3000))
    try before.setBytes([4], at: MemoryAddress(.memory, 0x1010))
    var memory = try Self.controller(mode: .metered, image: before)
    let first = try memory.traceHeights()
    let untouched = try #require(first)
    #expect(untouched.boundaries == [4: 32])
    try Self.access(&memory)
    let image = memory.image(updating: before)
    #expect(image == memory.image)
    #expect(image[MemoryAddress(.memory, 0x1010)] == 4 && image[MemoryAddress(.memory, 0x1000)] == 7)
    memory.beginSegment()
    #expect(memory.timestamp == 1)
    #expect(try memory.traceHeights() == untouched)
    #expect(memory.hostAccessCounts.values.allSatisfy { $0 == 0 })
    // What nobody touches is taken from the image, whatever it says.
    #expect(memory.image(updating: MemoryImage())[MemoryAddress(.memory, 0x1000)] == 0)
    try memory.writeWord(0, .memory, 0x1000)
    #expect(memory.image(updating: image) == memory.image)
    // An engine notes its own accesses.
    let noted = memory.touchedLeafMap(of: .memory)
    let map = try #require(noted)
    map[0x2000 >> 3] = 1
    #expect(memory.touchedLeaves().contains(MemoryAddress(.memory, 0x2000)))
  }
}
