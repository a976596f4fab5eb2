import Weft

/// `weft check`: runs a program, makes its traces and checks them.
enum CheckCommand {
  static let command: Command = Command(
    name: "check",
    abstract: "Check the traces of a run",
    discussion: """
      Runs the program with its instructions recorded, makes the traces and checks
      every constraint in every row and the balance of every bus. The first line says
      what is not constrained: results of environment calls and of instructions that
      no chip explains are advice, as are hints; their accesses are constrained.

      Of EVM code, and of contracts that an RV32 program calls, every access is
      constrained and the meaning of no instruction.

      A run that reaches a limit or traps gives the traces of what retired.
      """,
    positionals: [TracedRun.program],
    options: TracedRun.options + [WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    let run = try TracedRun(arguments, console)
    let progress = Progress(console)
    try progress.show("\(run.path): checking \(NumberText.grouped(UInt64(run.made.traces.cellCount))) cells")
    let result: CheckReport
    do throws(TraceError) {
      result = try run.made.check(Checker(threads: run.threads))
    } catch { throw CommandError(RV32CircuitError.trace(error), name: run.path) }
    try progress.clear()
    try console.write(CheckOutput(run, result), arguments) { style in text(run, result, style) }
    return result.isAccepted ? .done : .rejected
  }

  private static func text(_ run: TracedRun, _ result: CheckReport, _ style: Style) -> String {
    let openness = run.made.openness
    let isWhole = run.made.isFullyConstrained
    var lines = ["\(style.bold(run.path)): " + (isWhole ? style.green(openness) : style.yellow(openness))]
    lines.append("run: \(run.outcome.exit), \(NumberText.grouped(run.outcome.instructions)) instructions")
    let findings = result.description.split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if let verdict = findings.first {
      lines.append(result.isAccepted ? style.green(verdict) : style.red(verdict))
    }
    return (lines + findings.dropFirst()).joined(separator: "\n").filteredForTerminal + "\n"
  }
}
