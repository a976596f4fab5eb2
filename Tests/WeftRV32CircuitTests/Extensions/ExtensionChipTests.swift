import Testing
import WeftCircuit
import WeftExtensions
import WeftField
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Chips of extensions", .serialized)
struct ExtensionChipTests {
  static let names = [
    "bits.popcount", "bits.clz", "bits.ctz", "bits.reverse", "bits.deposit", "bits.extract", "bulk.copy",
    "bulk.fill", "bulk.compare", "bulk.load", "bulk.store",
  ]
  #if DEBUG
    static let isDense = false
  #else
    static let isDense = true
  #endif

  private static func run(
    _ form: ProvableCode.Form = .linked, _ mode: RunMode = .recorded(.instructionRecords),
    engine: Engine = .threaded, threads: Int = 2
  ) throws -> RecordedRun {
    var run = RecordedRun()
    run.extensions = try ProvableCode.extensions(form)
    run.mode = mode
    run.configuration.engine = engine
    run.threads = threads
    return run
  }

  @Test("A run of provable instructions is fully constrained, and every chip has rows")
  func constrained() throws {
    let (made, circuit, outcome) = try Self.run().checked(try ProvableCode.program(isDense: Self.isDense))
    #expect(outcome.exit == .halted(code: 0))
    #expect(made.isFullyConstrained, "\(made.openness)")
    for name in Self.names { #expect(made.traces[name]?.rowCount ?? 0 > 0, "\(name)") }
    // An execution is one row, or in a loop one for each word.
    let copies = try #require(made.traces["bulk.copy"])
    let first = try #require(copies.air.mainColumns.firstIndex(of: "host.isFirst"))
    let executions = (0..<copies.rowCount).filter { copies.main?[$0, first] == 1 }.count
    #expect(executions == (Self.isDense ? 96 : 6))
    #expect(copies.rowCount > executions)
    #expect(circuit.extensionNames == Self.names)
  }

  @Test("In the machine environment pointers are distances from the start of memory")
  func machine() throws {
    let program = try ProvableCode.program(environment: .machine)
    let (made, _, _) = try Self.run().checked(program)
    #expect(!made.unconstrained.contains { $0.instruction.hasPrefix("b") }, "\(made.openness)")
    let copies = try #require(made.traces["bulk.copy"])
    let place = try #require(copies.air.mainColumns.firstIndex(of: "destination"))
    let pointers = (0..<copies.rowCount).compactMap { copies.main?[$0, place].canonical }.filter { $0 != 0 }
    #expect(pointers.allSatisfy { ProvableCode.dataOffset..<ProvableCode.dataOffset + 256 ~= $0 })
  }

  @Test("Engines, ways of recording, threads, and linked in or not: the same traces")
  func forms() throws {
    let program = try ProvableCode.program()
    let first = try Self.run().traces(program).made
    var others = [try Self.run(.object, .recorded(.accessLog), engine: .reference, threads: 1)]
    #if !DEBUG
      others += [
        try Self.run(.object), try Self.run(.linked, .recorded(.accessLog)), try Self.run(engine: .reference),
      ]
    #endif
    for other in others {
      let made = try other.traces(program).made
      #expect(made.traces.airs.map(\.air.name) == first.traces.airs.map(\.air.name))
      for (trace, expected) in zip(made.traces.airs, first.traces.airs) {
        #expect(trace.main == expected.main, "\(trace.air.name)")
        #expect(trace.air.encodedGraph() == expected.air.encodedGraph(), "\(trace.air.name)")
      }
    }
  }

  @Test(
    "AIRs of extensions have numbers by their words, whatever else is there; the system lint has no finding")
  func numbers() throws {
    func circuit(_ extensions: [any VMExtension]) throws -> RV32Circuit {
      var machine = try Machine(
        try ProvableCode.program(), configuration: RecordedRun().configuration, extensions: extensions)
      _ = try machine.run()
      let table = machine.table
      return try RV32Circuit(memory: try machine.finalize().memory.configuration, instructions: table)
    }
    let extensions = try ProvableCode.extensions()
    let (both, turned) = (try circuit(extensions), try circuit(extensions.reversed()))
    let alone = try circuit([extensions[1]])
    func ids(_ circuit: RV32Circuit) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: circuit.members.map { ($0.description.name, $0.id) })
    }
    #expect(ids(both) == ids(turned))
    #expect(ids(alone)["bulk.copy"] == ids(both)["bulk.copy"])
    #expect(ids(both)["bits.popcount"] == 0x1000)
    #expect(ids(both)["bulk.store"] == 0x1881)
    #expect(both.members.map(\.id) == both.members.map(\.id).sorted())
    let options = both.lintOptions
    #expect(SystemLint.findings(both.members.map(\.description), options: options) == [])
    for member in both.members where Self.names.contains(member.description.name) {
      #expect(SymbolicLint(member.description, options: options).findings() == [])
      #expect(member.description.maximumDegree <= 3)
    }
  }

  @Test("Every cell of every chip matters: no change is accepted")
  func sound() throws {
    let (made, circuit, _) = try Self.run().traces(try ProvableCode.program(isDense: Self.isDense))
    var options = SoundnessAudit.Options()
    #if DEBUG
      options.rowLimit = 4
      options.rowsPerKind = 1
      options.randomValues = 1
    #endif
    let reports = try circuit.auditExtensions(of: made, options: options)
    #expect(Set(reports.map(\.air)) == Set(Self.names))
    for report in reports { #expect(report.isSound, "\(report)") }
  }

  @Test("assertSound takes a chip with the executions of a run", arguments: ["bits.reverse", "bulk.fill"])
  func assertSound(_ name: String) throws {
    let program = try ProvableCode.program()
    var machine = try Machine(
      program, configuration: try Self.run().configuration, extensions: try ProvableCode.extensions())
    _ = try machine.run(.recorded(.instructionRecords))
    let circuitProgram = try CircuitProgram(program, table: machine.table)
    let run = try machine.finalize()
    let circuit = try RV32Circuit(memory: run.memory.configuration, instructions: circuitProgram.table)
    let (finalPC, spaces) = (UInt32(run.programCounter), run.memory.configuration.spaces)
    let buffer = try RunRecords.buffer(of: run, circuitProgram)
    let source = try circuit.memory.traceJobs(run.takeMemory()).source
    let records = RunRecords(buffer, source)
    var sorted = SortedRecords(records, circuitProgram, threads: 1)
    var host = HostRecords(records, circuitProgram, spaces: spaces, finalPC: finalPC)
    try host.read(sorted.takeHost())
    let chip = try #require(circuit.extensions.first { $0.name == name })
    let executions = try #require(host.extensions[chip.key])
    var options = SoundnessAudit.Options()
    options.lint = circuit.lintOptions
    options.groupColumns = ExtensionColumns.groupNames
    options.rowLimit = 8
    let report = try SoundnessAudit.assertSound(
      chip: chip, records: try ExtensionRecords(executions, chip, source: source), options: options)
    #expect(report.mutationCount > 400)
  }
}
