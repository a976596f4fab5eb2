import WeftCircuit
import WeftField
import WeftMemory
import WeftMemoryCircuit

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

#if DEBUG
  let isDebug = true
#else
  let isDebug = false
#endif

/// Spaces of every block size and kind.
func workloadConfiguration(alignment: MemoryConfiguration.Alignment = .any) -> MemoryConfiguration {
  var configuration = MemoryConfiguration.standard
  configuration.addressSpaceHeight = 4
  configuration.alignment = alignment
  configuration.accessLimit = 1 << 18
  configuration.accessCapacity = 1024
  configuration.spaces = [
    AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0),
    .registers,
    AddressSpace(.memory, name: "memory", cellCount: 1 << 16),
    AddressSpace(.publicValues, name: "publicValues", cellCount: 64),
    AddressSpace(.native, name: "native", kind: .native, blockSize: 1, cellCount: 1 << 13),
    AddressSpace(.evmStack, name: "evmStack", blockSize: 32, cellCount: 1 << 13),
    AddressSpace(.evmMemory, name: "evmMemory", blockSize: 32, cellCount: 1 << 13),
    AddressSpace(.evmData, name: "evmData", blockSize: 32, cellCount: 1 << 13),
    AddressSpace(.evmContext, name: "evmContext", blockSize: 32, cellCount: 1 << 13),
    AddressSpace(AddressSpaceID(9), name: "pairs", blockSize: 2, cellCount: 1 << 12),
    AddressSpace(AddressSpaceID(10), name: "leaves", blockSize: 8, cellCount: 1 << 12),
    AddressSpace(AddressSpaceID(11), name: "sixteens", blockSize: 16, cellCount: 1 << 12),
  ]
  return configuration
}

/// A start image with bytes and field elements, some of which no access touches.
func workloadImage() throws -> MemoryImage {
  var image = try MemoryImage(
    bytes: (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 7) }, at: .init(.memory, 4090))
  try image.setBytes([9, 8, 7], at: MemoryAddress(.registers, 21))
  try image.setCells([2_013_265_920, 5, 1 << 30], at: MemoryAddress(.native, 63))
  try image.setBytes((1...40).map { UInt8($0) }, at: MemoryAddress(.evmStack, 40))
  try image.setBytes([77], at: MemoryAddress(.evmContext, 4000))
  return image
}

/// A run of random accesses of all sizes, alignments and spaces, with idle ticks.
/// - Parameter fault: the number of the write that stores another value.
func workload(
  _ interface: MemoryInterface, accesses: Int, seed: UInt64,
  configuration: MemoryConfiguration = workloadConfiguration(), mode: RunMode = .recorded(.accessLog),
  fault: Int? = nil
) throws -> MemoryController {
  var memory = try MemoryController(configuration, interface: interface, mode: mode)
  if interface != .volatile { try memory.setInitialMemory(workloadImage()) }
  var generator = SeededGenerator(seed: seed)
  let spaces = configuration.spaces
  var writes = 0
  for _ in 0..<accesses {
    let space = spaces.randomElement(using: &generator)!
    if space.kind == .immediate {
      let pointer = UInt32.random(in: 0..<AddressSpace.fieldOrder, using: &generator)
      _ = try memory.readCell(MemoryAddress(.immediate, pointer))
      continue
    }
    if UInt32.random(in: 0..<20, using: &generator) == 0 {
      try memory.advanceTimestamp(by: UInt32.random(in: 1...300_000, using: &generator))
    }
    let online = mode == .recorded(.instructionRecords)
    let count = online ? space.blockSize : 1 << Int.random(in: 0...5, using: &generator)
    // Close together, so that blocks overlap.
    let limit = min(Int(space.cellCount), 160) - count
    var pointer = UInt32(Int.random(in: 0...limit, using: &generator))
    if space.cellCount > 4096, !online { pointer += 4000 }
    if configuration.alignment == .natural || online { pointer &= ~UInt32(count - 1) }
    let address = MemoryAddress(space.id, pointer)
    if Bool.random(using: &generator) {
      var values = (0..<count).map { _ in UInt32.random(in: 0...space.kind.maximumCell, using: &generator) }
      if writes == fault { values[0] = values[0] == 0 ? 1 : values[0] - 1 }
      writes += 1
      try memory.write(values, to: address)
    } else {
      _ = try memory.read(address, count: count)
    }
  }
  return memory
}

/// The traces of a random run.
func workloadTraces(
  _ interface: MemoryInterface, accesses: Int, seed: UInt64, threads: Int = 2,
  mode: RunMode = .recorded(.accessLog)
) throws -> TraceSet {
  let memory = try workload(interface, accesses: accesses, seed: seed, mode: mode)
  let circuit = try MemoryCircuit(memory.configuration, interface: interface)
  return try circuit.makeTraces(try memory.finalize(), threads: threads)
}

/// What the checker finds, as text; empty for accepted traces.
func findings(_ traces: TraceSet) throws -> String {
  let report = try Checker(threads: 2).check(traces)
  return report.isAccepted ? "" : "\(report)"
}

/// Attacks every chip of complete traces, one report for each.
func attackReports(_ traces: TraceSet, only part: String = "") throws -> [SoundnessReport] {
  try traces.airs.filter {
    $0.main != nil && $0.preprocessed == nil && $0.air.name.hasPrefix(part)
  }.map { trace in
    var options = SoundnessAudit.Options()
    options.threads = 2
    options.fixedBuses = [Bus.merkle.number]
    if trace.air.name == "MemoryMerkle" { options.sortColumns = ["height"] }
    // Several hundred columns.
    if isDebug, trace.air.name == "Poseidon2" { options.rowLimit = 1 }
    return try SoundnessAudit(traces, tables: [RangeTable()], options: options).audit(trace)
  }
}
