import WeftMachine

/// EVM bytecode with the call that runs it: what `Machine` loads.
///
/// ```swift
/// var machine = try Machine(EVMProgram(code: bytes, input: callData, fork: .cancun))
/// let outcome = try machine.run()
/// print(outcome.exit, outcome.output, machine.evmResult?.gasLeft ?? 0)
/// ```
///
/// In recorded runs (`.recorded(.accessLog)`) every access to stack, memory, call data, return data, storage and context is
/// in the access log of the machine's memory controller; `EVMCircuit` makes traces of it.
///
/// A success halts with code 0, a revert with code 1, both with the return data as output; an exceptional halt traps.
public struct EVMProgram: Program {
  public let name: String
  /// Runtime code; of a creation, init code.
  public var code: [UInt8]
  /// Call data; `nil` for the first input item of the machine's configuration.
  public var input: [UInt8]?
  /// What it goes by; `EVMRules(named:extensions:)` gives those that extensions define.
  public var rules: EVMRules
  /// Runs `code` as init code and keeps what it returns.
  public var isCreation: Bool
  public var caller: Address
  /// The account that the code runs as.
  public var address: Address
  public var value: UInt256
  public var gas: UInt64
  public var gasPrice: UInt256
  public var block: BlockEnvironment
  /// The accounts there are; the caller gets what `value` takes where it has less.
  public var preState: InMemoryState
  /// What the program may use besides the fork's own instructions, such as precompiled contracts.
  public var extensions: [any VMExtension]

  /// The caller where nobody says another.
  public static let defaultCaller = Address(word: UInt256(0xca11e4))
  /// The account that code runs as where nobody says another.
  public static let defaultAddress = Address(word: UInt256(0xc0de))

  public init(
    code: [UInt8], input: [UInt8]? = nil, name: String = "program", fork: Fork = .standard,
    isCreation: Bool = false, caller: Address = defaultCaller, address: Address = defaultAddress,
    value: UInt256 = .zero, gas: UInt64 = 30_000_000,
    gasPrice: UInt256 = .zero, block: BlockEnvironment = BlockEnvironment(),
    preState: InMemoryState = InMemoryState(), extensions: [any VMExtension] = []
  ) {
    self.code = code
    self.input = input
    self.name = name
    rules = EVMRules(fork)
    self.isCreation = isCreation
    self.caller = caller
    self.address = address
    self.value = value
    self.gas = gas
    self.gasPrice = gasPrice
    self.block = block
    self.preState = preState
    self.extensions = extensions
  }

  public var instructionSetExtensions: [any VMExtension] {
    [StandardInstructionsExtension(rules: rules)] + extensions
  }

  public func makeProcessor(
    table: InstructionTable, configuration: Machine.Configuration
  ) throws(MachineError) -> any Processor {
    do throws(RegistrationError) { try rules.check(table) } catch { throw .registration(error) }
    return try EVMProcessor(self, table: table, configuration: configuration)
  }

  /// The fork, or the one that the rules derive from.
  public var fork: Fork {
    get { rules.fork }
    set { rules = EVMRules(newValue) }
  }

  /// The state before the call.
  var initialState: InMemoryState {
    var state = preState
    if !isCreation { state.accounts[address, default: .init()].code = code }
    let balance = state.accounts[caller]?.balance ?? .zero
    if balance < value { state.accounts[caller, default: .init()].balance = value }
    return state
  }

  /// The call as a message.
  func message(_ configuration: Machine.Configuration) -> EVMMessage {
    EVMMessage(
      caller: caller, target: isCreation ? nil : address, value: value,
      input: isCreation ? code + (input ?? []) : input ?? configuration.input.first ?? [], gas: gas,
      gasPrice: gasPrice)
  }
}
