import Weft

/// What `weft trace --output --segments` does: a directory with every segment's traces, each written as soon as it and
/// those before it are made.
enum SegmentExport {
  static func run(
    _ program: TracedProgram, _ options: SegmentOptions, to directory: String, resuming: Bool,
    showsSummary: Bool, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let output: SegmentedOutput
    do {
      let handle = InterruptHandle()
      output = try console.interrupts.stopping(handle) {
        try Waiting.result(threads: program.threads) {
          try await write(program, options, directory, resuming: resuming, handle, console)
        }
      }
    } catch { throw CommandError(error, name: program.path) }
    try console.write(output, arguments) { style in
      let table = showsSummary ? "\(style.bold(program.path))\n\n\(output.text(style: style))\n" : ""
      return (table + (output.export?.text(style: style) ?? "")).filteredForTerminal
    }
    return .done
  }

  /// Segments that are there already are cut, so that the run comes to those that are not, and left as they are.
  private static func write(
    _ program: TracedProgram, _ options: SegmentOptions, _ directory: String, resuming: Bool,
    _ handle: InterruptHandle, _ console: Console
  ) async throws -> SegmentedOutput {
    var run = try program.segmentedRun(options.limits, handle)
    let circuit = run.tracer.circuit
    var export = try TraceExport(
      directory, program.exportHeader(circuit, options.limits), circuit, resuming: resuming,
      threads: program.threads, console)
    var segments: [SegmentedOutput.Segment] = []
    if !export.isComplete {
      try await run.forEachTraces(inFlight: program.threads, skipping: export.segmentCount) { cut, made in
        try options.save(cut.segment)
        try export.append(cut, made)
        segments.append(SegmentedOutput.Segment(cut))
      }
      try export.complete()
    }
    let outcome = run.outcome
    return SegmentedOutput(
      program: program.path, exit: RunReport.Exit(outcome.exit), instructions: outcome.instructions,
      segments: segments, export: export.result)
  }
}
