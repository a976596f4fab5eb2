import WeftFixtures

/// `weft evm blocktest`: runs files of Ethereum's block tests.
enum BlockTestCommand {
  static let command: Command = Command(
    name: "blocktest",
    abstract: "Run files of Ethereum's block tests",
    discussion: """
      A path is a file, or a folder with files below it. Every block is checked in all
      respects: header, transactions, withdrawals, requests, receipts, roots. Blocks
      that must be refused must be. Chains of forks before Paris are skipped and
      counted.
      """,
    positionals: [paths],
    options: [test, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static let paths = Operand(
    "PATH", .path("PATH"), repeatable: true, help: "Files or folders of block tests")
  private static let test = Option(
    "test", .text("TEXT"), help: "Only tests whose name or file has TEXT in it")

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let paths = try arguments.values(self.paths)
    guard !paths.isEmpty else {
      throw .usage("\(arguments.command): missing PATH; see '\(arguments.command) --help'")
    }
    let filter = try arguments.value(test)
    let clock = ContinuousClock()
    let begin = clock.now
    var runner = BlockTestRunner()
    var report = BlockTestSummary()
    let progress = Progress(console)
    do throws(FixtureError) {
      for path in try FixtureFile.files(below: paths) {
        try BlockTest.forEach(in: path) { test throws(FixtureError) in
          if let filter, !test.name.contains(filter), !path.contains(filter) { return }
          report.add(runner.run(test), file: path, test: test.name)
          try? progress.show("\(report.passed) passed, \(report.failed) failed")
        }
      }
    } catch { throw .input(error.file, error.reason) }
    try progress.clear()
    report.seconds = begin.duration(to: clock.now).inSeconds
    try console.write(report, arguments) { style in report.text(style: style) }
    return report.failed == 0 ? .done : .guestFailed
  }
}

/// The result of `weft evm blocktest` as data.
struct BlockTestSummary: Codable, Equatable {
  struct Skip: Codable, Equatable {
    let reason: String
    var count: Int
  }

  struct Failure: Codable, Equatable {
    let file: String
    let test: String
    let problems: [String]
  }

  private(set) var passed = 0
  private(set) var failed = 0
  private(set) var skipped: [Skip] = []
  private(set) var failures: [Failure] = []
  var seconds = 0.0

  mutating func add(_ outcome: BlockTestRunner.Outcome, file: String, test: String) {
    switch outcome {
    case .passed: passed += 1
    case .failed(let problems):
      failed += 1
      failures.append(Failure(file: file, test: test, problems: problems))
    case .skipped(let reason):
      if let index = skipped.firstIndex(where: { $0.reason == reason }) {
        skipped[index].count += 1
      } else {
        skipped.append(Skip(reason: reason, count: 1))
      }
    }
  }

  /// The result for people; the first twenty failures in full.
  func text(style: Style) -> String {
    var lines: [String] = []
    for failure in failures.prefix(20) {
      lines.append(style.red("FAILED ") + style.bold(failure.file.filteredForTerminal))
      lines.append("  \(failure.test.filteredForTerminal)")
      lines += failure.problems.prefix(60).map { "    \($0.filteredForTerminal)" }
    }
    if failures.count > 20 { lines.append("and \(failures.count - 20) more failures") }
    lines += skipped.map { "skipped \($0.count): \($0.reason)" }
    let skips = skipped.reduce(0) { $0 + $1.count }
    let verdict =
      failed == 0 ? style.green("\(passed) passed") : style.red("\(failed) failed") + ", \(passed) passed"
    lines.append("\(verdict), \(skips) skipped in \(NumberText.seconds(seconds))")
    return lines.joined(separator: "\n") + "\n"
  }
}
