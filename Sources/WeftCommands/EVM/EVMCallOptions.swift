import Weft
import WeftEVM
import WeftFixtures
import WeftPrecompiles

/// What `weft evm call` was asked for, read and checked.
struct EVMCallOptions {
  static let target = Operand(
    "TARGET", .path("TARGET"), help: "Address of a contract in --state, code in hexadecimal digits, or a file"
  )
  static let create = Flag("create", help: "TARGET is init code: create a contract")
  static let from = Option("from", .address, help: "Caller (default: 0x00…00ca11)")
  static let to = Option("to", .address, help: "Where given code stands (default: 0x00…00c0de)")
  static let data = Option(
    "data", .hexadecimalBytes, help: "Call data; with --create arguments of the init code")
  static let input = Option(
    "input", .path("FILE"), help: "Call data from a file's bytes; - for standard input")
  static let value = Option("value", .word, help: "Wei that goes along (default: 0)")
  static let gas = Option("gas", .count, help: "Gas (default: 30000000)")
  static let fork = Option(
    "fork", .forkName, help: "Rules: a fork, or one that an extension defines (default: osaka)")
  static let state = Option("state", .path("FILE"), help: "Accounts to begin with, as JSON")
  static let isStatic = Flag("static", help: "A static call: changes of the state halt it")
  static let coinbase = Option("coinbase", .address, help: "The block's coinbase (default: zero)")
  static let number = Option("number", .count, help: "The block's number (default: 1)")
  static let timestamp = Option("timestamp", .count, help: "The block's time in seconds (default: 1)")
  static let baseFee = Option("base-fee", .word, help: "The block's base fee (default: 0)")
  static let random = Option("random", .word, help: "PREVRANDAO, before Paris DIFFICULTY (default: 0)")
  static let engine = Option("engine", .choice(EngineChoice.self), help: "How instructions are dispatched")
  static let memory = Option("memory", .byteSize, help: "Memory of all frames together (default: 256M)")
  static let timeout = Option("timeout", .seconds, help: "Stop after this much wall-clock time")
  static let trace = Option("trace", .path("FILE"), help: "Write every instruction (EIP-3155)")
  static let profile = Option("profile", .path("FILE"), help: "Write gas by call stack, for flame graphs")

  static let all: [any Parameter] = [
    create, from, to, data, input, value, gas, fork, ExtensionOptions.paths, state, isStatic, coinbase,
    number, timestamp, baseFee, random,
    engine, memory, timeout, trace, profile, WeftCommand.json,
  ]

  /// The engines that run EVM code.
  enum EngineChoice: String, Sendable, CaseIterable {
    case reference, threaded

    var engine: Engine { self == .reference ? .reference : .threaded }
  }

  /// Who calls and where code stands, where nobody says otherwise.
  static let standardCaller = Address(word: UInt256(0xca11))
  static let standardTarget = Address(word: UInt256(0xc0de))

  /// How the call is named in reports.
  var name: String
  var rules: EVMRules
  /// What the EVM has besides the rules' own instructions.
  var extensions: [any VMExtension]
  var message: EVMMessage
  var accounts: [FixtureAccount]
  var block: BlockEnvironment
  var engine: Engine
  var memoryLimit: UInt64
  var timeout: Duration?
  var tracePath: String?
  var profilePath: String?
  var isJSON: Bool

  init(_ arguments: Arguments, _ console: Console) throws(CommandError) {
    name = try arguments.value(Self.target)
    (rules, extensions) = try Self.rules(arguments)
    engine = try arguments.value(Self.engine)?.engine ?? .standard
    memoryLimit = try arguments.value(Self.memory) ?? 256 << 20
    timeout = try arguments.value(Self.timeout)
    tracePath = try arguments.value(Self.trace)
    profilePath = try arguments.value(Self.profile)
    isJSON = arguments.isSet(WeftCommand.json)
    guard (4096...(16 << 30)).contains(memoryLimit) else {
      throw .usage("\(arguments.command): --memory: \(memoryLimit) bytes is not from 4096 to 16G")
    }
    if tracePath != nil, profilePath != nil {
      throw .usage("\(arguments.command): --trace and --profile exclude each other")
    }
    let statePath = try arguments.value(Self.state)
    accounts =
      try statePath.map { path throws(CommandError) in
        try EVMStateFile.read(path, console: console)
      } ?? []
    block = BlockEnvironment(
      coinbase: try arguments.value(Self.coinbase) ?? .zero, number: try arguments.value(Self.number) ?? 1,
      timestamp: try arguments.value(Self.timestamp) ?? 1, random: try arguments.value(Self.random) ?? .zero,
      baseFee: try arguments.value(Self.baseFee) ?? .zero)

    let code = try Self.code(name, console)
    var input = try arguments.value(Self.data) ?? []
    if let path = try arguments.value(Self.input) {
      guard input.isEmpty else { throw .usage("\(arguments.command): --data and --input exclude each other") }
      input = try InputFile.read(path, console: console)
    }
    message = EVMMessage(
      caller: try arguments.value(Self.from) ?? Self.standardCaller, target: nil,
      value: try arguments.value(Self.value) ?? .zero, gas: try arguments.value(Self.gas) ?? 30_000_000)
    message.isStatic = arguments.isSet(Self.isStatic)
    if rules.fork >= .shanghai { message.warmAccounts = [block.coinbase] }

    if arguments.isSet(Self.create) {
      guard let code else { throw .usage("\(arguments.command): --create wants init code, not an address") }
      if message.isStatic { throw .usage("\(arguments.command): --create and --static exclude each other") }
      message.input = code + input
    } else {
      message.input = input
      let place = try arguments.value(Self.to)
      if let code {
        let address = place ?? Self.standardTarget
        message.target = address
        put(code, at: address)
      } else {
        if place != nil { throw .usage("\(arguments.command): --to goes with code, not with an address") }
        message.target = Address(name)
      }
    }
  }

  /// `weft run` on a file of code: the options that make sense for it, and its file.
  init(run arguments: Arguments, _ console: Console) throws(CommandError) {
    let options = try RunOptions(arguments)
    name = options.programPath
    let others: [any Parameter] = [
      RunOptions.mode, RunOptions.maxInstructions, RunOptions.environment, RunOptions.signature,
      RunOptions.exit,
      RunOptions.misaligned,
    ]
    if let other = others.first(where: { arguments.options[$0.name] != nil }) {
      throw .usage("\(arguments.command): --\(other.name) is not for EVM code; see 'weft evm call --help'")
    }
    guard options.inputPaths.count <= 1 else {
      throw .usage("\(arguments.command): EVM code takes one --input, its call data")
    }
    (rules, extensions) = try Self.rules(arguments)
    engine = options.engine
    memoryLimit = options.limits.memory
    timeout = options.limits.wallClock
    profilePath = options.profilePath
    isJSON = options.isJSON
    accounts = []
    block = BlockEnvironment()
    message = EVMMessage(
      caller: Self.standardCaller, target: Self.standardTarget,
      input: try options.inputPaths.first.map { path throws(CommandError) in
        try InputFile.read(path, console: console)
      } ?? [])
    put(try EVMCode.read(name, console: console), at: Self.standardTarget)
  }

  /// The extensions that were asked for, and the rules, which they may define.
  private static func rules(
    _ arguments: Arguments
  ) throws(CommandError) -> (EVMRules, [any VMExtension]) {
    let extensions = [PrecompilesExtension()] + (try ExtensionOptions(arguments).load())
    let name = try arguments.value(fork) ?? Fork.standard.testName
    do throws(RegistrationError) {
      if let rules = try EVMRules(named: name, extensions: extensions) { return (rules, extensions) }
    } catch { throw CommandError(.extension, "\(error)") }
    let known = Fork.allCases.map(\.testName) + extensions.flatMap { $0.forks.map(\.name) }
    throw .usage(
      "\(arguments.command): --fork: '\(name)' is not a fork; known are \(known.joined(separator: ", "))")
  }

  /// The code that a target names; `nil` for an address.
  private static func code(_ target: String, _ console: Console) throws(CommandError) -> [UInt8]? {
    let digits = target.hasPrefix("0x") ? target.dropFirst(2) : target[...]
    if digits.utf8.count == 40, Address(target) != nil { return nil }
    if target.hasPrefix("0x"), let code = HexadecimalBytes.bytes(target) { return code }
    if !EVMCode.isCode(path: target), let code = HexadecimalBytes.bytes(target), !code.isEmpty { return code }
    return try EVMCode.read(target, console: console)
  }

  /// Gives an account code.
  private mutating func put(_ code: [UInt8], at address: Address) {
    if let index = accounts.firstIndex(where: { $0.address == address }) {
      accounts[index].code = code
    } else {
      accounts.append(FixtureAccount(address: address, nonce: 1, code: code))
    }
  }
}
