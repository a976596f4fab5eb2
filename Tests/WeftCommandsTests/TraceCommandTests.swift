import Testing
import WeftCircuit

@testable import WeftCommands

@Suite("weft check, weft trace, weft bench trace")
struct TraceCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func guest(_ bytes: [UInt8]) throws -> String { try folder.write(bytes, to: "guest.elf") }

  /// The fields that DESIGN.md fixes for `check --json`.
  private struct FixedFields: Decodable {
    struct Unconstrained: Decodable {
      let instruction: String
      let count: Int
    }
    struct Violation: Decodable {}
    let accepted: Bool
    let violations: [Violation]
    let unconstrained: [Unconstrained]
    let rows: Int
    let cells: Int
  }

  @Test func anAcceptedRunSaysWhatItLeavesOpen() throws {
    let path = try guest(TinyGuest.writing(Array("hello\n".utf8)))
    let run = CommandLineRun(["check", path, "--json", "--threads", "1"])
    #expect(run.exitCode == .done)
    #expect(run.errors == "")
    let fields: FixedFields = try run.decoded()
    #expect(fields.accepted)
    #expect(fields.violations.isEmpty)
    #expect(fields.unconstrained.map(\.instruction) == ["ecall write"])
    #expect(fields.unconstrained.map(\.count) == [1])
    #expect(fields.rows > 0 && fields.cells > fields.rows)
    let report: CheckOutput = try run.decoded()
    #expect(report.publicValues?.isTerminate == true)
    #expect(report.publicValues?.exitCode == 0)
    #expect(report.publicValues?.initialPC == TinyGuest.base)
    #expect(report.findings == 0)

    let text = CommandLineRun(["check", path])
    #expect(text.exitCode == .done)
    let lines = text.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(
      lines[0]
        == "\(path): not fully constrained: the results of 1 of 9 instructions are advice: ecall write (1)")
    #expect(lines[1] == "run: halted, 9 instructions")
    #expect(lines[2].hasPrefix("accepted: "))
  }

  @Test(arguments: [0, 7, 2047] as [UInt32])
  func theExitCodeIsPublic(code: UInt32) throws {
    // What is checked are the traces: a guest that fails has good ones.
    let run = CommandLineRun(["check", try guest(TinyGuest.exiting(code)), "--json"])
    #expect(run.exitCode == .done)
    let report: CheckOutput = try run.decoded()
    #expect(report.publicValues?.exitCode == code)
    #expect(report.unconstrained == [])
    #expect(report.openness == "every instruction is constrained")
  }

  private static func machineProgram(_ name: String) -> [String] {
    ["\(packagePrograms)/rv32/machine/\(name)/\(name).elf", "--environment", "machine"]
  }

  @Test func machineProgramsSayWhichTrapsAreAdvice() throws {
    let run = CommandLineRun(["check"] + Self.machineProgram("privilege") + ["--json"])
    #expect(run.exitCode == .done)
    let report: CheckOutput = try run.decoded()
    #expect(report.accepted)
    #expect(report.unconstrained.contains(.init(instruction: "trap", count: 5)))
    #expect(report.publicValues?.initialPC == 0x8000_0000)
    #expect(report.publicValues?.isTerminate == true)
    let whole: CheckOutput = try CommandLineRun(
      ["check"] + Self.machineProgram("arithmetic") + ["--json"]
    ).decoded()
    #expect(whole.accepted)
    #expect(whole.unconstrained == [])
    let summary: TraceSummary = try CommandLineRun(
      ["trace", "--summary"] + Self.machineProgram("privilege") + ["--json"]
    ).decoded()
    #expect(summary.chips.contains { $0.name == "Trap" && $0.rows == 5 })
    #expect(summary.publicValues == report.publicValues)
  }

  @Test func programsThatChangeTheirInstructionsAreRefused() throws {
    let run = CommandLineRun(["check"] + Self.machineProgram("fence-i"))
    #expect(run.exitCode == .badInput)
    #expect(run.errors.contains("is executed and changed: the program table holds one per address"))
  }

  @Test func limitsAndTrapsGiveTracesOfWhatRetired() throws {
    let limited = CommandLineRun([
      "check", try guest(TinyGuest.looping), "--max-instructions", "100", "--json",
    ])
    #expect(limited.exitCode == .done)
    let report: CheckOutput = try limited.decoded()
    #expect(report.instructions == 100)
    #expect(report.exit.kind == .limit)
    #expect(report.publicValues?.isTerminate == false)
    #expect(report.openness == "every instruction is constrained; the program has not ended")
    let trapped = CommandLineRun(["check", try guest(TinyGuest.illegal), "--json"])
    #expect(trapped.exitCode == .done)
    let other: CheckOutput = try trapped.decoded()
    #expect(other.instructions == 0)
    #expect(other.exit.kind == .trapped)
  }

  @Test func theSummaryAddsUp() throws {
    let path = try guest(TinyGuest.copying)
    let input = try folder.write(Array("abc".utf8), to: "input")
    let run = CommandLineRun(["trace", path, "--summary", "--input", input, "--json"])
    #expect(run.exitCode == .done)
    let summary: TraceSummary = try run.decoded()
    #expect(summary.instructions == 12)
    #expect(summary.cells == summary.chips.reduce(0) { $0 + $1.cells })
    #expect(summary.rows == summary.chips.reduce(0) { $0 + $1.rows })
    #expect(summary.chips.allSatisfy { $0.cells == $0.height * $0.columns && $0.rows <= $0.height })
    #expect(summary.chips.contains { $0.name == "EnvironmentCall" && $0.rows == 3 })
    #expect(summary.unconstrained.map(\.instruction) == ["ecall read", "ecall write"])

    let text = CommandLineRun(["trace", path, "--summary", "--input", input]).output
    for chip in summary.chips { #expect(text.contains("\n\(chip.name)  "), "\(chip.name)") }
    #expect(text.contains("12 instructions, "))
  }

  @Test(arguments: [
    (["trace"], "--summary, --output or --report is needed"),
    (["trace", "--summary", "--threads", "0"], "--threads: 0 is not a number"),
    (["check", "--threads", "257"], "--threads: 257 is not a number from 1 to 256"),
    (["check", "--memory", "5000"], "memory of 5000 bytes"),
  ])
  func badOptionsAreNamed(arguments: [String], message: String) throws {
    let path = try guest(TinyGuest.exiting(0))
    let run = CommandLineRun([arguments[0], path] + arguments.dropFirst())
    #expect(run.exitCode != .done)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test func whatIsNoProgramIsABadInput() throws {
    let run = CommandLineRun(["check", try folder.write([1, 2, 3], to: "bad.elf"), "--json"])
    #expect(run.exitCode == .badInput)
    let code = CommandLineRun(["check", try folder.write(Array("600".utf8), to: "code.hex")])
    #expect(code.exitCode == .badInput)
    #expect(code.errors.contains("is not code in hexadecimal digits"))
  }

  @Test func evmCodeHasTracesOfItsAccesses() throws {
    let path = try folder.write(Array("6001600255600254".utf8), to: "code.hex")
    let run = CommandLineRun(["check", path])
    #expect(run.exitCode == .done, "\(run.errors)")
    #expect(
      run.output.hasPrefix(
        "\(path): not fully constrained: every access to memory is, the results of all 6 EVM instructions are "
          + "advice: push1 (3), sload (1), sstore (1), stop (1)\n"))
    let summary = CommandLineRun(["trace", path, "--summary", "--json"])
    #expect(summary.exitCode == .done)
    #expect(summary.output.contains("\"HostAccess(5)\""))
  }

  @Test func theBenchmarkMeasuresCheckedTraces() throws {
    try folder.write(TinyGuest.copying, to: "rv32/copy/copy.elf")
    let expected = """
      {"exit": 0, "output": "", "benchmark": {"input": "abc", "output": "abc"}}
      """
    try folder.write(Array(expected.utf8), to: "rv32/copy/expected.json")
    let arguments = ["bench", "trace", "--programs", folder.path, "--rounds", "1", "--scratch", folder.path]
    let run = CommandLineRun(arguments + ["--json"])
    #expect(run.exitCode == .done)
    let report: TraceBenchReport = try run.decoded()
    #expect(
      report.cases.map(\.engine) == [
        "recorded", "traces, 1 thread", "check, 1 thread", "export, 1 thread", "traces, 2 threads",
        "check, 2 threads", "export, 2 threads", "segments, 1 thread", "segments, 2 threads", "report",
      ])
    #expect(report.cases.allSatisfy { $0.name == "copy" && $0.value > 0 && !$0.unit.isEmpty })
    #expect(report.sizes.map(\.instructions) == [12])
    #expect(report.sizes.allSatisfy { $0.recordBytesPerInstruction == 32 && $0.traceBytes > 0 })
    let exports = report.cases.filter { $0.unit == "MB/s" }
    #expect(exports.allSatisfy { ($0.peers["plain write"] ?? 0) > 0 })
    // Exports are removed.
    #expect(try folder.names == ["rv32"])
    let text = CommandLineRun(arguments).output
    #expect(text.contains("traces, 2 threads"))

    let wrong = #"{"exit": 0, "output": "", "benchmark": {"input": "abc", "output": "abd"}}"#
    try folder.write(Array(wrong.utf8), to: "rv32/copy/expected.json")
    let refused = CommandLineRun(arguments)
    #expect(refused.exitCode == .guestFailed)
  }

  /// A column that is a bit, counts a state that nobody receives, and is looked up as a byte.
  private struct Broken: AIR {
    let name = "Broken"

    func describe(in builder: CircuitBuilder) {
      let cell = builder.mainColumns("cell", count: 1).local[0]
      builder.assertBool(cell, "cell is a bit")
      builder.send(Bus(40, name: "states", kind: .permutation, fields: ["state"]), [cell], count: 1)
      builder.rangeCheck(cell, bits: 1, count: cell)
    }
  }

  @Test func violationsAreData() throws {
    let trace = try AIRTrace(air: try Broken().description(), main: try Trace(rows: [[0], [2]]))
    let result = try Checker(threads: 1).check(TraceSet([trace]))
    #expect(!result.isAccepted)
    let violations = CheckOutput.violations(of: result)
    let constraint = try #require(violations.first { $0.kind == "constraint" })
    #expect(constraint.air == "Broken" && constraint.row == 1 && constraint.label == "cell is a bit")
    #expect(constraint.location?.contains("TraceCommandTests.swift:") == true)
    #expect(constraint.cells == ["cell": 2])
    let count = try #require(violations.first { $0.kind == "count" })
    #expect(count.row == 1 && count.count == 2)
    let states = violations.filter { $0.bus == "states" }
    #expect(states.map { $0.fields?.first?.value } == [0, 2])
    #expect(states[1].contributors?.map(\.row) == [1])
    #expect(states[1].total == 1)
    #expect(violations.contains { $0.bus == "range" && $0.isNotInTable == true })
  }
}
