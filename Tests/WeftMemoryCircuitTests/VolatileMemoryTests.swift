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

  @Test("Widths are those of the reference")
  func widths() throws {
    let classes = [
      BoundaryClass(blockSize: 4, firstSpace: .registers, log2Count: 1),
      BoundaryClass(blockSize: 32, firstSpace: .evmStack, log2Count: 2),
    ]
    #expect(try VolatileBoundaryChip<4>(classes[0]).description().mainColumns.count == 14)
    #expect(try VolatileBoundaryChip<32>(classes[1]).description().mainColumns.count == 42)
    #expect(try VolatileBoundaryChip<4>(classes[0], hasImage: true).description().mainColumns.count == 19)
    for (size, chip) in AccessAdapterInventory().chips {
      #expect(try chip.description().mainColumns.count == size + 9)
      #expect(try chip.description().interactions.count == 5)
    }
    #expect(try VolatileBoundaryChip<4>(classes[0]).description().interactions.count == 6)
    #expect(try VolatileBoundaryChip<32>(classes[1]).description().interactions.count == 7)
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
