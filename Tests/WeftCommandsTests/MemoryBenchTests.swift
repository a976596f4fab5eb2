import Testing

@testable import WeftCommands

@Suite("weft bench memory")
struct MemoryBenchTests {
  private func bench(_ arguments: String...) -> CommandLineRun {
    CommandLineRun(["bench", "memory", "--rounds", "1", "--runs", "1"] + arguments)
  }

  @Test func everyRowIsMeasuredBesideTheBaseline() throws {
    let run = bench("--json")
    #expect(run.exitCode == .done)
    let report: MemoryBenchReport = try run.decoded()
    let subjects = report.cases.filter { $0.engine == "EVMMemory" }
    #expect(subjects.map(\.name) == MemoryRow.all.map(\.name))
    #expect(subjects.count { $0.form == .fresh } == 19 && subjects.count { $0.form == .steady } == 20)
    #expect(report.cases.allSatisfy { $0.unit == "ns" && $0.value > 0 && $0.peers["C"] ?? 0 > 0 })
    #expect(report.cases.contains { $0.engine == "FlatEVMMemory" })
    #expect(report.cases.contains { $0.engine == "EVMMemory by handle" })
    let barred = subjects.filter { $0.bar != nil }
    #expect(barred.count == 17 && barred.allSatisfy { $0.isWithinBar != nil })
    #expect(report.bars.met + report.bars.missed.count == 17)
    #expect(report.machine.cores > 0)
  }

  @Test func tablesNameRowsAndBars() {
    let run = bench("--row", "hot word")
    #expect(run.exitCode == .done)
    #expect(run.output.contains("\nhot word "))
    #expect(run.output.contains("≤ 1.10"))
    #expect(!run.output.contains("hot byte"))
    #expect(run.errors == "")
  }

  @Test(arguments: [
    (["--row", "absent"], "'absent' is not part of the name of a row"),
    (["--rounds", "0"], "'0' is not a number from 1 to 10000"),
  ])
  func wrongOptionsAreNamed(options: [String], message: String) {
    let run = CommandLineRun(["bench", "memory"] + options)
    #expect(run.exitCode == .usage)
    #expect(run.errors.contains(message))
  }

  @Test func wrongReadsEndTheBenchmark() throws {
    let row = try #require(MemoryRow.all.first { $0.workload == .bytes })
    let expectation = try MemoryExpectation(row)
    let wrong: MemoryVariant.Body = { _ in 1 }
    #expect(throws: CommandError.self) { try expectation.check(MemoryVariant(kind: .memory, body: wrong), 2) }
    let sum = (0..<100).reduce(UInt64(0)) { $0 + UInt64(UInt8(truncatingIfNeeded: 7 * $1 + 1)) }
    #expect(expectation.sum(3, .memory) == 3 * sum)
    for variant in try row.variants() { try expectation.check(variant, 2) }
  }
}
