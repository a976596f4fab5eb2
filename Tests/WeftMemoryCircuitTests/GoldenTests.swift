import Testing
import WeftCircuit
import WeftField
import WeftMemory

@testable import WeftMemoryCircuit

/// The example of OpenVM's `docs/specs/memory.md`: write 4 cells at 0, write 4 at 4, read 4 at 2.
@Suite("Golden vectors")
struct GoldenTests {
  /// Cells of space 2: every row of an adapter as kind, pointer, times of the halves, values.
  static let rows: [(blockSize: Int, rows: [Int: [String]])] = [
    (
      1,
      [
        2: [
          "M0;0,0;0 0", "S0;1,1;1 2", "M2;0,0;0 0", "S2;3,3;3 4", "M4;0,0;0 0", "S4;3,3;5 6",
          "M6;0,0;0 0", "S6;2,2;7 8",
        ],
        4: [
          "M0;0,0;0 0 0 0", "S0;1,1;1 2 3 4", "M2;1,2;3 4 5 6", "S2;3,3;3 4 5 6", "M4;0,0;0 0 0 0",
          "S4;2,2;5 6 7 8",
        ],
      ]
    ),
    (
      4,
      [
        4: [
          "S0;1,1;1 2 3 4", "M0;1,3;1 2 3 4", "M2;1,2;3 4 5 6", "S2;3,3;3 4 5 6", "S4;2,2;5 6 7 8",
          "M4;3,2;5 6 7 8",
        ]
      ]
    ),
    (
      8,
      [
        4: [
          "S0;1,1;1 2 3 4", "M0;1,3;1 2 3 4", "M2;1,2;3 4 5 6", "S2;3,3;3 4 5 6",
          "S4;2,2;5 6 7 8", "M4;3,2;5 6 7 8",
        ],
        8: ["S0;0,0;0 0 0 0 0 0 0 0", "M0;3,3;1 2 3 4 5 6 7 8"],
      ]
    ),
  ]

  private func traces(blockSize: Int, interface: MemoryInterface = .volatile) throws -> TraceSet {
    var configuration = MemoryConfiguration.standard
    configuration.alignment = .any
    configuration.spaces = [
      AddressSpace(.memory, name: "memory", blockSize: blockSize, cellCount: 64)
    ]
    var memory = try MemoryController(configuration, interface: interface, mode: .recorded(.accessLog))
    try memory.write([1, 2, 3, 4], to: MemoryAddress(.memory, 0))
    try memory.write([5, 6, 7, 8], to: MemoryAddress(.memory, 4))
    #expect(try memory.read(MemoryAddress(.memory, 2), count: 4).values == [3, 4, 5, 6])
    let heights = try memory.traceHeights()
    let circuit = try MemoryCircuit(configuration, interface: interface)
    let traces = try circuit.makeTraces(try memory.finalize(), threads: 1)
    for size in AccessAdapterRecords.sizes {
      #expect(traces["AccessAdapter(\(size))"]?.rowCount == heights?.adapters[size])
    }
    return traces
  }

  private func rows<let size: Int>(_ traces: TraceSet, _ chip: AccessAdapterChip<size>) throws -> [String] {
    guard let trace = traces[chip.name], var main = trace.main else { return [] }
    var result: [String] = []
    try main.withRows { (rows: TraceRows) throws(TraceError) in
      try rows.forEach(AccessAdapterColumns<size, BabyBear>.self) { index, row in
        guard row.isValid == 1 else { return }
        let values = row.values.array.map(\.description).joined(separator: " ")
        result.append(
          "\(row.isSplit == 1 ? "S" : "M")\(row.pointer);\(row.leftTimestamp),\(row.rightTimestamp);\(values)"
        )
      }
    }
    return result
  }

  @Test(
    "Splits and merges are the adapters' rows, and the final times those of the boundary", arguments: 0..<3)
  func splitAndMerge(_ number: Int) throws {
    let (blockSize, expected) = Self.rows[number]
    let traces = try traces(blockSize: blockSize)
    #expect(try findings(traces) == "")
    #expect(try rows(traces, AccessAdapterChip<2>()).sorted() == (expected[2] ?? []).sorted())
    #expect(try rows(traces, AccessAdapterChip<4>()).sorted() == (expected[4] ?? []).sorted())
    #expect(try rows(traces, AccessAdapterChip<8>()).sorted() == (expected[8] ?? []).sorted())
    let boundary = try #require(traces["VolatileBoundary(\(blockSize), 2)"])
    let main = try #require(boundary.main)
    let times = [1: ["1", "1", "3", "3", "3", "3", "2", "2"], 4: ["3", "3"], 8: ["3"]][blockSize]
    let column = try #require(boundary.air.mainColumns.firstIndex(of: "finalTimestamp"))
    #expect((0..<boundary.rowCount).map { main[$0, column].description } == times)
  }

  @Test("The example in persistent memory has the root of naive hashing")
  func persistent() throws {
    let traces = try traces(blockSize: 4, interface: .persistent)
    #expect(try findings(traces) == "")
    let values = (1...8).map { BabyBear($0) }
    #expect(
      traces["MemoryMerkle"]?.publicValues == naiveRoot([:], height: 29).array
        + naiveRoot([UInt64(1) << 26: values], height: 29).array)
  }

  @Test("Roots of small memories are those of naive hashing", arguments: [1, 2, 5])
  func smallRoots(_ addressHeight: Int) throws {
    let dimensions = MemoryDimensions(spaceHeight: 2, addressHeight: addressHeight)
    var generator = SeededGenerator(seed: UInt64(addressHeight))
    var leaves: [UInt64: [BabyBear]] = [:]
    var image = MemoryImage()
    for space in UInt32(1)...4 {
      for label in UInt32(0)..<(1 << UInt32(addressHeight)) where Bool.random(using: &generator) {
        let bytes = (0..<8).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try image.setBytes(bytes, at: MemoryAddress(AddressSpaceID(space), 8 * label))
        leaves[UInt64(space - 1) << UInt64(addressHeight) | UInt64(label)] = bytes.map { BabyBear($0) }
      }
    }
    let tree = try MemoryMerkleTree(image, dimensions, threads: 2)
    #expect(tree.root.digest == naiveRoot(leaves, height: 2 + addressHeight))

    // Leaf after leaf gives the same tree as all at once.
    var byLeaf = MemoryMerkleTree(dimensions)
    for (index, cells) in leaves.shuffled(using: &generator) {
      let digest = Poseidon2Hasher().hash(leaf: Digest(cells) ?? Digest())
      byLeaf = try byLeaf.update([MerkleLeaf(index: index, digest: digest)]).tree
    }
    #expect(byLeaf.root.digest == tree.root.digest)
    #expect(byLeaf.node(index: 3, height: 1)?.digest == tree.node(index: 3, height: 1)?.digest)
    #expect(tree.node(index: 1 << 20, height: 0) == nil)
    let outside = UInt64(4) << UInt64(addressHeight)
    for bad in [[outside], [1, 1], [3, 2]] {
      #expect(throws: MemoryCircuitError.badLeaf(index: bad.last ?? 0)) {
        try tree.update(bad.map { MerkleLeaf(index: $0, digest: Digest()) })
      }
    }
  }

  /// Hashes every leaf of a tree on its own.
  private func naiveRoot(_ leaves: [UInt64: [BabyBear]], height: Int) -> Digest {
    func hash(_ left: [BabyBear], _ right: [BabyBear]) -> [BabyBear] {
      var state = InlineArray<16, BabyBear> { $0 < 8 ? left[$0] : right[$0 - 8] }
      Poseidon2.permute(&state)
      return (0..<8).map { state[$0] }
    }
    let zeros = [BabyBear](repeating: 0, count: 8)
    var uniform = [hash(zeros, zeros)]
    for _ in 0..<height { uniform.append(hash(uniform[uniform.count - 1], uniform[uniform.count - 1])) }
    func node(_ index: UInt64, _ level: Int) -> [BabyBear] {
      let range = (index << UInt64(level))..<((index + 1) << UInt64(level))
      guard leaves.keys.contains(where: range.contains) else { return uniform[level] }
      if level == 0 { return hash(leaves[index] ?? zeros, zeros) }
      return hash(node(2 * index, level - 1), node(2 * index + 1, level - 1))
    }
    return Digest(node(0, height)) ?? Digest()
  }

  @Test("Rows of the Poseidon2 chip hold the permutation, the published answers among them")
  func poseidon2() throws {
    var recorder = CompressionRecorder()
    let counting = Digest(InlineArray { BabyBear($0) })
    let rest = Digest(InlineArray { BabyBear($0 + 8) })
    var generator = SeededGenerator(seed: 3)
    func random() -> Digest { Digest(InlineArray { _ in BabyBear(generator.next()) }) }
    recorder.receive(batch: [CompressionRequest(Digest()), CompressionRequest(counting, rest)])
    for _ in 0..<2000 { recorder.receive(batch: [CompressionRequest(random(), random())]) }
    let again = recorder.records.requests[5]
    #expect(recorder.compress(again.left, again.right) == Poseidon2.compress(again.left, again.right))
    #expect(recorder.compress(counting, rest)[0] == 1_906_786_279)
    let records = recorder.records
    #expect(records.count == 2002)

    let traces = try TraceGenerator(threads: 2).generate([TraceJob(Poseidon2Chip(), records: records)])
    #expect(try Checker(threads: 2).checkConstraints(traces).isAccepted)
    var main = try #require(traces.airs[0].main)
    #expect(main.height == 2048)
    try main.withRows { (rows: TraceRows) throws(TraceError) in
      try rows.forEach(Poseidon2Columns<BabyBear>.self) { index, row in
        var state = row.inputs
        Poseidon2.permute(&state)
        #expect(state.array == row.lastRounds[3].state.array)
        if index < records.count {
          let request = records.requests[index]
          #expect(row.inputs.array == request.left.array + request.right.array)
        }
        #expect(row.multiplicity == (index < 2002 ? index == 1 || index == 5 ? 2 : 1 : 0))
      }
      let published: [BabyBear] = [1_168_947_398, 128_782_440, 747_404_447]
      let first = try rows.bound(to: Poseidon2Columns<BabyBear>.self)[0]
      #expect(Array(first.lastRounds[3].state.array[..<3]) == published)
    }
  }
}
