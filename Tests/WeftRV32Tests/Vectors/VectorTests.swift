import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

@Suite("Vectors from another implementation")
struct VectorTests {
  /// One machine for all vectors: loading the next program is cheaper than registering instructions anew.
  @Test("2,000 random programs end as under Unicorn", arguments: Execution.all)
  func replay(execution: Execution) throws {
    let vectors = try Vector.load()
    #expect(vectors.count == 2000)
    var configuration = Machine.Configuration.test(execution.engine)
    configuration.limits.memory = Vector.memorySize
    configuration.limits.recordBytes = 1 << 20
    var machine = try Machine(program(of: vectors[0]), configuration: configuration)
    var codes: Set<UInt32> = []
    var executed = 0
    for (index, vector) in vectors.enumerated() where Self.isDue(index, execution) {
      executed += 1
      try machine.load(program(of: vector))
      let outcome = try machine.run(execution.mode)
      guard case .trapped(let trap) = outcome.exit else {
        Issue.record("seed \(vector.seed): \(outcome.exit)")
        continue
      }
      let guest = machine.processor.guest
      let data = (0..<vector.data.count / 4).map {
        guest.peekWord(at: Vector.dataAddress + UInt32($0) * 4)
      }
      let agrees =
        trap.exceptionCode == vector.exceptionCode && trap.programCounter == UInt64(vector.programCounter)
        && outcome.instructions == UInt64(vector.instructions)
        && (0..<32).allSatisfy { guest.peekRegister($0) == vector.registers[$0] }
        && Vector.hash(data) == vector.dataHash
      if !agrees { Issue.record("seed \(vector.seed) differs: \(outcome.exit)") }
      codes.insert(vector.exceptionCode)
    }
    if executed < vectors.count {
      print("\(execution.testDescription): \(executed) of \(vectors.count) vectors in a debug build")
    }
    // Breakpoints, illegal words, and faults of fetches, loads and stores are all among them.
    #expect(codes.isSuperset(of: executed < vectors.count ? [1, 3] : [1, 2, 3, 5, 7]))
  }

  /// Without optimisation every vector runs on both engines in fast mode, and in one of the other modes.
  private static func isDue(_ index: Int, _ execution: Execution) -> Bool {
    if !isDebug || execution.mode == .fast { return true }
    return Execution.all.filter { $0.mode != .fast }.firstIndex(of: execution) == index % 6
  }

  private func program(of vector: Vector) throws -> RV32Program {
    try makeProgram(vector.code, data: vector.data, dataAt: Vector.dataAddress)
  }
}
