import Weft

/// `weft check DIR`: checks a directory of traces without the program.
enum DirectoryCheck {
  static func run(
    _ path: String, _ arguments: Arguments, _ console: Console
  ) throws(CommandError) -> ExitCode {
    let own = [TracedRun.threads.name, ExtensionOptions.paths.name, ExtensionOptions.allowsForeign.name]
    for option in TracedRun.options + SegmentOptions.cutting where !own.contains(option.name) {
      if arguments.options[option.name] != nil {
        throw .usage("\(arguments.command): --\(option.name) is about programs, \(path) is a directory")
      }
    }
    let threads = try TracedProgram.threadCount(arguments)
    let instructions = try Self.instructions(arguments)
    let progress = Progress(console)
    try progress.show("\(path): reading")
    let reader: ExportReader
    let circuit: RV32Circuit
    do throws(ExportError) {
      reader = try ExportReader(path)
      circuit = try RV32Circuit(reader, instructions: instructions)
    } catch { throw CommandError(error) }
    let differences = circuit.differences(from: reader.airs)
    let trusts = arguments.isSet(CheckCommand.trustsConstraints)

    var output = DirectoryCheckOutput(reader, differences: differences, trustsConstraints: trusts)
    var claims: [SegmentClaim?] = []
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
      claims.append(SegmentClaim(traces, addressBase: circuit.environment.memoryBase))
      texts.append(report.description)
    }
    try progress.clear()
    output.join(claims, circuit)
    let result = output
    try console.write(result, arguments) { style in result.text(texts, style: style).filteredForTerminal }
    return result.accepted ? .done : .rejected
  }

  /// The instructions of the extensions that the command line names: their chips are in the circuit.
  private static func instructions(_ arguments: Arguments) throws(CommandError) -> InstructionTable {
    let extensions = try ExtensionOptions(arguments).load()
    do throws(RegistrationError) {
      var registry = ExtensionRegistry()
      for part in extensions { try registry.add(part) }
      return registry.freeze()
    } catch { throw CommandError(.extension, "\(error)") }
  }

  private static func traces(
    _ index: Int, _ reader: ExportReader, threads: Int
  ) throws(CommandError) -> (SegmentManifest, TraceSet) {
    do throws(ExportError) { return try reader.traces(of: index, threads: threads) } catch {
      throw CommandError(error)
    }
  }
}
