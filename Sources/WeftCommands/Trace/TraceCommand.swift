import Weft

/// `weft trace`: runs a program and makes its traces: sizes to look at, a directory to prove or study, a page.
enum TraceCommand {
  private static let summary = Flag("summary", help: "Show rows, columns, cells and padding per chip")
  private static let output = Option(
    "output", .path("DIR", completion: .directories), help: "Write the traces to a directory")
  private static let resume = Flag(
    "resume", help: "Go on from the whole segments that the directory has")
  private static let report = Option(
    "report", .path("FILE"), help: "Write a page (HTML) that shows the run and its traces")

  static let command: Command = Command(
    name: "trace",
    abstract: "Make the traces of a run",
    discussion: """
      Runs the program with its instructions recorded and makes the traces. Chips
      without rows are absent. Padding is the part of the rows that fills a trace up
      to a power of two. With --segments the run is cut where the traces of a segment
      would pass the limits.

      A directory holds a .npy file per chip, the constraints as data (airs.json) and
      the SHA-256 of every file; it appears segment by segment, each whole. Ctrl-C
      ends the command and keeps what is whole.
      """,
    positionals: [TracedRun.program],
    options: [summary, output, resume, report] + TracedRun.options + SegmentOptions.cutting
      + [WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let (directory, reportPath) = (try arguments.value(output), try arguments.value(report))
    guard arguments.isSet(summary) || directory != nil || reportPath != nil else {
      throw .usage("\(arguments.command): nothing to make: --summary, --output or --report is needed")
    }
    guard directory != nil || !arguments.isSet(resume) else {
      throw .usage("\(arguments.command): --resume needs --output")
    }
    let path = try arguments.value(TracedRun.program)
    if EVMCode.isCode(path: path) {
      guard directory == nil, reportPath == nil else {
        throw .usage("\(arguments.command): of runs of EVM code there is a summary, no directory and no page")
      }
      let summary = TraceSummary(try TracedOutcome(code: path, arguments, console))
      try console.write(summary, arguments) { style in summary.text(style: style).filteredForTerminal }
      return .done
    }
    let program = try TracedProgram(path, arguments, console)
    if let segments = try SegmentOptions(arguments) {
      guard reportPath == nil else {
        throw .usage("\(arguments.command): --report shows a run as one piece, without --segments")
      }
      guard let directory else { return try SegmentCommands.plan(program, segments, arguments, console) }
      return try SegmentExport.run(
        program, segments, to: directory, resuming: arguments.isSet(resume),
        showsSummary: arguments.isSet(summary), arguments, console)
    }
    // What cannot be written costs no run.
    let page = try ReportFile(path: reportPath)
    let wantsActivity = reportPath != nil
    guard let directory else {
      let run = try TracedRun(program, wantsActivity: wantsActivity, console)
      return try finish(run, nil, page, arguments, console)
    }

    let circuit = try program.makeCircuit()
    var export = try TraceExport(
      directory, program.exportHeader(circuit), circuit, resuming: arguments.isSet(resume),
      threads: program.threads, console)
    try Progress(console).clear()
    if export.isComplete, reportPath == nil, !arguments.isSet(summary) {
      let result = export.result
      try console.write(CompletedExport(export: result), arguments) { style in
        result.text(style: style).filteredForTerminal
      }
      return .done
    }
    let run = try TracedRun(program, wantsActivity: wantsActivity, console)
    try export.write(run)
    return try finish(run, export.result, page, arguments, console)
  }

  private static func finish(
    _ run: TracedRun, _ export: TraceExport.Result?, _ page: consuming ReportFile, _ arguments: Arguments,
    _ console: Console
  ) throws(CommandError) -> ExitCode {
    var result = TraceSummary(run.result)
    result.export = export
    result.report = try page.commit(run)
    let showsSummary = arguments.isSet(summary)
    let output = result
    try console.write(output, arguments) { style in
      var parts: [String] = []
      if showsSummary { parts.append(output.text(style: style)) }
      if let export { parts.append(export.text(style: style)) }
      if let report = output.report { parts.append("\(style.bold(report)): report\n") }
      return parts.joined(separator: "\n").filteredForTerminal
    }
    return .done
  }

  /// What is told of a directory that needed nothing.
  private struct CompletedExport: Codable {
    let export: TraceExport.Result
  }
}
