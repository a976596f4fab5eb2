import Weft

/// `weft bench precompiles`: contracts over pairing-friendly curves.
enum PrecompileBenchCommand {
  private static let rounds = Option("rounds", .count, help: "Interleaved rounds (default: 15)")

  static let command: Command = Command(
    name: "precompiles",
    abstract: "Measure precompiles over pairing-friendly curves",
    discussion: """
      Microseconds for one call, the best of the rounds; all rows are measured in
      turn, every other round backwards. Results are checked. A bar is what a call
      may take.
      """,
    options: [rounds, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  struct Report: Codable, Equatable {
    struct Case: Codable, Equatable {
      let name: String
      let engine: String
      let value: Double
      let unit: String
      let gas: UInt64
      /// Millions of gas per second.
      let mgas: Double
      let bar: String?
      let meetsBar: Bool?
    }

    let cases: [Case]
    let machine: HostDescription
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let count = Int(clamping: try arguments.value(rounds) ?? 15)
    var benchmark = try PrecompileBenchmark()
    let progress = Progress(console)
    for round in 0..<max(1, count) {
      try progress.show("round \(round + 1) of \(count)")
      benchmark.measureRound(round)
    }
    try progress.clear()
    let report = Report(cases: benchmark.rows.map(makeCase), machine: .current())
    try console.write(report, arguments) { style in text(report, style) }
    return .done
  }

  private static func makeCase(_ row: PrecompileBenchmark.Row) -> Report.Case {
    Report.Case(
      name: row.name, engine: "precompile", value: row.microseconds, unit: "µs", gas: row.gas,
      mgas: Double(row.gas) / row.microseconds,
      bar: row.bar.map { "≤ \(NumberText.fixed($0, digits: 0)) µs" },
      meetsBar: row.bar.map { row.microseconds <= $0 })
  }

  private static func text(_ report: Report, _ style: Style) -> String {
    var table = TextTable(header: ["contract", "gas", "µs", "Mgas/s", "bar", ""])
    for item in report.cases {
      table.rows.append([
        item.name, NumberText.grouped(item.gas), NumberText.fixed(item.value, digits: 1),
        NumberText.fixed(item.mgas, digits: 0), item.bar ?? "–",
        item.meetsBar.map { $0 ? "met" : "missed" } ?? "",
      ])
    }
    return "\(report.machine.cpu), \(report.machine.build) build\n\n" + table.text(style: style)
  }
}
