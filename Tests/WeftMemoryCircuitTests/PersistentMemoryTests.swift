import Testing
import WeftCircuit
import WeftField
import WeftMemory

@testable import WeftMemoryCircuit

@Suite("Persistent memory")
struct PersistentMemoryTests {
  @Test("Random accesses of all sizes and spaces balance, and the roots are those of the images")
  func honest() throws {
    for seed in UInt64(1)...(isDebug ? 1 : 3) {
      let memory = try workload(.persistent, accesses: isDebug ? 300 : 5000, seed: seed)
      let circuit = try MemoryCircuit(memory.configuration, interface: .persistent)
      let final = try memory.finalize()
      let initialRoot = try final.initialImage.merkleRoot(circuit.dimensions)
      let finalRoot = try final.finalRoot()
      let traces = try circuit.makeTraces(final, threads: 2)
      #expect(try findings(traces) == "")
      #expect(traces["MemoryMerkle"]?.publicValues == initialRoot.array + finalRoot.array)
      #expect(initialRoot != finalRoot)
    }
  }

  @Test("Widths, interactions and columns of the LogUp argument are those of the reference")
  func widths() throws {
    let dimensions = MemoryDimensions(.standard)
    #expect(dimensions == MemoryDimensions(spaceHeight: 3, addressHeight: 26))
    let boundary = try PersistentBoundaryChip<2>().description()
    let merkle = try MemoryMerkleChip(dimensions).description()
    let poseidon2 = try Poseidon2Chip().description()
    #expect([boundary, merkle, poseidon2].map(\.mainColumns.count) == [21, 33, 299])
    #expect([boundary, merkle, poseidon2].map(\.interactions.count) == [4, 4, 1])
    #expect([boundary, merkle, poseidon2].map(\.permutationColumnCount) == [12, 16, 8])
    #expect([boundary, merkle, poseidon2].map(\.maximumDegree) == [3, 3, 3])
    #expect(poseidon2.constraints.count == 282 && merkle.constraints.count == 69)
  }

  @Test("A run without accesses has the path of the first leaf, which changes nothing")
  func untouched() throws {
    let traces = try workloadTraces(.persistent, accesses: 0, seed: 1)
    #expect(try findings(traces) == "")
    let merkle = try #require(traces["MemoryMerkle"])
    #expect(merkle.rowCount == 2 * 30)
    #expect(Array(merkle.publicValues[..<8]) == Array(merkle.publicValues[8...]))
    #expect(traces["PersistentBoundary(1)"]?.rowCount == 0)
  }

  @Test("An attack on every chip of a run")
  func attack() throws {
    let traces = try workloadTraces(.persistent, accesses: isDebug ? 30 : 200, seed: 2)
    for part in ["PersistentBoundary", "MemoryMerkle", "Poseidon2", "AccessAdapter"] {
      let reports = try attackReports(traces, only: part)
      #expect(reports.filter { !$0.isSound }.map(\.description) == [])
      #expect(!reports.isEmpty)
    }
  }
}
