import Testing

@testable import WeftMemory

let byte1 = AddressSpaceID(9)  // byte cells, blocks of 1
let byte8 = AddressSpaceID(10)  // byte cells, blocks of 8
let byte32 = AddressSpaceID(11)  // byte cells, blocks of 32

/// Spaces of each block size and kind, small enough to reach their ends.
func testConfiguration(
  alignment: MemoryConfiguration.Alignment = .natural, maxAccessSize: Int = 32,
  accessLimit: Int = 1 << 16, timestampBits: Int = 29
) -> MemoryConfiguration {
  var configuration = MemoryConfiguration.standard
  configuration.addressSpaceHeight = 4
  configuration.alignment = alignment
  configuration.maxAccessSize = maxAccessSize
  configuration.accessLimit = accessLimit
  configuration.accessCapacity = min(1024, accessLimit)
  configuration.timestampBits = timestampBits
  configuration.spaces = [
    AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0),
    .registers,
    AddressSpace(.memory, name: "memory", blockSize: min(4, maxAccessSize), cellCount: 1 << 16),
    AddressSpace(.native, name: "native", kind: .native, blockSize: 1, cellCount: 1 << 13),
    AddressSpace(byte1, name: "byte1", blockSize: 1, cellCount: 1 << 13),
    AddressSpace(byte8, name: "byte8", blockSize: min(8, maxAccessSize), cellCount: 1 << 13),
    AddressSpace(byte32, name: "byte32", blockSize: min(32, maxAccessSize), cellCount: 1 << 13),
  ]
  if maxAccessSize < 4 { configuration.spaces.removeAll { $0.id == .registers } }
  return configuration
}

let allModes: [RunMode] = [
  .fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords),
]

/// Everything about a controller that a refused call could have changed.
struct Digest: Hashable {
  var state: MemorySnapshot.State
  var entries: [AccessLog.Entry]
  var records: [MemoryRecord?]
  var metrics: MemoryMetrics
  var heights: MemoryTraceHeights?
}

func digest(_ memory: borrowing MemoryController) throws -> Digest {
  Digest(
    state: memory.state, entries: Array(memory.accessLog.entries), records: all(memory.records),
    metrics: memory.metrics, heights: try memory.traceHeights())
}

func all(_ records: borrowing MemoryRecords) -> [MemoryRecord?] {
  var result: [MemoryRecord?] = []
  for index in 0..<records.count { result.append(records[index]) }
  return result
}

func failure(_ body: () throws(MemoryError) -> Void) -> MemoryError? {
  do throws(MemoryError) {
    try body()
    return nil
  } catch {
    return error
  }
}

/// Expects an error, and that the call left no trace.
func expectRefused(
  _ memory: inout MemoryController, _ expected: MemoryError,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (inout MemoryController) throws(MemoryError) -> Void
) throws {
  let before = try digest(memory)
  var error: MemoryError?
  do throws(MemoryError) { try body(&memory) } catch let caught { error = caught }
  #expect(error == expected, sourceLocation: sourceLocation)
  #expect(try digest(memory) == before, sourceLocation: sourceLocation)
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same sequence for the same seed.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
