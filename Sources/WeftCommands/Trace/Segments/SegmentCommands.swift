import Weft

/// What `weft check` and `weft trace` do with segments.
enum SegmentCommands {
  /// Cuts a run and shows where: no traces are made.
  static func plan(
    _ program: TracedProgram, _ options: SegmentOptions, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let output: SegmentedOutput
    do {
      let handle = InterruptHandle()
      var run = try program.segmentedRun(options.limits, handle)
      let progress = Progress(console)
      var segments: [SegmentedOutput.Segment] = []
      try console.interrupts.stopping(handle) {
        while let cut = try run.next() {
          try options.save(cut.segment)
          segments.append(SegmentedOutput.Segment(cut))
          try progress.show("\(program.path): \(segments.count) segments")
        }
      }
      try progress.clear()
      let outcome = run.outcome
      output = SegmentedOutput(
        program: program.path, exit: RunReport.Exit(outcome.exit), instructions: outcome.instructions,
        segments: segments)
    } catch { throw CommandError(error, name: program.path) }
    try console.write(output, arguments) { style in
      "\(style.bold(program.path))\n\n\(output.text(style: style))".filteredForTerminal
    }
    return .done
  }

  /// Cuts a run, makes and checks the traces of every segment, and that they chain.
  static func check(
    _ program: TracedProgram, _ options: SegmentOptions, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let result: SegmentedCheck
    do {
      try Progress(console).show("\(program.path): checking segments")
      let handle = InterruptHandle()
      result = try console.interrupts.stopping(handle) {
        try Waiting.result(threads: program.threads) {
          var run = try program.segmentedRun(options.limits, handle)
          return try await run.check(inFlight: program.threads) { try options.save($0.segment) }
        }
      }
      try Progress(console).clear()
    } catch { throw CommandError(error, name: program.path) }
    let segments = result.segments.map { SegmentedOutput.Segment($0) }
    let output = SegmentedCheckOutput(program.path, result, segments)
    try console.write(output, arguments) { style in
      text(program, result, output, style).filteredForTerminal
    }
    return result.isAccepted ? .done : .rejected
  }

  private static func text(
    _ program: TracedProgram, _ result: SegmentedCheck, _ output: SegmentedCheckOutput, _ style: Style
  ) -> String {
    let table = SegmentedOutput(
      program: output.program, exit: output.exit, instructions: output.instructions, segments: output.segments
    )
    let openness = CheckOutput.openness(output.unconstrained)
    var lines = [
      "\(style.bold(program.path)): " + (output.unconstrained.isEmpty ? openness : style.yellow(openness))
    ]
    lines += result.findings.map { style.red($0) }
    for segment in result.segments where !segment.report.isAccepted {
      lines.append(style.red("segment \(segment.index): \(segment.report)"))
    }
    let verdict =
      result.isAccepted
      ? style.green("accepted: the segments chain") : style.red("rejected: \(output.findings) findings")
    return (lines + ["", table.text(style: style) + verdict]).joined(separator: "\n") + "\n"
  }

  /// Makes the traces of one segment from its file and checks them.
  static func checkAlone(
    _ program: TracedProgram, _ file: String, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let segment: Segment
    do throws(SegmentFileError) { segment = try Segment(contentsOf: file) } catch {
      throw .input(file, "\(error)")
    }
    let output: SegmentCheckOutput
    do {
      let tracer = try SegmentTracer(
        program.program, configuration: program.configuration, extensions: program.extensions)
      let made = try tracer.traces(of: segment, threads: program.threads)
      let report = try tracer.check(made.traces, checker: Checker(threads: program.threads))
      output = SegmentCheckOutput(program.path, segment, made, report)
    } catch RV32CircuitError.memoryCircuit(let error) {
      // The file contradicts itself.
      throw .input(file, "\(error)")
    } catch { throw CommandError(error, name: program.path) }
    try console.write(output, arguments) { style in
      output.text(style: style).filteredForTerminal
    }
    return output.accepted ? .done : .rejected
  }
}
