import Weft
import WeftEVM

/// `weft evm call`: calls a contract once.
enum EVMCallCommand {
  static let command: Command = Command(
    name: "call",
    abstract: "Call a contract, or run code",
    discussion: """
      The call stands alone: no transaction is around it, no fee, no intrinsic gas.
      Code comes as 0x and digits, or in a file: .hex with digits, .bin with digits or
      bytes, .json with an object that has it (code, deployedBytecode, bin-runtime,
      bytecode_runtime or bytecode). Accounts come as JSON: {ADDRESS: {balance, nonce,
      code, storage}}, as in Ethereum's tests.

      Extensions bring instructions, precompiled contracts and forks; --fork takes the
      names of their forks as well.

      A profile adds up gas by call stack and opcode; gas that a call hands on counts
      where it is used.
      """,
    positionals: [EVMCallOptions.target],
    options: EVMCallOptions.all
  ) { arguments, console throws(CommandError) in
    let options = try EVMCallOptions(arguments, console)
    return try EVMCall(options: options, console: console).run()
  }
}

/// A call that is carried out and reported.
struct EVMCall {
  let options: EVMCallOptions
  let console: Console

  /// The call as `weft evm call` reports it.
  func run() throws(CommandError) -> ExitCode {
    let (report, exitCode) = try execute()
    if options.isJSON {
      try JSONOutput.write(report, to: console)
    } else {
      try EVMCallSummary(report: report, style: console.style).write(to: console)
    }
    return exitCode
  }

  /// The call as `weft run` reports it.
  func runProgram() throws(CommandError) -> ExitCode {
    let (report, exitCode) = try execute()
    if options.isJSON {
      try JSONOutput.write(EVMRunReport(report, exitCode), to: console)
    } else {
      try EVMCallSummary(report: report, style: console.style).write(to: console)
    }
    return exitCode
  }

  private func execute() throws(CommandError) -> (EVMCallReport, ExitCode) {
    let evm = try makeEVM()
    let traceFile = try options.tracePath.map { path throws(CommandError) in try StreamedFile(path: path) }
    let profileFile = try ProfileFile(path: options.profilePath)
    let tracer = traceFile.map { file in EIP3155Tracer { file.write($0) } }
    let profiler = options.profilePath == nil ? nil : GasProfiler()
    evm.inspector = tracer ?? profiler

    let before = InMemoryState(fixtureAccounts: options.accounts)
    let state = JournaledState(before)
    let clock = ContinuousClock()
    let begin = clock.now
    let result = try call(evm, on: state, since: begin)
    let seconds = begin.duration(to: clock.now).inSeconds
    tracer?.finish(
      output: result.output, gasUsed: options.message.gas - result.gasLeft, isSuccess: result.isSuccess)
    try traceFile?.commit()
    try profileFile.commit(collapsedStacks: profiler?.collapsedStacks)

    let report = EVMCallReport(
      result, target: options.name, rules: options.rules,
      engine: (evm.inspector == nil ? options.engine : .reference).rawValue, gas: options.message.gas,
      changes: state.changes(), before: before, profiler: profiler, seconds: seconds)
    return (report, Self.exitCode(result.status))
  }

  static func exitCode(_ status: EVMResult.Status) -> ExitCode {
    switch status {
    case .success: .done
    case .reverted: .guestFailed
    // Gas and memory are limits that the caller has set.
    case .halted(.outOfGas), .halted(.memoryLimit): .limit
    case .halted: .guestTrapped
    }
  }

  private func makeEVM() throws(CommandError) -> EVM {
    var configuration = EVM.Configuration()
    configuration.memoryLimit = Int(options.memoryLimit)
    do throws(MachineError) {
      let evm = try EVM(
        rules: options.rules, extensions: options.extensions, configuration: configuration)
      evm.engine = options.engine
      return evm
    } catch { throw CommandError(error, name: options.name) }
  }

  /// Carries the call out. Ctrl-C and the time limit end it.
  private func call(
    _ evm: EVM, on state: JournaledState, since begin: ContinuousClock.Instant
  ) throws(CommandError) -> EVMResult {
    let handle = InterruptHandle()
    let deadline = options.timeout.map { begin + $0 }
    evm.shouldStop = { handle.isStopped || deadline.map { ContinuousClock.now > $0 } ?? false }
    defer { evm.shouldStop = nil }
    do throws(EVMError) {
      return try console.interrupts.stopping(handle) { () throws(EVMError) in
        try evm.call(options.message, in: options.block, on: state)
      }
    } catch {
      switch error {
      case .interrupted where handle.isStopped:
        throw CommandError(.interrupted, "\(options.name): interrupted")
      case .interrupted:
        let limit = options.timeout.map { NumberText.seconds($0.inSeconds) } ?? ""
        throw CommandError(.limit, "\(options.name): time limit of \(limit) reached")
      case .extensionFailed: throw CommandError(.extension, "\(options.name): \(error)")
      case .missingPrecompile, .database, .outOfMemory, .memory:
        throw CommandError(.machine, "\(options.name): \(error)")
      }
    }
  }
}
