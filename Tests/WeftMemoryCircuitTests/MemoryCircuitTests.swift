import Foundation
import Testing
import WeftCircuit
import WeftField
import WeftMemory

@testable import WeftMemoryCircuit

@Suite("The circuit of a memory")
struct MemoryCircuitTests {
  @Test("A missing adapter row is named")
  func missingAdapterRow() throws {
    var traces = try workloadTraces(.volatile, accesses: 200, seed: 6)
    #expect(try MemoryBusChecker().check(traces).description == "memory is consistent")
    let index = try #require(traces.airs.firstIndex { $0.air.name == "AccessAdapter(8)" })
    let kinds = try #require(traces.airs[index].main).column(1)
    for kind in [AccessAdapterRecord.Kind.split, .merge] {
      let row = try #require(kinds.indices.first { kinds[$0] == BabyBear(kind == .split) })
      var without = traces
      for column in 0..<17 { without.airs[index].main?[row, column] = 0 }
      without = try recounted(without)
      let report = try MemoryBusChecker().check(without)
      #expect(!report.isAccepted)
      let named = report.missingAdapterRows
      #expect(named.count == 1 && named[0].kind == kind && named[0].size == 8, "\(report)")
      #expect(report.description.hasPrefix("a row of AccessAdapter(8) is missing: \(kind) of 8 cells at "))
    }
    traces.airs.remove(at: index)
    #expect(try !MemoryBusChecker().check(traces).missingAdapterRows.isEmpty)
  }

  /// The traces with the multiplicities that fit them.
  private func recounted(_ traces: TraceSet) throws -> TraceSet {
    var result = traces
    let index = try #require(traces.airs.firstIndex { $0.air.name == "RangeTable" })
    let counts = try MultiplicityCounter(threads: 1).count(
      traces.airs.enumerated().filter { $0.offset != index }.map(\.element), tables: [RangeTable()])
    for (row, count) in counts[0].counts.enumerated() { result.airs[index].main?[row, 0] = BabyBear(count) }
    return result
  }

  @Test(
    "Traces do not depend on the number of threads", arguments: [MemoryInterface.imageTable, .persistent])
  func determinism(_ interface: MemoryInterface) throws {
    let first = try workloadTraces(interface, accesses: 200, seed: 7, threads: 1)
    for run in 1..<(isDebug ? 2 : 20) {
      let other = try workloadTraces(interface, accesses: 200, seed: 7, threads: 1 + run % 2)
      #expect(first.airs.count == other.airs.count)
      for (a, b) in zip(first.airs, other.airs) {
        #expect(a.air.name == b.air.name && a.main == b.main && a.cached == b.cached)
        #expect(a.publicValues == b.publicValues)
      }
    }
  }

  @Test("Aligned blocks need no adapters: the counts are there to ask for")
  func noAdapters() throws {
    let configuration = workloadConfiguration(alignment: .natural)
    var memory = try MemoryController(configuration, mode: .recorded(.accessLog))
    for i in UInt32(0)..<64 {
      _ = try memory.read(MemoryAddress(.registers, 4 * (i % 32)), count: 4)
      try memory.write([1, 2, 3, 4], to: MemoryAddress(.memory, 4 * i))
    }
    let inputs = try memory.finalize().makeProofInputs()
    #expect(AccessAdapterInventory.rowCounts(inputs.adapterRecords) == [:])
    var other = try MemoryController(configuration, mode: .recorded(.accessLog))
    _ = try other.readCell(MemoryAddress(.memory, 1))
    #expect(
      AccessAdapterInventory.rowCounts(try other.finalize().makeProofInputs().adapterRecords)
        == [2: 4, 4: 4].mapValues { $0 / 2 })
  }

  @Test(
    "The heights that a run foretells are those of its traces",
    arguments: [MemoryInterface.volatile, .persistent],
    [RecordForm.accessLog, .instructionRecords])
  func heights(_ interface: MemoryInterface, _ form: RecordForm) throws {
    let memory = try workload(interface, accesses: 150, seed: 9, mode: .recorded(form))
    let heights = try #require(try memory.traceHeights())
    let circuit = try MemoryCircuit(memory.configuration, interface: interface)
    let traces = try circuit.makeTraces(try memory.finalize(), threads: 2)
    func rows(_ name: String) -> Int {
      traces.airs.filter { $0.air.name.contains(name) }.reduce(0) { $0 + $1.rowCount }
    }
    #expect(heights.boundary == rows("Boundary"))
    #expect(heights.merkle == rows("MemoryMerkle"))
    for size in AccessAdapterRecords.sizes {
      #expect(heights.adapters[size, default: 0] == rows("AccessAdapter(\(size))"))
    }
    #expect(rows("Poseidon2") <= heights.boundary + heights.merkle)
  }

  @Test("Segments chain by their trees")
  func segments() throws {
    let configuration = workloadConfiguration()
    let circuit = try MemoryCircuit(configuration, interface: .persistent)
    let first = try workload(.persistent, accesses: 40, seed: 8).finalize()
    let image = first.image
    let jobs = try circuit.traceJobs(first, threads: 2)
    var second = try MemoryController(configuration, interface: .persistent, mode: .recorded(.accessLog))
    try second.setInitialMemory(image)
    try second.write([1, 2, 3, 4], to: MemoryAddress(.memory, 4096))
    let next = try circuit.traceJobs(try second.finalize(), tree: jobs.finalTree, threads: 2)
    #expect(next.initialRoot == jobs.finalRoot && next.finalRoot != next.initialRoot)
    #expect(try jobs.finalRoot == image.merkleRoot(circuit.dimensions))
    let all = MemoryCircuit.accessJobs(next.source) + next.jobs + [TraceJob(table: RangeTable())]
    #expect(try findings(TraceGenerator(threads: 2).generate(all)) == "")
    // With the tree of another memory the leaves do not fit.
    var third = try MemoryController(configuration, interface: .persistent, mode: .recorded(.accessLog))
    try third.setInitialMemory(image)
    _ = try third.read(MemoryAddress(.memory, 4096), count: 4)
    let wrong = try circuit.traceJobs(try third.finalize(), tree: MemoryMerkleTree(circuit.dimensions))
    let traces = try TraceGenerator(threads: 2).generate(
      MemoryCircuit.accessJobs(wrong.source) + wrong.jobs + [TraceJob(table: RangeTable())])
    #expect(try Checker(threads: 2).check(traces).unbalancedMessages.map(\.bus) == ["merkle"])
  }

  @Test("Public values are opened and only the true ones verify")
  func userPublicValues() throws {
    let dimensions = MemoryDimensions(.standard)
    var image = try MemoryImage(bytes: (1...20).map { UInt8($0) }, at: MemoryAddress(.publicValues, 0))
    try image.setBytes([5], at: MemoryAddress(.memory, 1000))
    let tree = try MemoryMerkleTree(image, dimensions)
    for count in [8, 16, 32] {
      let proof = try UserPublicValuesProof(count: count, of: image, in: tree)
      #expect(proof.siblings.count == 29 - (count / 8).trailingZeroBitCount)
      #expect(proof.verify(root: tree.root.digest, dimensions: dimensions))
      #expect(!proof.verify(root: Digest(), dimensions: dimensions))
      var other = proof
      other.values[3] += 1
      #expect(!other.verify(root: tree.root.digest, dimensions: dimensions))
      other = proof
      other.siblings[7][2] += 1
      #expect(!other.verify(root: tree.root.digest, dimensions: dimensions))
      other = proof
      other.commit[0] += 1
      #expect(!other.verify(root: tree.root.digest, dimensions: dimensions))
      other = proof
      other.siblings.removeLast()
      #expect(!other.verify(root: tree.root.digest, dimensions: dimensions))
      #expect(!proof.verify(root: tree.root.digest, dimensions: dimensions, space: .memory))
    }
    for count in [0, 7, 24, -8, 1 << 40] {
      #expect(throws: MemoryCircuitError.badPublicValueCount(count)) {
        try UserPublicValuesProof(count: count, of: image, in: tree)
      }
    }
  }

  @Test("A file of persistent memory states the root of its contents or is refused")
  func persistentFile() throws {
    let dimensions = MemoryDimensions(.standard)
    let path = NSTemporaryDirectory() + "weft-memory-\(UInt64.random(in: 0...UInt64.max)).image"
    defer { unlink(path) }
    let file = PersistentMemoryFile(path, dimensions)
    let image = try MemoryImage(bytes: [1, 2, 3], at: MemoryAddress(.memory, 5))
    let root = try file.save(image)
    #expect(try root == image.merkleRoot(dimensions))
    #expect(try file.load().pages == image.pages)

    var other = try file.load()
    other.statedRoot?[0] ^= 1
    try other.save(to: path)
    let error = #expect(throws: PersistentMemoryFileError.self) { try file.load() }
    #expect(error?.description.hasPrefix("the image states the root ") == true)
    try image.save(to: path)
    #expect(throws: PersistentMemoryFileError.noRoot(path: path)) { try file.load() }
    #expect(throws: PersistentMemoryFileError.self) {
      try PersistentMemoryFile("/nowhere/memory.image", dimensions).load()
    }
  }

  @Test("Auxiliary columns come from records, from any thread")
  func auxiliaryColumns() throws {
    var memory = try MemoryController(workloadConfiguration(), mode: .recorded(.accessLog))
    let address = MemoryAddress(.memory, 8)
    try memory.write([1, 2, 3, 4], to: address)
    try memory.advanceTimestamp(by: 300_000)
    let write = try memory.write([5, 6, 7, 8], to: address).record
    let immediate = try memory.readCell(MemoryAddress(.immediate, 77)).record
    let cell = try memory.readCell(MemoryAddress(.native, 3)).record
    let source = MemoryTraceSource(try memory.finalize().makeProofInputs())
    let factory = AuxiliaryColumnFactory(source)
    let results = Parallel.map(count: 16, threads: 4) { _ in
      let columns: MemoryWriteAuxiliary<4, BabyBear>? = factory.write(write)
      let tooWide: MemoryWriteAuxiliary<8, BabyBear>? = factory.write(write)
      return columns.map {
        $0.previous.array == [1, 2, 3, 4] && $0.access.age.low == BabyBear(300_000 & 0x1_ffff)
          && $0.access.age.high == 2 && tooWide == nil
      } ?? false
    }
    #expect(results == Array(repeating: true, count: 16))
    #expect(factory.read(write)?.age.high == 2)
    #expect(factory.readOrImmediate(immediate)?.isImmediate == 1)
    #expect(factory.readOrImmediate(cell)?.spaceInverse == BabyBear(4).inverse)
    #expect(factory.readOrImmediate(write) == nil)
    #expect(factory.read(RecordID(index: 1)) == nil, "idle ticks have no columns")
    #expect(factory.read(RecordID(index: 99)) == nil && factory.record(.none) == nil)
    let record = try #require(factory.record(write))
    #expect(MemoryWriteAuxiliary<4, BabyBear>(record)?.previous.array == [1, 2, 3, 4])
    #expect(MemoryWriteAuxiliary<2, BabyBear>(record) == nil)
  }

  @Test("A circuit refuses the memory of another one, and runs that were not recorded")
  func refusals() throws {
    let circuit = try MemoryCircuit(workloadConfiguration(), interface: .volatile)
    #expect(throws: MemoryCircuitError.notRecorded) {
      try circuit.traceJobs(MemoryController(workloadConfiguration(), mode: .fast).finalize())
    }
    let error = #expect(throws: MemoryCircuitError.self) {
      try circuit.traceJobs(workload(.persistent, accesses: 1, seed: 1).finalize())
    }
    #expect(error?.description == "the memory is not the circuit's: it is persistent, the circuit volatile")
    var tiny = MemoryConfiguration.standard
    tiny.pointerBits = 3
    tiny.spaces = [AddressSpace(.memory, name: "memory", cellCount: 8)]
    #expect(throws: MemoryCircuitError.tooFewPointerBits(3)) {
      try MemoryCircuit(tiny, interface: .persistent)
    }
  }

  @Test("Classes cover the spaces of a configuration, each once")
  func classes() throws {
    #expect(
      BoundaryClass.classes(of: .standard, excluding: [.publicValues]).map(\.description) == [
        "spaces 1 to 2 in blocks of 4", "space 4 in blocks of 1", "spaces 5 to 8 in blocks of 32",
      ])
    #expect(
      BoundaryClass.classes(of: .segmented).map(\.description) == ["spaces 1 to 4 in blocks of 4"])
    #expect(BoundaryClass.classes(of: workloadConfiguration()).count == 7)
  }
}
