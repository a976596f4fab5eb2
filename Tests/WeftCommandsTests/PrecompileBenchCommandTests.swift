#if !DEBUG
  import Testing

  @testable import WeftCommands

  /// Sums of 128 points, not optimised, would take minutes.
  @Suite("weft bench precompiles")
  struct PrecompileBenchCommandTests {
    @Test func resultsAreCheckedAndMeasured() throws {
      let run = CommandLineRun(["bench", "precompiles", "--rounds", "1", "--json"])
      #expect(run.exitCode == .done)
      let report: PrecompileBenchCommand.Report = try run.decoded()
      #expect(report.cases.count == 16)
      #expect(report.cases.allSatisfy { $0.value > 0 && $0.gas > 0 && $0.unit == "µs" })
      #expect(
        report.cases.filter { $0.bar != nil }.map(\.name) == [
          "bn254 mul", "bn254 pairing, 2", "bls12 pairing, 1",
        ])
      #expect(CommandLineRun(["bench", "precompiles", "--rounds", "1"]).output.contains("bls12 G2 MSM, 128"))
    }
  }
#endif
