import Testing
import WeftMemory

@Suite struct ConfigurationTests {
  @Test func standardIsValidInEveryMode() {
    for mode in allModes { #expect(MemoryConfiguration.standard.faults(mode: mode).isEmpty) }
    #expect(MemoryConfiguration.segmented.faults(mode: .fast).isEmpty)
  }

  @Test func builderReportsEveryFaultAtOnce() {
    let error = failure { () throws(MemoryError) in
      _ = try MemoryConfiguration.Builder()
        .timestampBits(30).rangeLimbBits(0).maxAccessSize(64).addressSpaceOffset(0)
        .addressSpace(AddressSpace(.memory, name: "registers", cellCount: 6))
        .cellCount(4, of: AddressSpaceID(77))
        .build()
    }
    #expect(
      error
        == .invalidConfiguration([
          .unknownSpace(AddressSpaceID(77)),
          .outOfRange(parameter: "addressSpaceOffset", value: 0, allowed: 1...1),
          .outOfRange(parameter: "timestampBits", value: 30, allowed: 1...29),
          .outOfRange(parameter: "rangeLimbBits", value: 0, allowed: 1...20),
          .maxAccessSize(64),
          .duplicateSpace(.memory),
          .duplicateName("registers"),
          .partialBlock(.memory, cellCount: 6, blockSize: 4),
        ]))
    #expect(error?.description.contains("maxAccessSize is 64, allowed are 2, 4, 8, 16 and 32") == true)
  }

  @Test func builderRaisesTheHeight() throws {
    let context = AddressSpaceID((1 << 16) + 3)
    let configuration = try MemoryConfiguration.Builder()
      .addressSpace(AddressSpace(context, name: "frame", blockSize: 32, cellCount: 1024))
      .build()
    #expect(configuration.addressSpaceHeight == 17)
    #expect(configuration.spaces.last?.id == context)
    var memory = try MemoryController(configuration, mode: .recorded(.accessLog))
    try memory.writeCell(7, to: MemoryAddress(context, 1023))
    #expect(try memory.readCell(MemoryAddress(context, 1023)).value == 7)
  }

  @Test func sizesDependOnTheMode() {
    var configuration = MemoryConfiguration.standard
    configuration.spaces[2].cellCount = 1 << 32
    #expect(configuration.faults(mode: .fast).isEmpty)
    #expect(
      configuration.faults(mode: .metered)
        == [.spaceTooLarge(.memory, cellCount: 1 << 32, maximum: 1 << 29)])
  }

  @Test(arguments: [
    (AddressSpace(.immediate, name: "x", kind: .byte, blockSize: 1, cellCount: 0), "space 0, and only"),
    (AddressSpace(AddressSpaceID(20), name: "x", kind: .immediate, cellCount: 0), "holds immediates"),
    (AddressSpace(AddressSpaceID(20), name: "x", blockSize: 3, cellCount: 3), "powers of two up to 32"),
    (AddressSpace(AddressSpaceID(20), name: "x", blockSize: 64, cellCount: 64), "block size 64"),
    (AddressSpace(AddressSpaceID(1 << 24), name: "x", cellCount: 4), "does not fit addressSpaceHeight"),
    (AddressSpace(AddressSpaceID(20), name: "", blockSize: 0, cellCount: 4), "block size 0"),
  ])
  func refusesBadSpaces(_ space: AddressSpace, _ text: String) {
    let error = failure { () throws(MemoryError) in
      _ = try MemoryConfiguration.Builder().addressSpace(space).build()
    }
    #expect(error?.description.contains(text) == true)
  }

  @Test func registerFileHasAFixedLayout() {
    var configuration = MemoryConfiguration.standard
    configuration.spaces[1].cellCount = 132
    #expect(
      configuration.faults(mode: .fast) == [.registerLayout(configuration.spaces[1])])
  }

  @Test func aRefusedReserveIsAnError() {
    var configuration = MemoryConfiguration.standard
    configuration.spaces = (9..<200_009).map {
      AddressSpace(AddressSpaceID($0), name: "s\($0)", cellCount: 1 << 32)
    }
    configuration.addressSpaceHeight = 18
    let error = failure { () throws(MemoryError) in
      _ = try MemoryController(configuration, mode: .fast)
    }
    #expect(error == .outOfMemory(bytes: 1 << 32))
  }
}
