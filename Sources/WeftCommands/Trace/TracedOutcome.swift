import Weft

/// How a recorded run of either instruction set ended, and its traces: what `weft check` and `weft trace` report on.
struct TracedOutcome {
  let path: String
  let outcome: Outcome
  let made: MadeTraces
  let threads: Int
}

extension TracedRun {
  var result: TracedOutcome {
    TracedOutcome(path: path, outcome: outcome, made: .rv32(circuit, made), threads: threads)
  }
}

extension TracedOutcome {
  /// Runs a file of EVM code with its accesses recorded and makes the traces. Ctrl-C ends the run, not the report.
  init(code path: String, _ arguments: Arguments, _ console: Console) throws(CommandError) {
    let threads = try TracedProgram.threadCount(arguments)
    let configuration = try TracedProgram.configuration(path, arguments, console)
    let extensions = try ExtensionOptions(arguments).load()
    let program = EVMProgram(
      code: try EVMCode.read(path, console: console), name: path,
      extensions: [PrecompilesExtension()] + extensions)
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
    do throws(EVMCircuitError) {
      let circuit = try EVMCircuit(memory: run.memory.configuration)
      let made = try circuit.makeTraces(of: run, threads: threads)
      self.init(path: path, outcome: outcome, made: .evm(circuit, made), threads: threads)
    } catch { throw CommandError(error, name: path) }
    try progress.clear()
  }
}
