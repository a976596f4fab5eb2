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
  let made: MadeTraces
  let threads: Int

  /// Runs the program and makes its traces.
  init(_ arguments: Arguments, _ console: Console) throws(CommandError) {
    path = try arguments.value(Self.program)
    let inputPaths = try arguments.values(RunOptions.input)
    if ([path] + inputPaths).count(where: { $0 == "-" }) > 1 {
      throw .usage("\(arguments.command): '-' can be read only once")
    }
    threads = try Self.threadCount(arguments)
    var configuration = Machine.Configuration()
    configuration.limits = try RunOptions.limits(arguments)
    for path in inputPaths { configuration.input.append(try InputFile.read(path, console: console)) }
    if EVMCode.isCode(path: path) {
      let program = EVMProgram(
        code: try EVMCode.read(path, console: console), name: path, extensions: [PrecompilesExtension()])
      (outcome, made) = try Self.make(program, path, configuration, threads: threads, console)
      return
    }
    let extensions = try ExtensionOptions(arguments).load()
    let options = try RunOptions.programOptions(arguments)
    let program = try Self.load(path, options, configuration.limits.memory, console)
    let result = try Self.make(
      program, path, configuration, program.contractExtensions + extensions, threads: threads, console)
    (outcome, made) = (result.0, .rv32(result.1, result.2))
  }

  /// Runs EVM code with its accesses recorded and makes the traces. Ctrl-C ends the run, not the report.
  private static func make(
    _ program: EVMProgram, _ path: String, _ configuration: Machine.Configuration, threads: Int,
    _ console: Console
  ) throws(CommandError) -> (Outcome, MadeTraces) {
    let progress = Progress(console)
    try progress.show("\(path): running")
    let outcome: Outcome
    let run: Run
    do throws(MachineError) {
      var machine = try Machine(program, configuration: configuration)
      outcome = try console.interrupts.stopping(machine.interruptHandle) { () throws(MachineError) in
        try machine.run(.recorded(.accessLog))
      }
      run = try machine.finalize()
    } catch { throw CommandError(error, name: path) }
    try progress.show("\(path): making traces of \(NumberText.grouped(outcome.instructions)) instructions")
    let (circuit, made): (EVMCircuit, EVMTraces)
    do throws(EVMCircuitError) {
      circuit = try EVMCircuit(memory: run.memory.configuration)
      made = try circuit.makeTraces(of: run, threads: threads)
    } catch { throw CommandError(error, name: path) }
    try progress.clear()
    return (outcome, .evm(circuit, made))
  }

  static func threadCount(_ arguments: Arguments) throws(CommandError) -> Int {
    let count = try arguments.value(threads) ?? UInt64(Parallel.processorCount)
    guard (1...256).contains(count) else {
      throw .usage("\(arguments.command): --threads: \(count) is not a number from 1 to 256")
    }
    return Int(count)
  }

  private static func load(
    _ path: String, _ options: RV32Program.Options, _ memory: UInt64, _ console: Console
  ) throws(CommandError) -> RV32Program {
    let bytes = path == "-" ? try InputFile.read("-", console: console) : nil
    do {
      if let bytes { return try RV32Program(elf: bytes, options: options, memoryLimit: memory) }
      return try RV32Program(contentsOf: path, options: options, memoryLimit: memory)
    } catch { throw .input(path, "\(error)") }
  }

  /// Runs a program with its instructions recorded and makes the traces. Ctrl-C ends the run, not the report.
  static func make(
    _ program: RV32Program, _ path: String, _ configuration: Machine.Configuration,
    _ extensions: [any VMExtension], threads: Int, _ console: Console
  ) throws(CommandError) -> (Outcome, RV32Circuit, RV32Traces) {
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
    try progress.show("\(path): making traces of \(NumberText.grouped(outcome.instructions)) instructions")
    let (circuit, made): (RV32Circuit, RV32Traces)
    do throws(RV32CircuitError) {
      circuit = try RV32Circuit(
        memory: run.memory.configuration, environment: program.options.environment)
      made = try circuit.makeTraces(
        of: run, program: try CircuitProgram(program, table: table), threads: threads)
    } catch { throw CommandError(error, name: path) }
    try progress.clear()
    return (outcome, circuit, made)
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
    case .addressTooLarge, .codeChanged, .unexplained, .tooTall, .tooManyPublicValues:
      self = .input(name, "\(error)")
    case .badAddressBase, .notRecorded, .foreignRun, .trace, .memory, .memoryCircuit:
      self.init(.machine, "\(name): \(error)")
    }
  }
}
