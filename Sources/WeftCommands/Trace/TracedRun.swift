import Weft

/// A recorded run of a program and its traces, as `weft check` and `weft trace` make them.
struct TracedRun {
  static let program = Operand(
    "PROGRAM", .path("PROGRAM"),
    help: "ELF file (static RV32IM), - for standard input, or EVM code (.hex, .bin, .json)")
  static let threads = Option("threads", .count, help: "Threads that work (default: one per processor)")

  static let options: [any Parameter] = [
    RunOptions.input, ExtensionOptions.paths, ExtensionOptions.allowsForeign, RunOptions.maxInstructions,
    RunOptions.memory, RunOptions.timeout, RunOptions.environment, RunOptions.exit, RunOptions.misaligned,
    threads,
  ]

  let path: String
  let outcome: Outcome
  let circuit: RV32Circuit
  let made: RV32Traces
  /// What the run did, where it was asked for.
  let activity: RunActivity?
  let threads: Int
}

extension TracedRun {
  /// Runs the program and makes its traces.
  init(
    _ program: TracedProgram, wantsActivity: Bool = false, _ console: Console
  ) throws(CommandError) {
    path = program.path
    threads = program.threads
    (outcome, circuit, made, activity) = try Self.make(
      program.program, path, program.configuration, program.extensions, threads: threads,
      wantsActivity: wantsActivity, console)
  }

  /// Runs a program with its instructions recorded and makes the traces. Ctrl-C ends the run, not the report.
  static func make(
    _ program: RV32Program, _ path: String, _ configuration: Machine.Configuration,
    _ extensions: [any VMExtension], threads: Int, wantsActivity: Bool = false, _ console: Console
  ) throws(CommandError) -> (Outcome, RV32Circuit, RV32Traces, RunActivity?) {
    let progress = Progress(console)
    try progress.show("\(path): running")
    let outcome: Outcome
    let run: Run
    let table: InstructionTable
    do throws(MachineError) {
      var machine = try Machine(program, configuration: configuration, extensions: extensions)
      outcome = try console.interrupts.stopping(machine.interruptHandle) { () throws(MachineError) in
        try machine.run(.recorded(.instructionRecords))
      }
      table = machine.table
      run = try machine.finalize()
    } catch { throw CommandError(error, name: path) }
    let activity: RunActivity?
    do throws(MachineError) {
      activity = wantsActivity ? try RunActivity(run, program: program, table: table) : nil
    } catch { throw CommandError(error, name: path) }
    try progress.show("\(path): making traces of \(NumberText.grouped(outcome.instructions)) instructions")
    let (circuit, made): (RV32Circuit, RV32Traces)
    do throws(RV32CircuitError) {
      circuit = try RV32Circuit(
        memory: run.memory.configuration, environment: program.options.environment, instructions: table)
      made = try circuit.makeTraces(
        of: run, program: try CircuitProgram(program, table: table), threads: threads)
    } catch { throw CommandError(error, name: path) }
    try progress.clear()
    return (outcome, circuit, made, activity)
  }
}

extension CommandError {
  /// - Parameter name: the program's file.
  init(_ error: any Error, name: String) {
    switch error {
    case let error as CommandError: self = error
    case let error as MachineError: self.init(error, name: name)
    case let error as RV32CircuitError: self.init(error, name: name)
    default: self.init(.machine, "\(name): \(error)")
    }
  }

  /// - Parameter name: the program's file.
  init(_ error: EVMCircuitError, name: String) {
    switch error {
    case .tooTall: self = .input(name, "\(error)")
    case .notRecorded, .unexplained, .trace, .memoryCircuit: self.init(.machine, "\(name): \(error)")
    }
  }

  /// - Parameter name: the program's file.
  init(_ error: RV32CircuitError, name: String) {
    switch error {
    case .machine(let error): self.init(error, name: name)
    // What the program does cannot be traced.
    case .addressTooLarge, .codeChanged, .unexplained, .tooTall, .tooManyPublicValues, .instructionTooLarge,
      .badSegment:
      self = .input(name, "\(error)")
    case .unsoundChips: self = CommandError(.extension, "\(name): \(error)")
    case .invalidSegmentLimits: self = .usage("\(name): \(error)")
    case .badAddressBase, .notRecorded, .foreignRun, .trace, .memory, .memoryCircuit:
      self.init(.machine, "\(name): \(error)")
    }
  }
}
