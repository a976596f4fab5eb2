import Weft

/// `weft trace`: runs a program, makes its traces and tells how large they are.
enum TraceCommand {
  private static let summary = Flag("summary", help: "Show rows, columns, cells and padding per chip")

  static let command: Command = Command(
    name: "trace",
    abstract: "Make the traces of a run",
    discussion: """
      Runs the program with its instructions recorded and makes the traces. Chips
      without rows are absent. Padding is the part of the rows that fills a trace up
      to a power of two. With --segments the run is counted only, and cut where the
      traces of a segment would pass the limits.
      """,
    positionals: [TracedRun.program],
    options: [summary] + TracedRun.options + SegmentOptions.cutting + [WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    guard arguments.isSet(summary) else {
      throw .usage("\(arguments.command): --summary is needed: nothing else can be made of traces yet")
    }
    let segments = try SegmentOptions(arguments)
    let program = try TracedProgram(arguments, console)
    if let segments { return try SegmentCommands.plan(program, segments, arguments, console) }
    let run = try TracedRun(program, console)
    let report = TraceSummary(run)
    try console.write(report, arguments) { style in
      report.text(style: style).filteredForTerminal
    }
    return .done
  }
}
