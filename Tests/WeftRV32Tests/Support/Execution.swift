import Testing
import WeftMachine
import WeftMemory

@testable import WeftRV32

/// An engine in a mode.
struct Execution: Hashable, Sendable, CustomTestStringConvertible {
  var engine: Engine
  var mode: RunMode

  static let modes: [RunMode] = [
    .fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords),
  ]
  static let all = Engine.allCases.flatMap { engine in modes.map { Execution(engine: engine, mode: $0) } }

  var testDescription: String { "\(engine.rawValue) \(mode)" }
}

/// All that a run leaves behind and that must not depend on engine or mode.
struct FinalState: Equatable {
  var exit: WeftMachine.ExitStatus
  var instructions: UInt64
  var programCounter: UInt64
  var registers: [UInt32]
  var memory: MemoryImage
  var output: [UInt8]
  var errorOutput: [UInt8]
  var publicValues: [UInt8]

  init(_ machine: borrowing Machine) {
    let outcome = machine.outcome
    exit = outcome.exit
    instructions = outcome.instructions
    programCounter = machine.processor.programCounter
    registers = (0..<32).map { machine.processor.guest.peekRegister($0) }
    memory = machine.processor.guest.memory.pointee.image
    output = outcome.output
    errorOutput = outcome.errorOutput
    publicValues = outcome.publicValues
  }

  /// The trap that ended the run.
  var trap: Trap? {
    if case .trapped(let trap) = exit { trap } else { nil }
  }

  /// The little-endian word at an address of user memory.
  func word(_ address: UInt32) -> UInt32 {
    memory.bytes(at: MemoryAddress(.memory, address), count: 4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Everything that differs, one line each, for messages.
  func differences(from other: FinalState) -> String {
    var lines: [String] = []
    if exit != other.exit { lines.append("exit \(other.exit) against \(exit)") }
    if instructions != other.instructions {
      lines.append("\(other.instructions) against \(instructions) instructions")
    }
    if programCounter != other.programCounter {
      lines.append("pc \(hexadecimal(other.programCounter)) against \(hexadecimal(programCounter))")
    }
    for index in 0..<32 where registers[index] != other.registers[index] {
      lines.append(
        "x\(index) \(hexadecimal(other.registers[index])) against \(hexadecimal(registers[index]))")
    }
    if let address = memory.firstDifference(from: other.memory) { lines.append("memory at \(address)") }
    if output != other.output || errorOutput != other.errorOutput { lines.append("output") }
    if publicValues != other.publicValues { lines.append("public values") }
    return lines.joined(separator: "; ")
  }
}

/// Runs a program once. In recorded modes the records are checked as well.
func run(
  _ program: RV32Program, _ execution: Execution, extensions: [any VMExtension] = [],
  configure: (inout Machine.Configuration) -> Void = { _ in }
) throws -> FinalState {
  var configuration = Machine.Configuration.test(execution.engine)
  configure(&configuration)
  var machine = try Machine(program, configuration: configuration, extensions: extensions)
  _ = try machine.run(execution.mode)
  let state = FinalState(machine)
  if case .recorded = execution.mode {
    let run = try machine.finalize()
    #expect(run.memory.image == state.memory)
    if state.instructions < 20_000 { try run.memory.validate() }
  }
  return state
}

/// Runs a program on every engine in every mode and expects the same of all; gives the result of the first.
@discardableResult
func runEverywhere(
  _ program: RV32Program, extensions: [any VMExtension] = [], on executions: [Execution] = Execution.all,
  sourceLocation: SourceLocation = #_sourceLocation,
  configure: (inout Machine.Configuration) -> Void = { _ in }
) throws -> FinalState {
  let first = try run(program, executions[0], extensions: extensions, configure: configure)
  for execution in executions.dropFirst() {
    let state = try run(program, execution, extensions: extensions, configure: configure)
    if state != first {
      Issue.record(
        "\(execution.testDescription): \(state.differences(from: first))", sourceLocation: sourceLocation)
    }
  }
  #expect(first.registers[0] == 0, sourceLocation: sourceLocation)
  return first
}

/// The same for instruction words.
@discardableResult
func runEverywhere(
  _ code: [InstructionWord], data: [UInt8] = [], extensions: [any VMExtension] = [],
  on executions: [Execution] = Execution.all, sourceLocation: SourceLocation = #_sourceLocation,
  configure: (inout Machine.Configuration) -> Void = { _ in }
) throws -> FinalState {
  try runEverywhere(
    makeProgram(code, data: data), extensions: extensions, on: executions, sourceLocation: sourceLocation,
    configure: configure)
}
