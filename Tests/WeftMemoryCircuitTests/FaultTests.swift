import Testing
import WeftCircuit
import WeftField
import WeftMemory

@testable import WeftMemoryCircuit

/// Faults with everything that follows from them: chips of a run in which one write stored another value, beside the
/// other chips of the true run.
@Suite("Faults whose dependants are derived anew")
struct FaultTests {
  /// The traces of a run without the range table, whose bus is not looked at.
  private func traces(_ interface: MemoryInterface, seed: UInt64, fault: Int?) throws -> TraceSet {
    let memory = try workload(interface, accesses: 24, seed: seed, fault: fault)
    let circuit = try MemoryCircuit(memory.configuration, interface: interface)
    let jobs = try circuit.traceJobs(try memory.finalize(), threads: 1)
    return try TraceGenerator(threads: 1).generate(MemoryCircuit.accessJobs(jobs.source) + jobs.jobs)
  }

  private func isAccepted(_ traces: TraceSet) throws -> Bool {
    let report = try Checker(threads: 1).check(traces)
    return report.constraintSummary.isEmpty && report.countViolations.isEmpty
      && report.unbalancedMessages.allSatisfy { $0.bus == Bus.range.name }
  }

  private func isSame(_ first: AIRTrace, _ second: AIRTrace) -> Bool {
    first.main == second.main && first.cached == second.cached && first.publicValues == second.publicValues
  }

  @Test(
    "No chip of the other run fits, nor all that end the other run",
    arguments: [MemoryInterface.imageTable, .persistent])
  func faults(_ interface: MemoryInterface) throws {
    var replaced = 0
    for seed in UInt64(1)...(isDebug ? 1 : 40) {
      let honest = try traces(interface, seed: seed, fault: nil)
      let other = try traces(interface, seed: seed, fault: Int(seed % 4))
      #expect(try isAccepted(honest) && isAccepted(other))
      #expect(honest.airs.map(\.air.name) == other.airs.map(\.air.name))
      let differing = honest.airs.indices.filter { !isSame(honest.airs[$0], other.airs[$0]) }
      #expect(!differing.isEmpty)
      for index in differing {
        var mixed = honest
        mixed.airs[index] = other.airs[index]
        #expect(try !isAccepted(mixed), "\(honest.airs[index].air.name)")
        replaced += 1
      }
      // The accesses of one run with all of memory's end of the other.
      var mixed = honest
      for index in differing where !honest.airs[index].air.name.hasPrefix("MemoryAccess") {
        mixed.airs[index] = other.airs[index]
      }
      if differing.contains(where: { honest.airs[$0].air.name.hasPrefix("MemoryAccess") }) {
        #expect(try !isAccepted(mixed))
      }
    }
    #expect(replaced > (isDebug ? 2 : 100))
  }
}
