import Weft

/// `weft check DIR`: checks a directory of traces without the program.
enum DirectoryCheck {
  static func run(
    _ path: String, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    for option in TracedRun.options where option.name != TracedRun.threads.name {
      if arguments.options[option.name] != nil {
        throw .usage("\(arguments.command): --\(option.name) is about programs, \(path) is a directory")
      }
    }
    let threads = try TracedProgram.threadCount(arguments)
    let progress = Progress(console)
    try progress.show("\(path): reading")
    let reader: ExportReader
    let circuit: RV32Circuit
    do throws(ExportError) {
      reader = try ExportReader(path)
      circuit = try RV32Circuit(reader)
    } catch { throw CommandError(error) }
    let differences = circuit.differences(from: reader.airs)
    let trusts = arguments.isSet(CheckCommand.trustsConstraints)

    var output = DirectoryCheckOutput(reader, differences: differences, trustsConstraints: trusts)
    var texts: [String] = []
    for index in 0..<reader.segmentCount {
      try progress.show("\(path): checking segment \(index + 1) of \(reader.segmentCount)")
      let (manifest, traces) = try self.traces(index, reader, threads: threads)
      let report: CheckReport
      do throws(TraceError) {
        let checker = Checker(threads: threads)
        // Where the constraints are the directory's own, there is no circuit to hold its AIRs against.
        if differences.isEmpty {
          let committed = Dictionary(
            traces.airs.map { ($0.air.name, $0.cached) }, uniquingKeysWith: { first, _ in first })
          report = try circuit.check(traces, committed: committed, checker: checker)
        } else {
          var found = try checker.check(traces)
          let required = reader.airs.filter(\.isRequired).map(\.description.name)
          found.otherFindings += traces.presenceFindings(required: required)
          report = found
        }
      } catch { throw CommandError(RV32CircuitError.trace(error), name: path) }
      output.add(manifest, traces, report)
      texts.append(report.description)
    }
    try progress.clear()
    let result = output
    try console.write(result, arguments) { style in result.text(texts, style: style).filteredForTerminal }
    return result.accepted ? .done : .rejected
  }

  private static func traces(
    _ index: Int, _ reader: ExportReader, threads: Int
  ) throws(CommandError) -> (SegmentManifest, TraceSet) {
    do throws(ExportError) { return try reader.traces(of: index, threads: threads) } catch {
      throw CommandError(error)
    }
  }
}
