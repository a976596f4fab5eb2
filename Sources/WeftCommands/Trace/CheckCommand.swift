import Weft

/// `weft check`: checks the traces of a program's run, or those of a directory.
enum CheckCommand {
  private static let subject = Operand(
    "PROGRAM|DIR", .path("PROGRAM|DIR"),
    help: "As for weft trace; or a directory that it has written")
  static let trustsConstraints = Flag(
    "trust-constraints", help: "Accept a directory whose constraints are not this version's")

  static let command: Command = Command(
    name: "check",
    abstract: "Check the traces of a run",
    discussion: """
      Runs the program with its instructions recorded, makes the traces and checks
      every constraint in every row and the balance of every bus. The first line says
      what is not constrained: results of environment calls and of instructions that
      no chip explains are advice, as are hints; their accesses are constrained.

      Of EVM code, and of contracts that an RV32 program calls, every access is
      constrained and the meaning of no instruction.

      A run that reaches a limit or traps gives the traces of what retired.

      A long run can be cut into segments within limits. Their traces are made and
      checked as many at a time as there are threads, and that the segments chain.
      Each of them can be made again from its file alone.

      A directory is checked without the program: every byte against its SHA-256,
      its constraints against those of this version of Weft, then the traces. That
      they are traces of a certain program, its commitment tells.
      """,
    positionals: [subject],
    options: TracedRun.options + SegmentOptions.cutting
      + [SegmentOptions.file, trustsConstraints, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    let path = try arguments.value(subject)
    if InputFile.isDirectory(path) { return try DirectoryCheck.run(path, arguments, console) }
    guard !arguments.isSet(trustsConstraints) else {
      throw .usage("\(arguments.command): --\(trustsConstraints.name) is about directories")
    }
    let segments = try SegmentOptions(arguments)
    let file = try arguments.value(SegmentOptions.file)
    if segments != nil, file != nil {
      throw .usage("\(arguments.command): --segments and --segment exclude each other")
    }
    if EVMCode.isCode(path: path) {
      guard segments == nil, file == nil else {
        throw .usage("\(arguments.command): runs of EVM code have no segments")
      }
      return try check(try TracedOutcome(code: path, arguments, console), arguments, console)
    }
    let program = try TracedProgram(path, arguments, console)
    if let segments { return try SegmentCommands.check(program, segments, arguments, console) }
    if let file { return try SegmentCommands.checkAlone(program, file, arguments, console) }
    return try check(try TracedRun(program, console).result, arguments, console)
  }

  private static func check(
    _ run: TracedOutcome, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let progress = Progress(console)
    try progress.show("\(run.path): checking \(NumberText.grouped(UInt64(run.made.traces.cellCount))) cells")
    let result: CheckReport
    do throws(TraceError) {
      result = try run.made.check(Checker(threads: run.threads))
    } catch { throw CommandError(RV32CircuitError.trace(error), name: run.path) }
    try progress.clear()
    try console.write(CheckOutput(run, result), arguments) { style in text(run, result, style) }
    return result.isAccepted ? .done : .rejected
  }

  private static func text(_ run: TracedOutcome, _ result: CheckReport, _ style: Style) -> String {
    let openness = run.made.openness
    let isWhole = run.made.isFullyConstrained
    var lines = ["\(style.bold(run.path)): " + (isWhole ? style.green(openness) : style.yellow(openness))]
    lines.append("run: \(run.outcome.exit), \(NumberText.grouped(run.outcome.instructions)) instructions")
    let findings = result.description.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if let verdict = findings.first {
      lines.append(result.isAccepted ? style.green(verdict) : style.red(verdict))
    }
    return (lines + findings.dropFirst()).joined(separator: "\n").filteredForTerminal + "\n"
  }
}
