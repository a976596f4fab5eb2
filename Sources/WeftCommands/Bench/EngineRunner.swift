import Weft

/// Runs a guest once on one engine in one mode and checks the result.
struct EngineRunner {
  let engine: Engine
  let mode: BenchmarkMode
  /// What the guest's machine has besides the standard instructions.
  var extensions: [any VMExtension] = []

  /// "threaded", "threaded recorded-kept".
  var name: String { mode == .fast ? engine.rawValue : "\(engine.rawValue) \(mode.rawValue)" }

  struct Sample {
    let instructions: UInt64
    /// From opening the file to the result.
    let seconds: Double
    /// From opening the file to the first instruction.
    let startUpSeconds: Double
    /// Bytes recorded; `nil` where none were, or nobody wanted to know.
    let recordBytes: Int?
    /// Over the records that a streamed run handed over; `nil` in other runs.
    let checksum: UInt64?
    let outcome: Outcome
  }

  /// - Parameters:
  ///   - instructionLimit: ends the run after so many instructions; the output must then be the beginning of
  ///     the expected one.
  ///   - measuresRecords: weighs the records that the run kept; those it streamed are always weighed.
  func run(
    _ guest: GuestProgram, _ workload: GuestProgram.Workload, instructionLimit: UInt64? = nil,
    measuresRecords: Bool = false
  ) throws(CommandError) -> Sample {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.limits.instructions = instructionLimit
    if !workload.input.isEmpty { configuration.input = [workload.input] }
    let consumer = mode.isStreamed ? RecordConsumer() : nil
    configuration.recordStream = consumer?.stream
    let clock = ContinuousClock()
    let begin = clock.now
    let program: RV32Program
    do {
      program = try RV32Program(contentsOf: guest.path)
    } catch {
      throw .input(guest.path, "\(error)")
    }
    let sample: Sample
    do throws(MachineError) {
      var machine = try Machine(program, configuration: configuration, extensions: extensions)
      try machine.start(mode.runMode)
      let ready = clock.now
      let outcome = try machine.resume()
      let end = clock.now
      let kept = measuresRecords ? try recordBytes(machine) : nil
      sample = Sample(
        instructions: outcome.instructions, seconds: begin.duration(to: end).inSeconds,
        startUpSeconds: begin.duration(to: ready).inSeconds,
        recordBytes: consumer?.byteCount ?? kept,
        checksum: consumer?.checksum, outcome: outcome)
    } catch {
      throw CommandError(error, name: guest.path)
    }
    try check(sample.outcome, of: guest, workload, instructionLimit)
    return sample
  }

  /// Bytes that a run kept; `nil` for modes that keep none.
  private func recordBytes(_ machine: consuming Machine) throws(MachineError) -> Int? {
    switch mode {
    case .fast, .metered, .recorded, .log: nil
    case .recordedKept: try RunReport.Records(machine, mode: .recorded)?.bytes
    case .logKept: try RunReport.Records(machine, mode: .recordedLog)?.bytes
    }
  }

  private func check(
    _ outcome: Outcome, of guest: GuestProgram, _ workload: GuestProgram.Workload,
    _ instructionLimit: UInt64?
  ) throws(CommandError) {
    let place = "\(guest.name), \(name)"
    if let instructionLimit, outcome.exit == .limit(.instructions(instructionLimit)) {
      guard outcome.instructions == instructionLimit else {
        throw CommandError(
          .mismatch, "\(place): \(outcome.instructions) instructions at a limit of \(instructionLimit)")
      }
      guard workload.output.starts(with: outcome.output) else {
        throw CommandError(.mismatch, "\(place): wrong output \(excerpt(of: outcome))")
      }
      return
    }
    guard outcome.exit == .halted(code: workload.exitCode) else {
      throw CommandError(.mismatch, "\(place): \(outcome.exit), expected code \(workload.exitCode)")
    }
    guard outcome.output == workload.output else {
      throw CommandError(.mismatch, "\(place): wrong output \(excerpt(of: outcome))")
    }
  }
}

/// The beginning of a guest's output, on one line.
private func excerpt(of outcome: Outcome) -> String { String(outcome.outputText.prefix(80)).debugDescription }

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
