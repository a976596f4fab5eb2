import Testing
import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

@testable import WeftRV32Circuit

@Suite("Runs in segments", .serialized)
struct SegmentedRunTests {
  #if DEBUG
    static let rounds: UInt32 = 120
    static let rows = 1 << 9
    static let guests = ExtensionGuest.all.prefix(1)
    static let machinePrograms = ["privilege"]
  #else
    static let rounds: UInt32 = 20_000
    static let rows = 1 << 13
    static let guests = ExtensionGuest.all[...]
    static let machinePrograms = ["privilege", "misaligned"]
  #endif

  /// The run as a whole, uncut.
  private func uncut(_ program: RV32Program, _ configuration: Machine.Configuration) throws -> Outcome {
    var machine = try Machine(program, configuration: configuration)
    return try machine.run()
  }

  @Test("Segments keep the limits, chain, are accepted, and give what the whole run gives")
  func chained() async throws {
    let program = try SegmentSample.program(rounds: Self.rounds)
    var run = try SegmentedRun(
      program, configuration: SegmentSample.configuration, limits: SegmentSample.limits(rows: Self.rows))
    let result = try await run.check(inFlight: 2)
    #expect(result.findings == [])
    for segment in result.segments {
      #expect(segment.report.isAccepted, "segment \(segment.index): \(segment.report)")
      #expect(segment.size.height <= Self.rows)
    }
    #expect(result.isAccepted)
    #expect(result.segments.count >= 4, "\(result.segments.count)")
    let whole = try uncut(program, SegmentSample.configuration)
    #expect(whole.exit == .halted(code: SegmentSample.exitCode))
    #expect(result.outcome.exit == whole.exit)
    #expect(result.outcome.instructions == whole.instructions)
    #expect(result.segments.reduce(0) { $0 + $1.instructionCount } == whole.instructions)
    #expect(result.outcome.outputText == "segment")
    #expect(result.outcome.output == whole.output)
    #expect(result.outcome.publicValues == whole.publicValues)
    // What the hints hold behind their length.
    #expect(whole.publicValues[4..<8] == [1, 2, 3, 4])
    #expect(result.segments.last?.claim?.exitCode == SegmentSample.exitCode)
    #expect(result.segments.dropLast().allSatisfy { $0.claim?.exitCode == nil })
    // Advice is told for each segment.
    #expect(result.segments.map(\.hintWordCount).reduce(0, +) == 2)
    #expect(result.segments[0].unconstrained == [.init(instruction: "ecall brk", count: 2)])
    let last = Set(try #require(result.segments.last).unconstrained.map(\.instruction))
    #expect(last.isSuperset(of: ["ecall read", "ecall write"]), "\(last)")
  }

  @Test("The metered run foresees the rows: executors exactly, the others at most")
  func sizes() throws {
    let whole = try SegmentSample.Whole(
      SegmentSample.program(rounds: Self.rounds), limits: SegmentSample.limits(rows: Self.rows))
    let executors = Set(whole.tracer.circuit.executors.map(\.name))
    let fixed: Set = ["Program", "RangeTable", "BitwiseTable"]
    for (cut, made) in zip(whole.cuts, whole.made) {
      for trace in made.traces.airs where !fixed.contains(trace.air.name) {
        let name = trace.air.name
        let foreseen = try #require(cut.size.rows[name], "segment \(cut.segment.index): \(name)")
        #expect(trace.height <= Self.rows, "\(name)")
        #expect(trace.rowCount <= foreseen, "\(name)")
        if executors.contains(name) { #expect(trace.rowCount == foreseen, "\(name)") }
        // Thirty-two registers are 16 leaves of two rows each.
        if name.hasPrefix("PersistentBoundary") { #expect(foreseen - trace.rowCount <= 32, "\(name)") }
        if name == "EnvironmentCall" || name == "HintStore" || name == "Phantom" {
          #expect(trace.rowCount == foreseen, "\(name)")
        }
      }
      for name in executors where made.traces[name] == nil { #expect(cut.size.rows[name] == nil, "\(name)") }
      let cells = made.traces.airs.filter { !fixed.contains($0.air.name) }.reduce(0) { $0 + $1.cellCount }
      #expect(cells <= cut.size.cells)
    }
  }

  @Test("Every limit cuts", arguments: ["rows", "cells", "interactions", "instructions"])
  func limits(_ name: String) throws {
    var limits = SegmentLimits()
    switch name {
    case "rows": limits.rows = 1 << 10
    case "cells": limits.cells = 600_000
    case "interactions": limits.interactions = 60_000
    default: limits.instructions = 500
    }
    var run = try SegmentedRun(
      SegmentSample.program(rounds: 400), configuration: SegmentSample.configuration, limits: limits)
    var cuts: [CutSegment] = []
    while let cut = try run.next() { cuts.append(cut) }
    #expect(cuts.count > 2)
    for cut in cuts {
      #expect(cut.size.height <= limits.rows)
      #expect(cut.size.cells <= limits.cells)
      #expect(cut.size.interactions <= limits.interactions)
      #expect(cut.segment.instructionCount <= limits.instructions ?? .max)
      #expect(cut.isLast == (cut.segment.index == cuts.count - 1))
    }
    #expect(cuts.map(\.segment.index) == Array(cuts.indices))
    // Where a run is cut does not depend on the engine.
    guard name == "rows" else { return }
    var configuration = SegmentSample.configuration
    configuration.engine = configuration.engine == .threaded ? .reference : .threaded
    var other = try SegmentedRun(
      SegmentSample.program(rounds: 400), configuration: configuration, limits: limits)
    var counts: [UInt64] = []
    while let cut = try other.next() { counts.append(cut.segment.instructionCount) }
    #expect(counts == cuts.map(\.segment.instructionCount))
  }

  @Test("Limits that no segment can keep are refused")
  func impossible() throws {
    let program = try SegmentSample.program(rounds: 4)
    func refusal(_ change: (inout SegmentLimits) -> Void) -> String {
      var limits = SegmentLimits()
      change(&limits)
      do throws(RV32CircuitError) {
        var run = try SegmentedRun(program, configuration: SegmentSample.configuration, limits: limits)
        while try run.next() != nil {}
        return "accepted"
      } catch { return "\(error)" }
    }
    #expect(refusal { $0.rows = 0 } == "limits of segments: 0 rows")
    #expect(
      refusal { $0.rows = 1 << 25 } == "limits of segments: 33554432 rows, at most 16777216 are possible")
    #expect(refusal { $0.cells = -1 } == "limits of segments: -1 cells")
    #expect(refusal { $0.interactions = 0 } == "limits of segments: 0 interactions")
    #expect(refusal { $0.interactions = .max }.hasSuffix("at most 1610612736 are possible"))
    #expect(refusal { $0.instructions = 0 } == "limits of segments: 0 instructions")
    let small = refusal { $0.rows = 16 }
    #expect(small.hasPrefix("the instruction at 0x"), "\(small)")
    #expect(small.contains("alone passes the limits of a segment: AIR "), "\(small)")
    #expect(small.hasSuffix("the limit is 16"), "\(small)")
    #expect(refusal { $0.cells = 1000 }.hasSuffix("cells, the limit is 1000"))
  }

  @Test("Traces are the same whatever is in flight, and those of a segment made alone from its file")
  func alone() async throws {
    let program = try SegmentSample.program(rounds: 40)
    let limits = SegmentSample.limits(instructions: 120)
    var fingerprints: [[TraceFingerprint]] = []
    for inFlight in 1...3 {
      var run = try SegmentedRun(program, configuration: SegmentSample.configuration, limits: limits)
      fingerprints.append(try await run.mapTraces(inFlight: inFlight) { $1.traces.fingerprint })
    }
    #expect(fingerprints[0].count >= 3)
    #expect(fingerprints[1] == fingerprints[0] && fingerprints[2] == fingerprints[0])
    #expect(Set(fingerprints[0]).count == fingerprints[0].count)
    let whole = try SegmentSample.Whole(program, limits: limits)
    let tracer = try SegmentTracer(program, configuration: SegmentSample.configuration)
    // Input and output are in the file: the machine's own are not asked.
    var other = SegmentSample.configuration
    other.input = []
    let poor = try SegmentTracer(program, configuration: other)
    for (cut, made) in zip(whole.cuts, whole.made).reversed() {
      let segment = try Segment(fileBytes: cut.segment.fileBytes)
      #expect(segment.fileBytes == cut.segment.fileBytes)
      for tracer in [tracer, poor] {
        let again = try tracer.traces(of: segment, threads: 1)
        #expect(again.traces.fingerprint == fingerprints[0][segment.index])
        for (left, right) in zip(again.traces.airs, made.traces.airs) {
          #expect(left.air.name == right.air.name)
          #expect(left.main == right.main && left.cached == right.cached, "\(left.air.name)")
          #expect(left.publicValues == right.publicValues)
        }
      }
    }
  }

  @Test("Both forms of records give the same traces of a segment")
  func accessLog() throws {
    let whole = try SegmentSample.small.get()
    for (cut, made) in zip(whole.cuts, whole.made) {
      var machine = try whole.tracer.machine()
      _ = try machine.run(cut.segment, .recorded(.accessLog))
      // A log holds other things than records, so its configuration is another one.
      let run = try machine.finalize()
      let circuit = try RV32Circuit(memory: run.memory.configuration, interface: .persistent)
      let again = try circuit.makeTraces(of: run, program: whole.tracer.program, threads: 1)
      #expect(again.traces.fingerprint == made.traces.fingerprint)
    }
  }

  @Test("Runs that end at a cut, by a limit, by a trap, in the first segment")
  func ends() async throws {
    func check(
      _ program: RV32Program, instructions: UInt64? = nil, segment: UInt64
    ) async throws -> SegmentedCheck {
      var configuration = SegmentSample.configuration
      configuration.limits.instructions = instructions
      var run = try SegmentedRun(
        program, configuration: configuration, limits: SegmentSample.limits(instructions: segment))
      let result = try await run.check(inFlight: 1)
      #expect(result.isAccepted, "\(result.findings) \(result.segments.map(\.report))")
      return result
    }
    let program = try SegmentSample.program(rounds: 4)
    let count = try uncut(program, SegmentSample.configuration).instructions
    // The last instruction is the last of a segment.
    let even = try await check(program, segment: count / 2 + count % 2)
    #expect(even.segments.map(\.instructionCount) == [count / 2 + count % 2, count / 2])
    #expect(even.outcome.exit == .halted(code: SegmentSample.exitCode))
    let one = try await check(program, segment: count)
    #expect(one.segments.count == 1)
    #expect(one.segments[0].claim?.exitCode == SegmentSample.exitCode)
    // The limit of the run is that of a segment, or not.
    let limited = try await check(program, instructions: 40, segment: 20)
    #expect(limited.segments.map(\.instructionCount) == [20, 20])
    #expect(limited.outcome.exit == .limit(.instructions(40)))
    #expect(limited.segments.last?.claim?.exitCode == nil)
    let odd = try await check(program, instructions: 41, segment: 20)
    #expect(odd.segments.map(\.instructionCount) == [20, 20, 1])
    // A trap at the beginning of what would be a segment makes none.
    let trapping = try RV32Program(
      code: RandomPrograms.assemble { code in
        for _ in 0..<4 { code.append(.i(0x13, 0, 5, 5, 1)) }
        code.append(0x0010_0073)  // ebreak
      }, memoryLimit: 64 << 20)
    for (segment, counts) in [(4, [4]), (3, [3, 1]), (9, [4])] as [(UInt64, [UInt64])] {
      let trapped = try await check(trapping, segment: segment)
      #expect(trapped.segments.map(\.instructionCount) == counts)
      guard case .trapped = trapped.outcome.exit else {
        Issue.record("\(trapped.outcome.exit)")
        return
      }
    }
    let empty = try await check(
      RV32Program(code: RandomPrograms.assemble { $0.append(0x0010_0073) }, memoryLimit: 64 << 20), segment: 5
    )
    #expect(empty.segments.map(\.instructionCount) == [0])
  }

  @Test("Output is handed on segment by segment, once, and its limit holds for the run")
  func output() throws {
    let words = RandomPrograms.assemble { code in
      code.constant(9, 10)
      code.constant(11, 0x10_0000)
      code.constant(12, 3)
      code.constant(17, 64)
      code.append(.i(0x13, 0, 10, 0, 1))
      code.append(0x73)
      code.append(.i(0x13, 0, 9, 9, -1))
      code.append(.branch(1, 9, 0, -12))
      code.exit(0)
    }
    let program = try RV32Program(code: words, data: Array("ab\n".utf8), memoryLimit: 64 << 20)
    let collected = OutputCollector()
    var configuration = SegmentSample.configuration
    configuration.outputHandler = { _, bytes in collected.append(Array(bytes)) }
    var run = try SegmentedRun(
      program, configuration: configuration, limits: SegmentSample.limits(instructions: 11))
    while try run.next() != nil {}
    #expect(run.outcome.outputText == String(repeating: "ab\n", count: 10))
    #expect(collected.bytes == run.outcome.output)
    configuration.limits.outputBytes = 20
    var limited = try SegmentedRun(
      program, configuration: configuration, limits: SegmentSample.limits(instructions: 11))
    while try limited.next() != nil {}
    #expect(limited.outcome.exit == .limit(.output(bytes: 20)))
    #expect(limited.outcome.output.count == 18)
  }

  @Test("Programs of the machine environment: traps, control registers, emulated accesses cross borders")
  func machineEnvironment() async throws {
    for name in Self.machinePrograms {
      let program = try Guests.machineProgram(name)
      var configuration = Machine.Configuration()
      configuration.limits.memory = 16 << 20
      let whole = try uncut(program, configuration)
      var limits = SegmentLimits()
      limits.instructions = whole.instructions / 3
      var run = try SegmentedRun(program, configuration: configuration, limits: limits)
      let result = try await run.check(inFlight: 2)
      #expect(result.isAccepted, "\(name): \(result.findings) \(result.segments.map(\.report))")
      #expect(result.segments.count > 2)
      #expect(result.outcome.exit == whole.exit)
      #expect(result.outcome.instructions == whole.instructions)
      if name == "privilege" {
        let traps = result.segments.flatMap(\.unconstrained).filter { $0.instruction == "trap" }
        #expect(traps.reduce(0) { $0 + $1.count } == 5)
      }
    }
  }

  @Test("Extensions keep their state across borders", arguments: Self.guests)
  func extensions(_ guest: ExtensionGuest) async throws {
    let program = try Guests.program(guest.path)
    var configuration = Machine.Configuration()
    configuration.limits.memory = 64 << 20
    configuration.limits.instructions = guest.limit ?? 4 * GuestTests.limit
    var whole = try Machine(program, configuration: configuration, extensions: try guest.extensions())
    var limits = SegmentLimits()
    limits.instructions = try whole.run().instructions / 2 + 1
    var run = try SegmentedRun(
      program, configuration: configuration, extensions: try guest.extensions(), limits: limits)
    let result = try await run.check(inFlight: 2)
    #expect(result.isAccepted, "\(guest.path): \(result.findings) \(result.segments.map(\.report))")
    #expect(result.segments.count > 1)
    let names = Set(result.segments.flatMap(\.unconstrained).map(\.instruction))
    #expect(names.isSuperset(of: guest.instructions))
  }

  @Test("The circuit of segments has no flaw that the lint sees")
  func lint() throws {
    let circuit = try SegmentSample.small.get().tracer.circuit
    #expect(circuit.publicValues == nil)
    let options = circuit.lintOptions
    #expect(SystemLint.findings(circuit.members.map(\.description), options: options) == [])
    for member in circuit.members {
      let lint = SymbolicLint(
        member.description, preprocessed: try member.air.preprocessedTrace(), options: options)
      #expect(lint.findings() == [], "\(member.description.name)")
    }
    #expect(Set(circuit.members.map(\.id)).count == circuit.members.count)
  }
}
