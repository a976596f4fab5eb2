import WeftCircuit
import WeftMachine
import WeftMemory
import WeftRV32
import WeftRV32Circuit

// The chips of provable instructions: one run that has some executions of each, and an attack on its traces.
extension ConformanceSession {
  /// Executions of an instruction that the run should have, and cases that are tried for them.
  private static var executionCount: Int { 8 }
  private static var searchLimit: Int { 2000 }

  mutating func checkChips(_ instructions: [Instruction]) {
    do {
      var code: [UInt32] = []
      for instruction in instructions { code += try retiringCode(instruction) }
      let program = try ConformanceCase.program(code + [Self.breakpoint])
      let (circuit, made) = try traces(program, threads: 1)
      try examine(circuit, made, again: try traces(program, threads: 2).made)
      for instruction in instructions where made.traces[instruction.mnemonic] == nil {
        note("chips", "\(instruction.mnemonic): no row of its chip came about")
      }
    } catch {
      note("chips", "\(error)")
    }
  }

  private static var breakpoint: UInt32 { 0x0010_0073 }

  /// Code of some cases that do not trap. Instructions may trap on most operands, so that there is a search.
  private mutating func retiringCode(_ instruction: Instruction) throws -> [UInt32] {
    var code: [UInt32] = []
    var found = 0
    for _ in 0..<Self.searchLimit where found < Self.executionCount {
      var item = ConformanceCase(match: instruction.match, mask: instruction.mask, using: &random)
      item.words = Array(item.words.prefix(1))
      let form = ConformanceRun.Form(engine: .reference, mode: .fast)
      let run = try ConformanceRun(try item.program(), form, extensions)
      guard case .trapped(let trap) = run.exit, trap.cause == .breakpoint else { continue }
      code += item.code
      found += 1
    }
    if found == 0 {
      note(
        "chips",
        "\(instruction.mnemonic): none of \(Self.searchLimit) random cases retired, so that its chip was not tried"
      )
    }
    return code
  }

  private func traces(
    _ program: RV32Program, threads: Int
  ) throws -> (circuit: RV32Circuit, made: RV32Traces) {
    var machine = try Machine(
      program, configuration: ConformanceRun.configuration(.threaded, instructions: nil),
      extensions: extensions)
    _ = try machine.run(.recorded(.instructionRecords))
    let table = machine.table
    let run = try machine.finalize()
    let circuit = try RV32Circuit(memory: run.memory.configuration, instructions: table)
    let made = try circuit.makeTraces(
      of: run, program: try CircuitProgram(program, table: table), threads: threads)
    return (circuit, made)
  }

  private mutating func examine(_ circuit: RV32Circuit, _ made: RV32Traces, again: RV32Traces) throws {
    let report = try circuit.check(made)
    if !report.isAccepted { note("chips", "an honest run is rejected: \(report.description)") }
    for name in circuit.extensionNames where made.traces[name]?.main != again.traces[name]?.main {
      note("chips", "\(name): its rows are filled differently the second time")
    }
    var options = SoundnessAudit.Options()
    options.rowLimit = kit.attackedRows
    options.rowsPerKind = 1
    options.seed = kit.seed
    for report in try circuit.auditExtensions(of: made, options: options) {
      count("chips")
      for problem in report.dishonest + report.lint.map(\.description) + report.accepted.map(\.description) {
        note("chips", "\(report.air): \(problem)")
      }
    }
  }
}
