/// `weft bench memory`: `EVMMemory` beside plain C.
enum MemoryBenchCommand {
  private static let rounds = Option(
    "rounds", .count, help: "Samples of each memory per run, 1 to 10000 (default: 31)")
  private static let runs = Option(
    "runs", .count, help: "Runs with new memories, of which the fastest counts, 1 to 100 (default: 4)")
  private static let row = Option(
    "row", .rowName, repeatable: true, help: "Row to measure, by a part of its name (default: all)")

  /// Time of one sample.
  private static let sampleSeconds = 0.4e-3

  static let command = Command(
    name: "memory",
    abstract: "Measure EVM memory beside a C baseline",
    discussion: """
      Every row runs on EVMMemory, on EVMMemory with a handle in every call, on a flat
      memory of one context, and in plain C. Fresh rows create and destroy the memory
      inside the iteration; steady rows use one memory, reset each time, and divide by
      the operations of the iteration.

      All run in one process, interleaved, the order reversed every other round.
      Values are medians over the rounds, the lowest of the runs. Ratios are to C in
      the same run; bars are the largest ratios accepted. What every memory reads is
      compared with a model in every sample, before anything is printed.
      """,
    options: [row, rounds, runs, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let benchmark = MemoryBenchmark(
      rounds: try number(rounds, 1...10_000, arguments) ?? 31,
      runs: try number(runs, 1...100, arguments) ?? 4,
      sampleSeconds: sampleSeconds)
    let names = try arguments.values(row)
    let rows = MemoryRow.all.filter { row in
      names.isEmpty || names.contains { row.name.lowercased().contains($0.lowercased()) }
    }
    let progress = Progress(console)
    let results = try benchmark.measure(rows) { row, run throws(CommandError) in
      try progress.show("run \(run + 1) of \(benchmark.runs): \(row.name), \(row.form.rawValue)")
    }
    try progress.clear()
    let report = MemoryBenchReport(results)
    try console.write(report, arguments) { style in
      MemoryBenchTable(report: report, style: style).text
    }
    return .done
  }

  private static func number(
    _ option: Option<UInt64>, _ range: ClosedRange<UInt64>, _ arguments: Arguments
  ) throws(CommandError) -> Int? {
    guard let value = try arguments.value(option) else { return nil }
    guard range.contains(value) else {
      throw .usage(
        "weft bench memory: --\(option.name): '\(value)' is not a number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return Int(value)
  }
}

extension ValueType where Value == String {
  /// A part of the name of at least one row of `weft bench memory`.
  static let rowName = ValueType(placeholder: "NAME") { text throws(InvalidValue) in
    let part = text.lowercased()
    guard !part.isEmpty, MemoryRow.all.contains(where: { $0.name.lowercased().contains(part) }) else {
      throw InvalidValue(reason: "is not part of the name of a row")
    }
    return text
  }
}
