import FoundationEssentials
import Testing

@testable import WeftCommands

@Suite("weft bench, weft demo")
struct BenchCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A folder of programs with one guest that copies its input; `output` is what is expected of the long run.
  private func makePrograms(output: String) throws {
    try folder.write(TinyGuest.copying, to: "rv32/copy/copy.elf")
    let expected = """
      {"exit": 0, "output": "", "benchmark": {"input": "abc", "output": "\(output)"}}
      """
    try folder.write(Array(expected.utf8), to: "rv32/copy/expected.json")
    try folder.write([], to: "rv32/library/ignored.c")
  }

  private func bench(_ arguments: String...) -> CommandLineRun {
    let fixed = ["bench", "rv32", "--programs", folder.path, "--peers", "none", "--seconds", "0"]
    return CommandLineRun(fixed + arguments)
  }

  /// The fields that DESIGN.md fixes for `bench --json`.
  private struct FixedFields: Decodable {
    struct Case: Decodable {
      let name: String
      let engine: String
      let value: Double
      let unit: String
      let peers: [String: Double]
    }
    struct Machine: Decodable {
      let cpu: String
      let cores: Int
    }
    let cases: [Case]
    let machine: Machine
  }

  @Test func everyEngineAndModeIsACase() throws {
    try makePrograms(output: "abc")
    let run = bench("--json")
    #expect(run.exitCode == .done)
    let fields: FixedFields = try run.decoded()
    #expect(
      fields.cases.map(\.engine) == [
        "reference", "threaded", "threaded metered", "threaded recorded", "threaded recorded-kept",
        "threaded log", "threaded log-kept",
      ])
    #expect(fields.cases.allSatisfy { $0.name == "copy" && $0.unit == "MIPS" && $0.value > 0 })
    #expect(fields.machine.cores > 0)
    #expect(!fields.machine.cpu.isEmpty)

    let report: BenchReport = try run.decoded()
    #expect(Set(report.cases.map(\.instructions)) == [12])
    for mode in ["recorded", "log"] {
      let streamed = try #require(report.cases.first { $0.engine == "threaded \(mode)" })
      let kept = try #require(report.cases.first { $0.engine == "threaded \(mode)-kept" })
      #expect(streamed.bytesPerInstruction ?? 0 > 0)
      #expect(streamed.bytesPerInstruction == kept.bytesPerInstruction)
      #expect(streamed.samples == 3 && kept.samples == 9)
      #expect(streamed.ratio ?? 0 > 0 && kept.ratio ?? 0 > 0)
    }
  }

  @Test func consumersReadWhatTheyCount() {
    let consumer = RecordConsumer()
    let words: [UInt64] = [1, 2, 3, 4, 5]
    for _ in 0..<2 { words.withUnsafeBytes(consumer.stream.consume) }
    #expect(consumer.byteCount == 80)
    #expect(consumer.checksum == 2 * (1 + 2 + 3 + 4))
    consumer.stream.consume(UnsafeRawBufferPointer(start: nil, count: 0))
    #expect(consumer.byteCount == 80)
  }

  @Test func tablesNameGuestsAndEngines() throws {
    try makePrograms(output: "abc")
    let run = bench("--engine", "reference", "--guest", "copy")
    #expect(run.exitCode == .done)
    #expect(run.output.contains("\ncopy   reference"))
    #expect(run.output.contains("copy   reference metered"))
    #expect(!run.output.contains("threaded"))
    #expect(run.errors == "")
  }

  @Test func wrongResultsEndTheBenchmark() throws {
    try makePrograms(output: "abd")
    let run = bench()
    #expect(run.exitCode == .guestFailed)
    #expect(run.output == "")
    #expect(run.errors == "weft: copy, threaded: wrong output \"abc\"\n")
  }

  @Test func guestsWithoutALongRunCannotBeMeasured() throws {
    try folder.write(TinyGuest.exiting(0), to: "rv32/short/short.elf")
    try folder.write(Array(#"{"exit": 0, "output": ""}"#.utf8), to: "rv32/short/expected.json")
    let path = "\(folder.path)/rv32"
    #expect(
      bench("--guest", "short").errors == "weft: \(path)/short/short.elf: no benchmark in its expected.json\n"
    )
    #expect(bench().errors == "weft: \(path): no guest with a benchmark in its expected.json\n")
  }

  @Test func brokenExpectationsAreNamed() throws {
    try folder.write(TinyGuest.exiting(0), to: "rv32/broken/broken.elf")
    let path = try folder.write(Array(#"{"exit": "#.utf8), to: "rv32/broken/expected.json")
    let run = bench("--guest", "broken")
    #expect(run.exitCode == .badInput)
    #expect(run.errors == "weft: \(path): not an expected result (exit, output, benchmark)\n")
  }

  @Test func peersAreComparedOnTheMainEngine() {
    func item(_ name: String, _ value: Double, peers: [String: Double]) -> BenchReport.Case {
      BenchReport.Case(
        name: name, engine: "threaded", value: value, unit: "MIPS", peers: peers, samples: 3,
        instructions: 1000, startUpSeconds: 0.001, ratio: nil, bytesPerInstruction: nil)
    }
    let cases = [
      item("a", 1000, peers: ["qemu-riscv32": 500, "unicorn": 100]),
      item("b", 1000, peers: ["qemu-riscv32": 2000]),
    ]
    let report = BenchReport(cases: cases, problems: ["b, unicorn: wrong output"])
    #expect(abs((report.ratios["qemu-riscv32"] ?? 0) - 1) < 1e-9)
    #expect(abs((report.ratios["unicorn"] ?? 0) - 10) < 1e-9)
    let table = BenchTable(report: report, style: Style(isOn: false)).text
    #expect(table.contains("geometric mean of ratios to qemu-riscv32: 1.00\n"))
    #expect(table.contains("left out: b, unicorn: wrong output\n"))
  }

  @Test func theDemoShowsGuestsAnExtensionContractsAndTraces() {
    let run = CommandLineRun(["demo", "--programs", packagePrograms])
    #expect(run.exitCode == .done)
    #expect(run.errors == "")
    #expect(run.output.contains("│ Hello from Embedded Swift on RV32IM\n"))
    for engine in ["reference ", "threaded "] { #expect(run.output.contains("\n  \(engine)")) }
    #expect(run.output.contains("expected output, exit code and equal counts everywhere"))
    #expect(run.output.contains("loops of the guest"))
    #expect(run.output.contains("expected output of both"))
    #expect(run.output.contains("│     CALL 0x0000000000000000000000000000000000001003"))
    #expect(run.output.contains("expected status, gas, output, logs and state on both engines"))
    #expect(run.output.contains("reveal-swift, traced"))
    #expect(run.output.contains("; every instruction is constrained"))
    #expect(run.output.contains("one byte of a sum changed: BaseAlu, row "))
    #expect(run.output.contains("\"ADD: carry 0 is a bit\" fails (WeftRV32Circuit/BaseAluChip.swift:"))
    #expect(run.output.split(separator: "\n").count <= 48)
  }

  @Test func statistics() {
    #expect(Statistics.median([]) == 0)
    #expect(Statistics.median([3, 1, 2]) == 2)
    #expect(Statistics.median([4, 1, 2, 3]) == 2.5)
    #expect(Statistics.geometricMean([]) == 0)
    #expect(abs(Statistics.geometricMean([2, 8]) - 4) < 1e-12)
  }
}

@Suite("Child processes")
struct ChildProcessTests {
  @Test func inputGoesInAndOutputComesOut() throws {
    let result = try ChildProcess(executable: "cat", arguments: []).run(input: Array("text".utf8))
    #expect(result.status == 0)
    #expect(result.output == Array("text".utf8))
  }

  @Test(arguments: [("exit 3", Int32(3)), ("kill -9 $$", 137)])
  func statusesCountAsInShells(script: String, status: Int32) throws {
    #expect(try ChildProcess(executable: "sh", arguments: ["-c", script]).run().status == status)
  }

  @Test func absentProgramsAreNamedErrors() {
    #expect(throws: ChildProcess.Failure(reason: "No such file or directory")) {
      try ChildProcess(executable: "/absent/program", arguments: []).run()
    }
  }

  @Test func endlessOutputIsCutOff() {
    #expect(throws: ChildProcess.Failure(reason: "more than 1048576 bytes of output")) {
      try ChildProcess(executable: "yes", arguments: []).run()
    }
  }
}
