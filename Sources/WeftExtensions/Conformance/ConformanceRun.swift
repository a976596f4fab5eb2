import WeftMachine
import WeftMemory
import WeftRV32

/// All that one run of a case leaves behind and that must not depend on engine or mode.
struct ConformanceRun: Equatable {
  var exit: ExitStatus
  var instructions: UInt64
  var memory: MemoryImage
  var output: [UInt8]

  /// An engine in a mode.
  struct Form: Sendable, Hashable, CustomStringConvertible {
    var engine: Engine
    var mode: RunMode

    static let all = Engine.allCases.flatMap { engine in
      [RunMode.fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords)].map {
        Form(engine: engine, mode: $0)
      }
    }

    var description: String {
      switch mode {
      case .fast: "\(engine.rawValue), fast"
      case .metered: "\(engine.rawValue), metered"
      case .recorded(.accessLog): "\(engine.rawValue), recorded as access log"
      case .recorded(.instructionRecords): "\(engine.rawValue), recorded"
      }
    }
  }

  /// - Parameter instructions: limit of instructions.
  static func configuration(_ engine: Engine, instructions: UInt64? = 1000) -> Machine.Configuration {
    var configuration = Machine.Configuration()
    configuration.engine = engine
    configuration.limits.memory = ConformanceCase.memorySize
    configuration.limits.instructions = instructions
    // A bulk instruction may read and write all of memory.
    configuration.limits.recordBytes = 256 << 20
    return configuration
  }

  /// Runs a program; in recorded modes the records are replayed and compared with memory.
  init(
    _ program: RV32Program, _ form: Form, _ extensions: [any VMExtension]
  ) throws(MachineError) {
    var machine = try Machine(
      program, configuration: Self.configuration(form.engine), extensions: extensions)
    let outcome = try machine.run(form.mode)
    try self.init(machine, outcome, validates: form.mode != .fast && form.mode != .metered)
  }

  init(
    _ machine: consuming Machine, _ outcome: Outcome, validates: Bool
  ) throws(MachineError) {
    exit = outcome.exit
    instructions = outcome.instructions
    output = outcome.output
    let run = try machine.finalize()
    memory = run.memory.image
    guard validates else { return }
    do throws(MemoryError) {
      try run.memory.validate()
    } catch { throw .memory(error) }
  }

  /// The rule that the extension broke, if that ended the run.
  var brokenRule: String? {
    guard case .trapped(let trap) = exit, case .misuse(_, let rule) = trap.cause else { return nil }
    return rule
  }

  /// What differs from another run, in one line; `nil` when nothing does.
  func difference(from other: ConformanceRun) -> String? {
    if exit != other.exit { return "\(exit), but \(other.exit)" }
    if instructions != other.instructions {
      return "\(instructions) instructions retired, but \(other.instructions)"
    }
    if output != other.output { return "the output differs" }
    guard let place = memory.firstDifference(from: other.memory) else { return nil }
    let (now, then) = (memory.bytes(at: place, count: 4), other.memory.bytes(at: place, count: 4))
    let name = place.space == .registers ? "x\(place.pointer / 4)" : "memory at \(place)"
    return "\(name) holds \(now), but \(then)"
  }
}
