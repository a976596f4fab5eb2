import Testing
import WeftCircuit
import WeftField
import WeftMemory

@testable import WeftMemoryCircuit

@Suite("Volatile memory")
struct VolatileMemoryTests {
  @Test(
    "Random accesses of all sizes and spaces balance", arguments: [MemoryInterface.volatile, .imageTable])
  func honest(_ interface: MemoryInterface) throws {
    for seed in UInt64(1)...(isDebug ? 1 : 3) {
      let traces = try workloadTraces(interface, accesses: isDebug ? 1000 : 10_000, seed: seed)
      #expect(try findings(traces) == "")
      let names = traces.airs.map(\.air.name)
      #expect(names.filter { $0.hasPrefix("AccessAdapter") }.count == 5)
      #expect(names.filter { $0.hasPrefix("MemoryAccess") }.count == 6)
    }
  }

  @Test("The online form and the log give the same memory traces, and no adapters")
  func online() throws {
    let online = try workloadTraces(.volatile, accesses: 800, seed: 4, mode: .recorded(.instructionRecords))
    #expect(try findings(online) == "")
    #expect(!online.airs.contains { $0.air.name.hasPrefix("AccessAdapter") })
  }

  @Test("Widths, interactions and columns of the LogUp argument are those of the reference")
  func widths() throws {
    func expect(_ air: some AIR, _ width: Int, _ interactions: Int, _ permutationColumns: Int) throws {
      let description = try air.description()
      #expect(description.mainColumns.count == width)
      #expect(description.interactions.count == interactions)
      #expect(description.permutationColumnCount == permutationColumns)
      #expect(description.maximumDegree <= 3)
    }
    let small = BoundaryClass(blockSize: 4, firstSpace: .registers, log2Count: 1)
    let large = BoundaryClass(blockSize: 32, firstSpace: .evmStack, log2Count: 2)
    try expect(VolatileBoundaryChip<4>(small), 14, 6, 16)
    try expect(VolatileBoundaryChip<32>(large), 42, 7, 20)
    try expect(VolatileBoundaryChip<4>(small, hasImage: true), 19, 7, 20)
    for (size, chip) in AccessAdapterInventory().chips { try expect(chip, size + 9, 5, 16) }
  }

  @Test("An attack on every chip of a run", arguments: [MemoryInterface.volatile, .imageTable])
  func attack(_ interface: MemoryInterface) throws {
    let traces = try workloadTraces(interface, accesses: 400, seed: 5)
    let reports = try attackReports(traces)
    #expect(reports.filter { !$0.isSound }.map(\.description) == [])
    // 7 chips of accesses, 5 adapters, the boundaries of 7 classes.
    #expect(reports.count == 19)
  }
}
