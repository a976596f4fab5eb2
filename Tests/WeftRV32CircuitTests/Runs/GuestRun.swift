import FoundationEssentials
import Testing
import WeftCircuit
import WeftMachine
import WeftMemory
import WeftRV32

@testable import WeftRV32Circuit

/// Guests of the folder `programs/rv32` and runs of them.
enum Guests {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "programs/rv32").path

  static func program(
    _ name: String, options: RV32Program.Options = RV32Program.Options()
  ) throws -> RV32Program {
    try RV32Program(contentsOf: "\(folder)/\(name).elf", options: options, memoryLimit: 64 << 20)
  }

  /// Programs of the machine environment that leave their instructions as they are.
  static let machine = ["arithmetic", "misaligned", "privilege", "failing"]

  /// A program of the machine environment.
  static func machineProgram(_ name: String) throws -> RV32Program {
    try program("machine/\(name)/\(name)", options: RV32Program.Options(environment: .machine))
  }
}

/// A recorded run of a program.
struct RecordedRun {
  var configuration = Machine.Configuration()
  var extensions: [any VMExtension] = []
  var mode = RunMode.recorded(.instructionRecords)
  var threads = 2

  init(input: [[UInt8]] = [], instructions: UInt64? = nil) {
    configuration.limits.memory = 64 << 20
    configuration.input = input
    configuration.limits.instructions = instructions
  }

  func traces(_ program: RV32Program) throws -> (made: RV32Traces, circuit: RV32Circuit, outcome: Outcome) {
    var machine = try Machine(program, configuration: configuration, extensions: extensions)
    let circuitProgram = try CircuitProgram(program, table: machine.table)
    let outcome = try machine.run(mode)
    let run = try machine.finalize()
    let circuit = try RV32Circuit(
      memory: run.memory.configuration, environment: program.options.environment,
      instructions: circuitProgram.table)
    let made = try circuit.makeTraces(of: run, program: circuitProgram, threads: threads)
    return (made, circuit, outcome)
  }

  /// The traces of a run, checked.
  @discardableResult
  func checked(_ program: RV32Program) throws -> (made: RV32Traces, circuit: RV32Circuit, outcome: Outcome) {
    let result = try traces(program)
    let report = try result.circuit.check(result.made, checker: Checker(threads: threads))
    #expect(report.isAccepted, "\(program.name): \(report)")
    return result
  }
}
