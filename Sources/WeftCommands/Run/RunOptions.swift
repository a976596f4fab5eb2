import Weft

/// What `weft run` was asked for, read and checked.
struct RunOptions {
  /// `RunMode` as the command line spells it.
  enum Mode: String, Sendable, CaseIterable {
    case fast, metered, recorded
    case recordedLog = "recorded-log"

    var runMode: RunMode {
      switch self {
      case .fast: .fast
      case .metered: .metered
      case .recorded: .recorded(.instructionRecords)
      case .recordedLog: .recorded(.accessLog)
      }
    }
  }

  /// `GuestEnvironment` as the command line spells it.
  enum Environment: String, Sendable, CaseIterable {
    case user, machine

    var guestEnvironment: GuestEnvironment {
      switch self {
      case .user: .user
      case .machine: .machine
      }
    }

    /// Bytes of guest memory without `--memory`.
    var defaultMemory: UInt64 {
      switch self {
      case .user: Limits().memory
      case .machine: 16 << 20
      }
    }
  }

  static let program = Operand(
    "PROGRAM", .path("PROGRAM"),
    help: "ELF file (static RV32IM), - for standard input; or EVM code (.hex, .bin, .json)")
  static let input = Option(
    "input", .path("FILE"), repeatable: true, help: "Input item of the guest; - for standard input")
  static let engine = Option("engine", .choice(Engine.self), help: "How instructions are dispatched")
  static let mode = Option("mode", .choice(Mode.self), help: "How much the run remembers (default: fast)")
  static let maxInstructions = Option("max-instructions", .count, help: "Stop after exactly N instructions")
  static let memory = Option(
    "memory", .byteSize, help: "Guest memory, such as 64M (default: 256M, machine environment 16M)")
  static let timeout = Option("timeout", .seconds, help: "Stop after this much wall-clock time")
  static let profile = Option(
    "profile", .path("FILE"), help: "Write instructions per call stack, in collapsed form for flame graphs")
  static let environment = Option(
    "environment", .choice(Environment.self), help: "What surrounds the guest (default: user)")
  static let signature = Option(
    "signature", .path("FILE"), help: "Write the words of [begin_signature, end_signature); machine only")
  static let exit = Option(
    "exit", .choice(RV32Program.EndConvention.self), help: "How a machine program ends (default: ecall)")
  static let misaligned = Option(
    "misaligned", .choice(RV32Program.MisalignedAccess.self),
    help: "Misaligned loads and stores (default: trap, machine environment emulate)")

  static let all: [any Parameter] = [
    input, ExtensionOptions.paths, ExtensionOptions.allowsForeign, engine, mode, maxInstructions, memory,
    timeout, profile, environment, signature, exit, misaligned, EVMCallOptions.fork, WeftCommand.json,
  ]

  let programPath: String
  let inputPaths: [String]
  let extensions: ExtensionOptions
  let engine: Engine
  let mode: Mode
  let limits: Limits
  let profilePath: String?
  let signaturePath: String?
  let programOptions: RV32Program.Options
  let isJSON: Bool

  init(_ arguments: Arguments) throws(CommandError) {
    programPath = try arguments.value(Self.program)
    inputPaths = try arguments.values(Self.input)
    extensions = try ExtensionOptions(arguments)
    engine = try arguments.value(Self.engine) ?? .standard
    mode = try arguments.value(Self.mode) ?? .fast
    profilePath = try arguments.value(Self.profile)
    signaturePath = try arguments.value(Self.signature)
    isJSON = arguments.isSet(WeftCommand.json)
    programOptions = try Self.programOptions(arguments)
    limits = try Self.limits(arguments)
    try check(arguments.command)
  }

  static func programOptions(_ arguments: Arguments) throws(CommandError) -> RV32Program.Options {
    let environment = try arguments.value(environment) ?? .user
    let exit = try arguments.value(exit)
    if environment == .user, exit == .toHost {
      throw .usage("\(arguments.command): --exit tohost needs --environment machine")
    }
    return RV32Program.Options(
      environment: environment.guestEnvironment, misalignedAccess: try arguments.value(misaligned),
      endConvention: exit ?? .environmentCall)
  }

  static func limits(_ arguments: Arguments) throws(CommandError) -> Limits {
    let environment = try arguments.value(environment) ?? .user
    return Limits(
      instructions: try arguments.value(maxInstructions),
      memory: try arguments.value(memory) ?? environment.defaultMemory,
      wallClock: try arguments.value(timeout))
  }

  private func check(_ command: String) throws(CommandError) {
    if programOptions.environment == .user, signaturePath != nil {
      throw .usage("\(command): --signature needs --environment machine")
    }
    if profilePath != nil, mode != .fast {
      throw .usage("\(command): --profile needs --mode fast, got '\(mode.rawValue)'")
    }
    // Clocked modes, and profiles with them, keep a time per block and pointers of 29 bits.
    let largest: UInt64 = mode == .fast && profilePath == nil ? 4 << 30 : 512 << 20
    guard (4096...largest).contains(limits.memory), limits.memory % 4096 == 0 else {
      throw .usage(
        "\(command): --memory: \(limits.memory) bytes is not a multiple of 4096 from 4096 to \(largest)")
    }
    if ([programPath] + inputPaths).count(where: { $0 == "-" }) > 1 {
      throw .usage("\(command): '-' can be read only once")
    }
  }
}
