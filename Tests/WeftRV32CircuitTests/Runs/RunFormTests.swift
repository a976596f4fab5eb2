import Testing
import WeftCircuit
import WeftField
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Traces do not depend on how they are made")
struct RunFormTests {
  /// Runs with everything that a run can contain: calls, hints, public values, services, random computations.
  private static func programs() throws -> [(RV32Program, RecordedRun)] {
    var vectors = RecordedRun(instructions: 3000)
    vectors.extensions = try ExtensionGuest.all[1].extensions()
    return [
      (try Guests.program("reveal/reveal"), RecordedRun(input: [Array("7".utf8)])),
      (try Guests.program("reveal-swift/reveal-swift"), RecordedRun(input: [Array("7".utf8)])),
      (try Guests.program("vectors/vectors"), vectors),
      (
        try RV32Program(
          code: RandomPrograms.words(count: 20, seed: 77), data: [1, 2, 3], memoryLimit: 64 << 20),
        RecordedRun()
      ),
    ]
  }

  /// FNV-1a over shapes, canonical cells and public values of all AIRs.
  private static func hash(_ traces: TraceSet) -> UInt64 {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ value: UInt64) { state = (state ^ value) &* 0x100_0000_01b3 }
    func add(_ trace: Trace?) {
      guard let trace else { return add(1) }
      add(UInt64(trace.height))
      add(UInt64(trace.width))
      for index in 0..<trace.cellCount { add(UInt64(trace.elements[index].montgomery)) }
    }
    for air in traces.airs {
      for byte in air.air.name.utf8 { add(UInt64(byte)) }
      for part in air.cached { add(part) }
      add(air.main)
      for value in air.publicValues { add(UInt64(value.montgomery)) }
    }
    return state
  }

  @Test("A run with an access log gives the same bytes as one with instruction records")
  func accessLog() throws {
    let machine = try Guests.machine.map { (try Guests.machineProgram($0), RecordedRun()) }
    for (program, run) in try Self.programs() + machine {
      var log = run
      log.mode = .recorded(.accessLog)
      let (records, logged) = (try run.traces(program), try log.checked(program))
      #expect(records.made.connector == logged.made.connector, "\(program.name)")
      #expect(records.made.unconstrained == logged.made.unconstrained, "\(program.name)")
      #expect(records.made.traces.airs.map(\.air.name) == logged.made.traces.airs.map(\.air.name))
      for (left, right) in zip(records.made.traces.airs, logged.made.traces.airs) {
        #expect(left.main == right.main, "\(program.name): \(left.air.name)")
        #expect(left.cached == right.cached, "\(program.name): \(left.air.name)")
        #expect(left.publicValues == right.publicValues, "\(program.name): \(left.air.name)")
      }
    }
  }

  /// Made by an optimised and an unoptimised build alike.
  private static let expected: [UInt64] = [
    18_445_188_534_740_653_250, 16_127_160_267_666_261_361, 302_040_654_575_709_206, 614_636_955_048_342_969,
  ]

  @Test("The same bytes over 20 runs, with one thread and with two, and as they were before")
  func determinism() throws {
    for (index, (program, run)) in try Self.programs().enumerated() {
      #if DEBUG
        let count = index == 0 ? 4 : 2
      #else
        let count = 20
      #endif
      for round in 0..<count {
        var run = run
        run.threads = 1 + round % 2
        let hash = Self.hash(try run.traces(program).made.traces)
        #expect(hash == Self.expected[index], "\(program.name), round \(round)")
        if hash != Self.expected[index] { break }
      }
    }
  }

  @Test("The circuit's numbers and names are unique, its lints have no finding")
  func lint() throws {
    let machine = try Machine(
      try Guests.program("vectors/vectors"), extensions: try ExtensionGuest.all[1].extensions())
    var run = RecordedRun(instructions: 10)
    run.extensions = try ExtensionGuest.all[1].extensions()
    let circuit = try run.traces(try Guests.program("vectors/vectors")).circuit
    #expect(machine.table.addressSpaces.count == 1)
    #expect(Set(circuit.members.map(\.id)).count == circuit.members.count)
    #expect(circuit.members.map(\.id) == circuit.members.map(\.id).sorted())
    // Traces stand in the order of the numbers.
    let made = try run.traces(try Guests.program("vectors/vectors")).made
    let order = made.traces.airs.compactMap { trace in
      circuit.members.firstIndex { $0.description.name == trace.air.name }
    }
    #expect(order.count == made.traces.airs.count)
    #expect(order == order.sorted())
    let options = circuit.lintOptions
    let airs = circuit.members.map(\.description)
    #expect(SystemLint.findings(airs, options: options) == [])
    for member in circuit.members {
      let lint = SymbolicLint(
        member.description, preprocessed: try member.air.preprocessedTrace(), options: options)
      #expect(lint.findings() == [], "\(member.description.name)")
    }
    // Every opcode of the table has a chip; the first of extensions' is whoever's it is.
    var opcodes: Set<UInt32> = []
    for air in airs { opcodes.formUnion(SymbolicLint(air, options: options).opcodeSet() ?? []) }
    let terminate: Set<UInt32> = [
      CircuitOpcode.terminate.rawValue, CircuitOpcode.extensionInstruction.rawValue,
    ]
    #expect(opcodes.union(terminate) == Set(CircuitOpcode.allCases.map(\.rawValue)))
  }
}
