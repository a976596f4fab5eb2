import Weft

/// The directory that `weft trace --output` writes.
struct TraceExport: ~Copyable {
  /// What was written, and what was there.
  struct Result: Codable, Equatable {
    let directory: String
    let segments: Int
    /// Segments that an earlier run had written.
    let resumed: Int
    /// Bytes of cells that this run wrote.
    let bytes: Int
    /// Time that writing them took, until they were on the disk.
    let seconds: Double

    func text(style: Style) -> String {
      var text = "\(style.bold(directory)): \(segments) \(segments == 1 ? "segment" : "segments")"
      if resumed > 0 { text += ", \(resumed) of them from before" }
      if bytes > 0 {
        text += ", \(NumberText.bytes(UInt64(bytes))) written in \(NumberText.seconds(seconds))"
      }
      return text + "\n"
    }
  }

  private let directory: String
  private let console: Console
  private let resumed: Int
  private var seconds = 0.0
  private var writer: ExportWriter

  init(
    _ directory: String, _ header: ExportHeader, _ circuit: RV32Circuit, resuming: Bool, threads: Int,
    _ console: Console
  ) throws(CommandError) {
    writer = try Self.open(directory, header, circuit, resuming: resuming, threads: threads, console)
    resumed = writer.segmentCount
    self.directory = directory
    self.console = console
  }

  private static func open(
    _ directory: String, _ header: ExportHeader, _ circuit: RV32Circuit, resuming: Bool, threads: Int,
    _ console: Console
  ) throws(CommandError) -> ExportWriter {
    if resuming { try Progress(console).show("\(directory): verifying") }
    do throws(ExportError) {
      return try ExportWriter(
        directory, header: header, airs: circuit.exportedAIRs, resuming: resuming, threads: threads)
    } catch { throw CommandError(error) }
  }

  var segmentCount: Int { writer.segmentCount }

  var isComplete: Bool { writer.manifest.isComplete }

  var result: Result {
    Result(
      directory: directory, segments: writer.segmentCount, resumed: resumed, bytes: writer.writtenBytes,
      seconds: seconds)
  }

  /// Writes a run that is one segment, where it is not there.
  mutating func write(_ run: TracedRun) throws(CommandError) {
    if writer.segmentCount == 0 { try append(run.made, exit: run.outcome.exit, firstInstruction: 0) }
    try complete()
  }

  /// Writes the next segment of a run.
  mutating func append(_ cut: CutSegment, _ made: RV32Traces) throws(CommandError) {
    try append(
      made, exit: cut.ending ?? .paused,
      firstInstruction: cut.segment.start.processor.retiredInstructions)
  }

  /// What Ctrl-C has ended is none of the program's, and is not written.
  private mutating func append(
    _ made: RV32Traces, exit: ExitStatus, firstInstruction: UInt64
  ) throws(CommandError) {
    if case .limit(.stopped) = exit {
      throw CommandError(.interrupted, "\(directory): interrupted, \(writer.segmentCount) segments are whole")
    }
    let progress = Progress(console)
    let cells = NumberText.grouped(UInt64(made.traces.cellCount))
    try progress.show("\(directory): writing segment \(writer.segmentCount), \(cells) cells")
    let clock = ContinuousClock()
    let begin = clock.now
    do throws(ExportError) {
      try writer.append(made.exportSegment(exit: exit, firstInstruction: firstInstruction))
    } catch { throw CommandError(error) }
    seconds += begin.duration(to: clock.now).inSeconds
    try progress.clear()
  }

  /// Says that the last segment is there.
  mutating func complete() throws(CommandError) {
    do throws(ExportError) { try writer.complete() } catch { throw CommandError(error) }
  }
}

extension CommandError {
  /// What a file holds is bad input; what the system refuses while writing is not.
  init(_ error: ExportError) {
    switch error.reason {
    case .notEmpty: self.init(.usage, "\(error.file): not empty; --resume goes on from what is there")
    case .system(let operation, _) where operation == "open" || operation == "read":
      self.init(.input, error.description)
    case .system, .inUse: self.init(.output, error.description)
    case .unknownVersion, .malformed, .checksum, .otherRun, .traces: self.init(.input, error.description)
    }
  }
}
