import Weft

/// Measures one guest from its recorded run to checked traces.
struct TraceBenchmark {
  /// How long something takes by the clock, and on processors: other processes do not count there.
  struct Seconds {
    var clock: Double
    var processor: Double
  }

  /// One way from the program to the report.
  struct Sample {
    var instructions: UInt64
    /// Execution with records.
    var runSeconds: Double
    /// Records to traces, look-ups counted.
    var trace: Seconds
    var check: Seconds
    /// Traces to a directory on the disk; and the same bytes, as many files, without making them.
    var export: Double
    var plainWrite: Double
    var exportBytes: Int
    /// Records and traces to a page.
    var report: Double
    /// Rows that hold something.
    var rows: Int
    /// Cells of all chips but the fixed look-up tables, whose size does not depend on the run.
    var cells: Int
    var recordBytes: Int
    /// Bytes of all traces, fixed columns included.
    var traceBytes: Int
    /// Most memory of the process above what it had before, up to the end of trace generation; nil where the system
    /// does not tell.
    var peakBytes: Int?
  }

  let guest: GuestProgram
  let instructionLimit: UInt64
  /// Where directories of traces are written.
  let scratch: String
  /// By number of threads.
  private(set) var samples: [Int: [Sample]] = [:]

  init(_ guest: GuestProgram, instructionLimit: UInt64, scratch: String) {
    self.guest = guest
    self.scratch = scratch
    self.instructionLimit = instructionLimit
  }

  /// Takes one sample; the traces must be accepted, and be as large as before.
  mutating func measure(threads: Int) throws(CommandError) {
    let sample: Sample
    do { sample = try makeSample(threads: threads) } catch { throw CommandError(error, name: guest.path) }
    if let first = samples.values.first?.first,
      (first.instructions, first.rows, first.cells) != (sample.instructions, sample.rows, sample.cells)
    {
      throw CommandError(.mismatch, "\(guest.name): traces of another size than before")
    }
    samples[threads, default: []].append(sample)
  }

  private func makeSample(threads: Int) throws -> Sample {
    let workload = guest.long ?? guest.short
    var configuration = Machine.Configuration()
    configuration.limits.instructions = instructionLimit
    if !workload.input.isEmpty { configuration.input = [workload.input] }
    let program = try RV32Program(contentsOf: guest.path)
    let hasPeak = ProcessUsage.resetPeak()
    let before = ProcessUsage.resident
    let clock = ContinuousClock()

    var machine = try Machine(program, configuration: configuration)
    let outcome = try machine.run(.recorded(.instructionRecords))
    guard workload.output.starts(with: outcome.output),
      outcome.exit == .limit(.instructions(instructionLimit))
        || outcome.exit == .halted(code: workload.exitCode)
    else {
      throw CommandError(.mismatch, "\(guest.name): \(outcome.exit), not as expected")
    }
    let table = machine.table
    let run = try machine.finalize()
    let recordBytes = run.records?.byteCount ?? 0
    let circuit = try RV32Circuit(memory: run.memory.configuration)
    let circuitProgram = try CircuitProgram(program, table: table)
    let reading = clock.now
    let activity = try RunActivity(run, program: program, table: table)
    let readingSeconds = reading.duration(to: clock.now).inSeconds

    let begin = (clock.now, ProcessUsage.processorSeconds)
    let made = try circuit.makeTraces(of: run, program: circuitProgram, threads: threads)
    let filled = (clock.now, ProcessUsage.processorSeconds)
    let peak = hasPeak ? ProcessUsage.peak : nil
    let report = try circuit.check(made, checker: Checker(threads: threads))
    let checked = (clock.now, ProcessUsage.processorSeconds)
    guard report.isAccepted else {
      throw CommandError(.mismatch, "\(guest.name): the traces are rejected\n\(report)")
    }
    let traced = TracedRun(
      path: guest.path, outcome: outcome, circuit: circuit, made: made, activity: activity, threads: threads)
    let drawing = clock.now
    let page = ReportPage(traced, activity).html
    let drawingSeconds = drawing.duration(to: clock.now).inSeconds
    guard page.contains("id=\"figure-cells\" data-v=\"\(made.traces.cellCount)\"") else {
      throw CommandError(.mismatch, "\(guest.name): the report does not have the traces' cells")
    }
    let export = try ExportBenchmark(scratch).measure(traced)
    let tables: Set = ["RangeTable", "BitwiseTable"]
    let chips = made.traces.airs.filter { !tables.contains($0.air.name) }
    let traceBytes = made.traces.airs.reduce(0) {
      $0 + 4 * ($1.cellCount + ($1.preprocessed?.cellCount ?? 0))
    }
    return Sample(
      instructions: outcome.instructions, runSeconds: outcome.seconds,
      trace: Seconds(from: begin, to: filled), check: Seconds(from: filled, to: checked),
      export: export.seconds, plainWrite: export.plainSeconds, exportBytes: export.bytes,
      report: readingSeconds + drawingSeconds,
      rows: chips.reduce(0) { $0 + $1.rowCount },
      cells: chips.reduce(0) { $0 + $1.cellCount }, recordBytes: recordBytes, traceBytes: traceBytes,
      peakBytes: peak.flatMap { peak in before.map { Int(clamping: peak > $0 ? peak - $0 : 0) } })
  }
}

extension TraceBenchmark.Seconds {
  init(from begin: (ContinuousClock.Instant, Double), to end: (ContinuousClock.Instant, Double)) {
    self.init(clock: begin.0.duration(to: end.0).inSeconds, processor: end.1 - begin.1)
  }
}
