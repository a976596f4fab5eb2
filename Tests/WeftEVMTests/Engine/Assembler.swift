import WeftMachine

@testable import WeftEVM

/// Writes EVM code for tests.
struct Assembler {
  private(set) var code: [UInt8] = []

  @discardableResult
  mutating func op(_ opcodes: Opcode...) -> Assembler {
    code += opcodes.map(\.rawValue)
    return self
  }

  /// PUSH with as few bytes as the value needs, at least one.
  @discardableResult
  mutating func push(_ value: UInt256) -> Assembler {
    let bytes = Array(value.bigEndianBytes.drop { $0 == 0 })
    let shown = bytes.isEmpty ? [0] : bytes
    code.append(0x5f + UInt8(shown.count))
    code += shown
    return self
  }

  /// PUSHes, the last value on top.
  @discardableResult
  mutating func push(_ values: UInt64...) -> Assembler {
    for value in values { push(UInt256(value)) }
    return self
  }

  @discardableResult
  mutating func raw(_ bytes: [UInt8]) -> Assembler {
    code += bytes
    return self
  }

  /// Returns the word on the stack.
  @discardableResult
  mutating func returnTop() -> Assembler {
    push(0)
    op(.mstore)
    push(32, 0)
    return op(.return)
  }

  static func build(_ body: (inout Assembler) -> Void) -> [UInt8] {
    var assembler = Assembler()
    body(&assembler)
    return assembler.code
  }
}

/// Runs code as an account of its own.
struct CodeRun {
  static let address = Address(word: UInt256(0xc0de))
  static let caller = Address(word: UInt256(0xca11))

  var fork = Fork.osaka
  var engine = Engine.threaded
  var gas: UInt64 = 1_000_000
  var input: [UInt8] = []
  var value = UInt256.zero
  var isStatic = false
  var accounts: [Address: InMemoryState.Entry] = [:]
  var extensions: [any VMExtension] = []
  var inspector: (any EVMInspector)?
  var memoryLimit: Int = 1 << 28

  func state(_ code: [UInt8]) -> JournaledState {
    var accounts = accounts
    accounts[Self.address, default: .init()].code = code
    accounts[Self.caller, default: .init()].balance = UInt256(1_000_000_000)
    return JournaledState(InMemoryState(accounts))
  }

  func evm() throws -> EVM {
    var configuration = EVM.Configuration()
    configuration.memoryLimit = memoryLimit
    let evm = try EVM(fork: fork, extensions: extensions, configuration: configuration)
    evm.engine = engine
    evm.inspector = inspector
    return evm
  }

  var message: EVMMessage {
    EVMMessage(
      caller: Self.caller, target: Self.address, value: value, input: input, gas: gas, isStatic: isStatic)
  }

  func run(_ code: [UInt8]) throws -> (result: EVMResult, state: JournaledState) {
    let state = state(code)
    return (try result(try evm(), state), state)
  }

  /// The result on an EVM that is kept for many runs: making one takes longer than most of them.
  func result(_ evm: EVM, _ code: [UInt8]) throws -> EVMResult { try result(evm, state(code)) }

  private func result(_ evm: EVM, _ state: JournaledState) throws -> EVMResult {
    try evm.call(message, in: BlockEnvironment(), on: state)
  }

  /// The result and the gas that the call used.
  func used(_ code: [UInt8]) throws -> UInt64 {
    let result = try run(code).result
    return gas - result.gasLeft
  }

  /// The word that code returns.
  func word(_ code: [UInt8]) throws -> UInt256? { UInt256(bigEndianBytes: try run(code).result.output) }
}
