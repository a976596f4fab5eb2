import Glibc
import WeftEVM
import WeftFixtures

/// `weft evm statetest`: runs files of Ethereum's state tests.
enum StateTestCommand {
  static let command: Command = Command(
    name: "statetest",
    abstract: "Run files of Ethereum's official tests",
    discussion: """
      A path is a file, or a folder with files below it. For each state test the
      state root and the hash of the logs are compared, the error where the
      transaction must be refused, and the sender that the signed transaction gives.
      Of a failed case the expected and the actual post-state are compared account by
      account where the test has them. Files of VMTests, TransactionTests, TrieTests,
      RLPTests and BasicTests are told by their contents and run by their kind.

      Tests that take seconds to minutes each are skipped and counted unless --slow is
      given; so are files that test nothing of an EVM.
      """,
    positionals: [paths],
    options: [fork, jobs, test, slow, trace, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static let paths = Operand(
    "PATH", .path("PATH"), repeatable: true, help: "Files or folders of tests")
  private static let fork = Option(
    "fork", .fork, repeatable: true, help: "Only cases of this fork (default: all)")
  private static let jobs = Option("jobs", .jobs, help: "Threads (default: one per processor)")
  private static let test = Option(
    "test", .text("TEXT"), help: "Only tests whose name or file has TEXT in it")
  private static let slow = Flag("slow", help: "Run the slow tests as well")
  private static let trace = Flag(
    "trace", help: "Write every instruction to standard error (EIP-3155); one thread")

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let paths = try arguments.values(self.paths)
    guard !paths.isEmpty else {
      throw .usage("\(arguments.command): missing PATH; see '\(arguments.command) --help'")
    }
    var options = StateTestDriver.Options()
    options.forks = Set(try arguments.values(fork))
    options.jobs = try arguments.value(jobs) ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    options.filter = try arguments.value(test)
    options.includesSlow = arguments.isSet(slow)
    if arguments.isSet(trace) {
      options.jobs = 1
      options.trace = { text in try? console.error.write(text) }
    }
    let files: [String]
    do throws(FixtureError) {
      files = try FixtureFile.files(below: paths)
    } catch {
      throw .input(error.file, error.reason)
    }

    let progress = Progress(console)
    let clock = ContinuousClock()
    let begin = clock.now
    let result = StateTestDriver(options: options).run(files) { state in
      // Nobody reads a line that cannot be written; the report will tell.
      try? progress.show(
        "\(state.files) of \(state.totalFiles) files, \(NumberText.grouped(UInt64(state.cases))) cases, "
          + "\(state.failures) failed")
    }
    try progress.clear()
    let report = StateTestSummary(result, seconds: begin.duration(to: clock.now).inSeconds)
    try console.write(report, arguments) { style in report.text(style: style) }
    return report.failed == 0 ? .done : .guestFailed
  }
}

extension ValueType where Value == Int {
  /// A number of threads.
  static let jobs = ValueType(placeholder: "N") { text throws(InvalidValue) in
    guard let value = Int(text), (1...1024).contains(value) else {
      throw InvalidValue(reason: "is not a number from 1 to 1024")
    }
    return value
  }
}

extension ValueType where Value == String {
  /// Any text.
  static func text(_ placeholder: String) -> ValueType {
    ValueType(placeholder: placeholder) { text throws(InvalidValue) in text }
  }
}
