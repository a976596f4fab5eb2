import Weft

/// `weft run`: runs one guest program and reports how it went.
enum RunCommand {
  static let command: Command = Command(
    name: "run",
    abstract: "Run a guest program",
    discussion: """
      The guest's output goes to standard output as it is written, a summary to
      standard error. Control sequences in the output are filtered where it is shown
      on a terminal.

      Modes: fast keeps no records; metered counts instructions; recorded keeps one
      record per instruction; recorded-log keeps the log of all memory accesses.

      Files that end in .hex, .bin or .json are EVM code: --input is its call data,
      --fork its rules; 'weft evm call' has what else an EVM call wants.
      """,
    positionals: [RunOptions.program],
    options: RunOptions.all
  ) { arguments, console throws(CommandError) in
    if EVMCode.isCode(path: try arguments.value(RunOptions.program)) {
      return try EVMCall(options: EVMCallOptions(run: arguments, console), console: console).runProgram()
    }
    if arguments.options[EVMCallOptions.fork.name] != nil {
      throw .usage("\(arguments.command): --fork is for EVM code")
    }
    return try run(RunOptions(arguments), console)
  }

  private static func run(_ options: RunOptions, _ console: Console) throws(CommandError) -> ExitCode {
    let program = try load(options, console)
    let guestOutput = GuestOutput(console)
    var machine = try makeMachine(program, options, guestOutput, console)
    let profileFile = try ProfileFile(path: options.profilePath)
    let signatureFile = try SignatureFile(path: options.signaturePath)
    let (outcome, profile) = try execute(&machine, options, console)
    try profileFile.commit(profile)
    try signatureFile.commit(machine.signature(), of: options.programPath)
    let report = try makeReport(machine, outcome, profile, options)
    return try RunOutput(
      report: report, outcome: outcome, options: options, guestOutput: guestOutput, console: console
    ).write()
  }

  /// Runs the program, with a profile where one is wanted. Ctrl-C ends the run, not the report.
  private static func execute(
    _ machine: inout Machine, _ options: RunOptions, _ console: Console
  ) throws(CommandError) -> (Outcome, Profile?) {
    do {
      return try console.interrupts.stopping(machine.interruptHandle) { () throws(MachineError) in
        if options.profilePath != nil { return try machine.profile() }
        return (try machine.run(options.mode.runMode), nil)
      }
    } catch {
      throw CommandError(error, name: options.programPath)
    }
  }

  private static func load(
    _ options: RunOptions, _ console: Console
  ) throws(CommandError) -> RV32Program {
    let bytes = options.programPath == "-" ? try InputFile.read("-", console: console) : nil
    do {
      if let bytes {
        return try RV32Program(
          elf: bytes, options: options.programOptions, memoryLimit: options.limits.memory)
      }
      return try RV32Program(
        contentsOf: options.programPath, options: options.programOptions, memoryLimit: options.limits.memory)
    } catch {
      throw .input(options.programPath, "\(error)")
    }
  }

  private static func makeMachine(
    _ program: RV32Program, _ options: RunOptions, _ guestOutput: GuestOutput, _ console: Console
  ) throws(CommandError) -> Machine {
    var configuration = Machine.Configuration()
    configuration.limits = options.limits
    configuration.engine = options.engine
    if !options.isJSON { configuration.outputHandler = guestOutput.handler }
    for path in options.inputPaths {
      configuration.input.append(try InputFile.read(path, console: console))
    }
    let extensions = program.contractExtensions + (try options.extensions.load())
    do {
      return try Machine(program, configuration: configuration, extensions: extensions)
    } catch {
      throw CommandError(error, name: options.programPath)
    }
  }

  private static func makeReport(
    _ machine: consuming Machine, _ outcome: Outcome, _ profile: Profile?, _ options: RunOptions
  ) throws(CommandError) -> RunReport {
    let counts = options.mode == .metered ? machine.instructionCounts : nil
    let records: RunReport.Records?
    do {
      records = try RunReport.Records(machine, mode: options.mode)
    } catch {
      throw CommandError(error, name: options.programPath)
    }
    return RunReport(
      program: options.programPath, mode: profile == nil ? options.mode.rawValue : "profile",
      outcome: outcome, counts: counts, records: records,
      profile: profile)
  }
}

extension RunReport.Records {
  /// Ends the run and measures what it recorded; `nil` for modes without records.
  init?(_ machine: consuming Machine, mode: RunOptions.Mode) throws(MachineError) {
    switch mode {
    case .fast, .metered: return nil
    case .recorded, .recordedLog:
      let run = try machine.finalize()
      if let records = run.records {
        self.init(count: records.count, bytes: records.byteCount)
      } else {
        self.init(count: run.memory.accessLog.count, bytes: run.memory.accessLog.byteCount)
      }
    }
  }
}
