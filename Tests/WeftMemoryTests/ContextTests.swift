import Testing

@testable import WeftMemory

@Suite("Memories of EVM contexts")
struct ContextTests {
  private func controller(
    limit: Int = 3, mode: RunMode = .recorded(.accessLog), interface: MemoryInterface = .imageTable
  ) throws -> MemoryController {
    var configuration = MemoryConfiguration()
    configuration.spaces = [
      AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0), .registers,
      AddressSpace(.evmContext, name: "evmContext", blockSize: 32, cellCount: 4096),
    ]
    configuration.contextLimit = limit
    configuration.addressSpaceHeight = 17
    configuration.accessLimit = 1 << 12
    configuration.accessCapacity = 0
    return try MemoryController(configuration, interface: interface, mode: mode)
  }

  private static func block(_ byte: UInt32) -> InlineArray<32, UInt32> { InlineArray(repeating: byte) }

  @Test(
    "They begin with zeros, grow and keep what they hold",
    arguments: [
      RunMode.recorded(.accessLog), .recorded(.instructionRecords),
    ])
  func growth(_ mode: RunMode) throws {
    var memory = try controller(mode: mode)
    let first = try memory.addContext()
    let second = try memory.addContext()
    #expect([first, second] == [AddressSpaceID(1 << 16), AddressSpaceID(1 << 16 + 1)])
    try memory.write(Self.block(7), to: MemoryAddress(first, 64))
    try memory.reach(100_000, in: first)
    let kept = try memory.peekCell(MemoryAddress(first, 64))
    #expect(kept == 7)
    try memory.write(Self.block(9), to: MemoryAddress(first, 99_968))
    let fresh: MemoryAccess<32> = try memory.read(MemoryAddress(second, 0))
    #expect(fresh.values[31] == 0)
    let sizes = memory.contextSizes
    #expect(sizes == [102_400, 4096])
    let finalized = try memory.finalize()
    try finalized.validate()
    #expect(finalized.image[MemoryAddress(first, 99_999)] == 9)
    let inputs = try finalized.makeProofInputs()
    #expect(inputs.equipartition.blocks.map(\.address.pointer) == [64, 99_968, 0])
    #expect(inputs.equipartition.blocks.map(\.timestamp) == [1, 2, 3])
  }

  @Test("More than the configuration has, and other spaces, are refused by name")
  func refusals() throws {
    var memory = try controller(limit: 1)
    let only = try memory.addContext()
    try expectRefused(&memory, .layoutLimitReached(of: "EVM contexts", limit: 1)) {
      memory throws(MemoryError) in
      _ = try memory.addContext()
    }
    let other = MemoryRange(MemoryAddress(.evmContext, 0), count: 32)
    try expectRefused(&memory, .invalidAddressSpace(other)) { memory throws(MemoryError) in
      try memory.reach(32, in: .evmContext)
    }
    let far = MemoryRange(MemoryAddress(only, 0), count: 1 << 30)
    try expectRefused(&memory, .addressOutOfBounds(far, limit: 1 << 29)) { memory throws(MemoryError) in
      try memory.reach(1 << 30, in: only)
    }
    var fast = try controller(mode: .fast)
    try expectRefused(&fast, .layoutLimitReached(of: "EVM contexts", limit: 0)) {
      memory throws(MemoryError) in
      _ = try memory.addContext()
    }
  }

  @Test("A configuration without room for the numbers of contexts is refused")
  func configuration() {
    var configuration = MemoryConfiguration()
    configuration.contextLimit = 1
    #expect(
      configuration.faults(mode: .recorded(.accessLog)) == [.spaceOutOfRange(.firstContext, height: 3)])
    configuration.addressSpaceHeight = 17
    #expect(configuration.faults(mode: .recorded(.accessLog)).isEmpty)
    configuration.contextLimit = 1 << 17
    #expect(!configuration.faults(mode: .recorded(.accessLog)).isEmpty)
  }

  @Test("Going back to a snapshot forgets later contexts")
  func snapshots() throws {
    var memory = try controller()
    let first = try memory.addContext()
    try memory.write(Self.block(1), to: MemoryAddress(first, 0))
    let snapshot = memory.snapshot()
    let second = try memory.addContext()
    try memory.write(Self.block(2), to: MemoryAddress(second, 0))
    try memory.write(Self.block(3), to: MemoryAddress(first, 0))
    try memory.restore(snapshot)
    let sizes = memory.contextSizes
    #expect(sizes.count == 1)
    let back = try memory.peekCell(MemoryAddress(first, 0))
    #expect(back == 1)
    let again = try memory.addContext()
    #expect(again == second)
    let fresh = try memory.peekCell(MemoryAddress(second, 0))
    #expect(fresh == 0)
    try memory.finalize().validate()
  }

  @Test("Contents that come from outside are part of the start image")
  func initialContents() throws {
    var memory = try controller()
    let place = MemoryAddress(.evmContext, 64)
    let bytes = [UInt8](repeating: 5, count: 32)
    _ = try memory.readCell(MemoryAddress(.evmContext, 0))
    try bytes.span.bytes.withUnsafeBytes { bytes throws(MemoryError) in
      try memory.setInitialContents(bytes, at: place)
    }
    let read: MemoryAccess<32> = try memory.read(place)
    #expect(read.values[0] == 5)
    try memory.write(Self.block(6), to: place)
    let finalized = try memory.finalize()
    try finalized.validate()
    #expect(finalized.initialImage[place] == 5)
    #expect(finalized.image[place] == 6)
    var volatile = try controller(interface: .volatile)
    try expectRefused(&volatile, .initialMemoryNotAllowed) { memory throws(MemoryError) in
      try bytes.span.bytes.withUnsafeBytes { bytes throws(MemoryError) in
        try memory.setInitialContents(bytes, at: place)
      }
    }
  }
}
