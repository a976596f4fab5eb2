import Weft

/// `weft bench extensions`: what an instruction costs by how it is brought in.
enum ExtensionBenchCommand {
  private static let rounds = Option("rounds", .count, help: "Interleaved rounds (default: 9)")

  static let command: Command = Command(
    name: "extensions",
    abstract: "Measure what instructions of extensions cost",
    discussion: """
      Nanoseconds for one execution in a loop of \(InstructionLoop.copies) copies, the best of the rounds;
      all rows are measured in turn, every other round backwards. Results are checked.
      A bar is what the row may cost: as a ratio to the row it is compared with, as
      nanoseconds in all, or as nanoseconds more than that row.
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
      /// The row it is compared with.
      let peers: [String: Double]
      let bar: String?
      let meetsBar: Bool?
    }

    let cases: [Case]
    let machine: HostDescription
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let count = Int(clamping: try arguments.value(rounds) ?? 9)
    var benchmark = try ExtensionBenchmark()
    let progress = Progress(console)
    for round in 0..<max(1, count) {
      try progress.show("round \(round + 1) of \(count)")
      try benchmark.measureRound(round)
    }
    try progress.clear()
    let report = Report(cases: benchmark.rows.map { makeCase($0, benchmark) }, machine: .current())
    try console.write(report, arguments) { style in text(report, style) }
    return .done
  }

  private static func makeCase(_ row: ExtensionBenchmark.Row, _ benchmark: ExtensionBenchmark) -> Report.Case
  {
    let other = row.baseline.flatMap(benchmark.row(named:))
    let value = row.nanoseconds
    var bar: String?
    var meets: Bool?
    switch (row.bar, other?.nanoseconds) {
    case (.ratio(let limit)?, let other?):
      bar = "≤ \(NumberText.fixed(limit, digits: 1)) ×"
      meets = value <= limit * other
    case (.nanoseconds(let limit)?, _):
      bar = "≤ \(NumberText.fixed(limit, digits: 0)) ns"
      meets = value <= limit
    case (.difference(let limit)?, let other?):
      bar = "≤ \(NumberText.fixed(limit, digits: 0)) ns more"
      meets = value - other <= limit
    default: break
    }
    return Report.Case(
      name: row.name, engine: "threaded", value: value, unit: "ns",
      peers: other.map { [$0.name: $0.nanoseconds] } ?? [:], bar: bar, meetsBar: meets)
  }

  private static func text(_ report: Report, _ style: Style) -> String {
    var table = TextTable(header: ["instruction", "ns", "ratio", "ns more", "bar", ""])
    for item in report.cases {
      let other = item.peers.values.first
      table.rows.append([
        item.name, NumberText.fixed(item.value, digits: 2),
        other.map { NumberText.fixed(item.value / $0, digits: 2) } ?? "–",
        other.map { NumberText.fixed(item.value - $0, digits: 2) } ?? "–", item.bar ?? "–",
        item.meetsBar.map { $0 ? "met" : "missed" } ?? "",
      ])
    }
    return "\(report.machine.cpu), \(report.machine.build) build\n\n" + table.text(style: style)
  }
}
