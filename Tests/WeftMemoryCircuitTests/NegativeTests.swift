import Testing
import WeftCircuit
import WeftField
import WeftMemory

@testable import WeftMemoryCircuit

/// Named attacks on the memory argument. (reference/circuits.md §15)
@Suite("Negative tests of the memory argument")
struct NegativeTests {
  /// Changes cells of an AIR by the names of their columns.
  private func changed(
    _ traces: TraceSet, _ air: String, _ changes: [(row: Int, column: String, value: BabyBear)]
  ) throws -> TraceSet {
    var result = traces
    let index = try #require(traces.airs.firstIndex { $0.air.name == air })
    for change in changes {
      let column = try #require(traces.airs[index].air.mainColumns.firstIndex(of: change.column))
      result.airs[index].main?[change.row, column] = change.value
    }
    return result
  }

  private func cell(_ traces: TraceSet, _ air: String, _ row: Int, _ column: String) throws -> BabyBear {
    let trace = try #require(traces[air])
    let column = try #require(trace.air.mainColumns.firstIndex(of: column))
    return try #require(trace.main)[row, column]
  }

  private func labels(_ traces: TraceSet) throws -> Set<String> {
    Set(try Checker(threads: 2).check(traces).constraintSummary.map(\.label))
  }

  private func unbalanced(_ traces: TraceSet) throws -> Set<String> {
    Set(try Checker(threads: 2).check(traces).unbalancedMessages.map(\.bus))
  }

  private let boundary = "VolatileBoundary(4, 1-2)"

  @Test("N05 A mark of difference between rows whose marked element is equal")
  func n05() throws {
    let traces = try workloadTraces(.volatile, accesses: 100, seed: 1)
    // Row 0 and 1 lie in one space and differ in the label.
    let next = try cell(traces, boundary, 0, "inverse")
    #expect(try cell(traces, boundary, 0, "spaceDiffers") == 0)
    let marked = try changed(
      traces, boundary, [(0, "spaceDiffers", 1), (0, "labelDiffers", 0), (0, "inverse", next)])
    #expect(try labels(marked).contains("a marked space differs"))
    let noMark = try changed(traces, boundary, [(0, "labelDiffers", 0), (0, "inverse", 0)])
    #expect(try labels(noMark).contains("a difference is marked"))
  }

  @Test(
    "N14 A block of n cells and time t is no block of n + 1 cells and time 0; numbers of buses are unique")
  func n14() throws {
    struct OneSided: Chip {
      var name: String
      var message: [Int]
      var sends: Bool
      func describe(in builder: CircuitBuilder) {
        let flag = builder.mainColumns("flag", count: 1).local[0]
        builder.assertBool(flag, "flag is a bit")
        let fields = message.map { Expression($0) }
        if sends {
          builder.send(.memory, fields, count: flag)
        } else {
          builder.receive(.memory, fields, count: flag)
        }
      }
      func rowCount(for records: Int) -> Int? { 1 }
      func fill(_ rows: TraceRows, from records: Int) throws(TraceError) { rows.cells(0)?[0] = 1 }
    }
    func report(_ received: [Int]) throws -> CheckReport {
      try Checker(threads: 1).check(
        TraceGenerator(threads: 1).generate([
          TraceJob(OneSided(name: "A", message: [2, 8, 5, 7], sends: true), records: 0),
          TraceJob(OneSided(name: "B", message: received, sends: false), records: 0),
        ]))
    }
    #expect(try report([2, 8, 5, 7]).isAccepted)
    #expect(try !report([2, 8, 5, 7, 0]).isAccepted)
    #expect(try !report([2, 8, 5]).isAccepted)

    for interface in [MemoryInterface.volatile, .imageTable, .persistent] {
      let circuit = try MemoryCircuit(workloadConfiguration(), interface: interface)
      let airs = try (circuit.airs + [RangeTable()]).map { try $0.description() }
      #expect(SystemLint.findings(airs).map(\.description) == [])
      for air in airs { #expect(SymbolicLint(air).findings().map(\.description) == []) }
    }
  }

  @Test("N15 A required AIR is missing, or an AIR is there twice")
  func n15() throws {
    let memory = try workload(.imageTable, accesses: 50, seed: 1)
    let circuit = try MemoryCircuit(memory.configuration, interface: .imageTable)
    let traces = try circuit.makeTraces(try memory.finalize(), threads: 2)
    #expect(traces.presenceFindings(required: circuit.requiredAIRs) == [])
    for (index, air) in traces.airs.enumerated() {
      var without = traces
      without.airs.remove(at: index)
      let report = try Checker(threads: 2).check(without)
      let findings = without.presenceFindings(required: circuit.requiredAIRs)
      // Tables of images without blocks are missed by no bus.
      #expect(!report.isAccepted || !findings.isEmpty || air.rowCount == 0, "\(air.air.name)")
      if air.air.name.hasPrefix("ImageTable") { #expect(findings == ["the AIR \(air.air.name) is absent"]) }
      var twice = traces
      twice.airs.append(air)
      #expect(
        twice.presenceFindings(required: circuit.requiredAIRs) == ["the AIR \(air.air.name) is there 2 times"]
      )
    }
    let persistent = try MemoryCircuit(.standard, interface: .persistent)
    #expect(persistent.requiredAIRs == ["PersistentBoundary(1)", "MemoryMerkle", "Poseidon2"])
  }

  @Test("N19 Labels of the boundary beyond the range, and an order that wraps around the field")
  func n19() throws {
    let traces = try workloadTraces(.volatile, accesses: 100, seed: 1)
    let beyond = try changed(traces, boundary, [(0, "label.high", 1024)])
    #expect(try unbalanced(beyond).isSuperset(of: ["range", "memory"]))
    // The same pointer by a label 2^31 beyond, which the field sees as a small one.
    let label = try cell(traces, boundary, 0, "label.low")
    let wrapped = try changed(
      traces, boundary, [(0, "label.low", label - BabyBear(1 << 17)), (0, "label.high", BabyBear(1))])
    #expect(try unbalanced(wrapped) == ["range"])

    // Two rows in the wrong order: the distance is nearly the field's order.
    let audit = SoundnessAudit(traces, tables: [RangeTable()])
    let trace = try #require(traces[boundary])
    let main = try #require(trace.main)
    var (first, second) = (main.row(0), main.row(1))
    let columns = VolatileBoundaryColumns<4, BabyBear>.width
    #expect(first.count == columns)
    (first, second) = (second, first)
    #expect(try audit.effect(of: [0: first, 1: second], in: trace) == nil)
    // Derived anew, as far as digits allow.
    func index(_ name: String) throws -> Int { try #require(trace.air.mainColumns.firstIndex(of: name)) }
    let step = second[try index("label.low")] - first[try index("label.low")]
    first[try index("inverse")] = step.inverseOrZero
    first[try index("labelDiffers")] = 1
    for high in [BabyBear(0), 4095, (step - 1) * BabyBear(1 << 17).inverseOrZero] {
      first[try index("distance.high")] = high
      first[try index("distance.low")] = step - 1 - high * BabyBear(1 << 17)
      #expect(try audit.effect(of: [0: first, 1: second], in: trace) == nil)
    }
  }

  @Test("N20 A Merkle root with labels, all nodes and leaves moved along")
  func n20() throws {
    let traces = try workloadTraces(.persistent, accesses: 10, seed: 1)
    let merkle = try #require(traces["MemoryMerkle"])
    let dimensions = MemoryDimensions(workloadConfiguration())
    var changes: [(row: Int, column: String, value: BabyBear)] = []
    for row in 0..<merkle.rowCount {
      let height = Int(try cell(traces, "MemoryMerkle", row, "height").canonical)
      let shift = min(dimensions.height - height, dimensions.spaceHeight)
      let label = try cell(traces, "MemoryMerkle", row, "spaceLabel")
      changes.append((row, "spaceLabel", label + BabyBear(1 << shift)))
    }
    let moved = try changed(traces, "MemoryMerkle", changes)
    #expect(try labels(moved) == ["the root has no space label"])
    #expect(
      try labels(changed(traces, "MemoryMerkle", [(0, "addressLabel", 1)])).contains(
        "the root has no address label"))
  }

  @Test("N21 A leaf expanded as if it were a node")
  func n21() throws {
    let traces = try workloadTraces(.persistent, accesses: 10, seed: 1)
    let merkle = try #require(traces["MemoryMerkle"])
    #expect(merkle.rowCount < merkle.height)
    // A node at the height of the leaves behind the last row, with any inverse.
    let row = merkle.rowCount
    for inverse in [BabyBear(0), 1, 77] {
      let changes = [(row, "direction", BabyBear(1)), (row, "height", 0), (row, "heightInverse", inverse)]
      let expanded = try changed(traces, "MemoryMerkle", changes)
      #expect(try labels(expanded).contains("no node below the leaves"))
    }
    let below = try changed(
      traces, "MemoryMerkle", [(row, "direction", 1), (row, "height", -1), (row, "heightInverse", -1)])
    #expect(try labels(below).contains("heights fall by one at most"))
  }

  @Test("N25 Blocks of an image outside the tables, pointers whose end is outside")
  func n25() throws {
    let image = try MemoryImage(bytes: [1], at: MemoryAddress(AddressSpaceID(7), 3))
    let classes = [BoundaryClass(blockSize: 4, firstSpace: .registers, log2Count: 1)]
    let other = #expect(throws: MemoryCircuitError.self) {
      try ImageBlocks.blocks(of: image, classes: classes)
    }
    #expect(
      other?.description
        == "the start image has a cell outside every image table: address space 7, pointer 0x0")
    let far = try MemoryImage(bytes: [1], at: MemoryAddress(.memory, 1 << 29))
    let beyond = #expect(throws: MemoryCircuitError.self) { try ImageBlocks(far, classes[0]) }
    #expect(beyond == .imageOutOfRange(MemoryAddress(.memory, 1 << 29)))
    let dimensions = MemoryDimensions(.standard)
    #expect(throws: MemoryCircuitError.imageOutOfRange(MemoryAddress(.memory, 1 << 29))) {
      try MemoryMerkleTree(far, dimensions)
    }
    var memory = try MemoryController(workloadConfiguration(), mode: .recorded(.accessLog))
    let end = MemoryRange(MemoryAddress(.memory, (1 << 16) - 2), count: 4)
    #expect(throws: MemoryError.addressOutOfBounds(end, limit: 1 << 16)) {
      try memory.read(end.address, count: 4)
    }

    // A label out of range in the table cannot be taken over by the boundary.
    let traces = try workloadTraces(.imageTable, accesses: 20, seed: 1)
    var forged = traces
    let table = try #require(traces.airs.firstIndex { $0.air.name == "ImageTable(4, 1-2)" })
    forged.airs[table].cached[0][0, 2] = BabyBear(1 << 27)
    #expect(try unbalanced(forged) == ["image"])
  }

  @Test("N28 An address that begins twice: two rows, two boundaries, two image tables")
  func n28() throws {
    let traces = try workloadTraces(.imageTable, accesses: 60, seed: 1)
    let name = "ImageBoundary(4, 1-2)"
    let trace = try #require(traces[name])
    let main = try #require(trace.main)
    let audit = SoundnessAudit(traces, tables: [RangeTable()])
    #expect(try audit.effect(of: [1: main.row(0)], in: trace) == nil)

    let own = BoundaryClass(blockSize: 4, firstSpace: .registers, log2Count: 1)
    for other in [
      BoundaryClass(blockSize: 4, firstSpace: .memory, log2Count: 0),
      BoundaryClass(blockSize: 32, firstSpace: .registers, log2Count: 3),
      BoundaryClass(blockSize: 1, firstSpace: .memory, log2Count: 2),
    ] {
      let error = #expect(throws: MemoryCircuitError.self) {
        try BoundaryClass.requireDisjoint([own, other])
      }
      #expect(error?.description.hasPrefix("two boundaries admit the same address space: ") == true)
    }
    try BoundaryClass.requireDisjoint([
      own, BoundaryClass(blockSize: 32, firstSpace: .evmStack, log2Count: 2),
      BoundaryClass(blockSize: 1, firstSpace: .native, log2Count: 0),
    ])
    for bad in [
      BoundaryClass(blockSize: 3, firstSpace: .memory, log2Count: 0),
      BoundaryClass(blockSize: 64, firstSpace: .memory, log2Count: 0),
      BoundaryClass(blockSize: 4, firstSpace: .immediate, log2Count: 1),
      BoundaryClass(blockSize: 4, firstSpace: .memory, log2Count: 18),
    ] {
      #expect(throws: MemoryCircuitError.invalidBoundary(bad)) { try BoundaryClass.requireDisjoint([bad]) }
    }
    var twice = traces
    twice.airs.append(try #require(traces["ImageTable(4, 1-2)"]))
    #expect(try unbalanced(twice) == ["image"])
  }

  @Test("N36 Registers are no memory: cells 0 to 127 of space 2 are others than those of space 1")
  func n36() throws {
    var memory = try MemoryController(workloadConfiguration(), mode: .recorded(.accessLog))
    try memory.write([1, 2, 3, 4], to: MemoryAddress(.registers, 4))
    #expect(try memory.read(MemoryAddress(.memory, 4), count: 4).values == [0, 0, 0, 0])
    let circuit = try MemoryCircuit(memory.configuration, interface: .volatile)
    let traces = try circuit.makeTraces(try memory.finalize(), threads: 1)
    #expect(try findings(traces) == "")
    // The read claims to have seen the register.
    var forged = traces
    let index = try #require(traces.airs.firstIndex { $0.air.name == "MemoryAccess(4)" })
    let columns = forged.airs[index].air.cachedColumns[0]
    for i in 0..<4 {
      let data = try #require(columns.firstIndex(of: "data[\(i)]"))
      let previous = try #require(forged.airs[index].air.mainColumns.firstIndex(of: "previous[\(i)]"))
      forged.airs[index].cached[0][1, data] = BabyBear(i + 1)
      forged.airs[index].main?[1, previous] = BabyBear(i + 1)
    }
    #expect(try unbalanced(forged) == ["memory"])
  }
}
