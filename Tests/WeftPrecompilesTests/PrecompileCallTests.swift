import Testing
import WeftEVM
import WeftMachine
import WeftPrecompiles

/// Precompiled contracts as code, messages and transactions call them.
@Suite("Calls of precompiled contracts")
struct PrecompileCallTests {
  private static let contract = Address(word: UInt256(0xc0de))
  private static let caller = Address(word: UInt256(0xca11))

  private func evm(_ engine: Engine, fork: Fork = .osaka) throws -> EVM {
    let evm = try EVM(fork: fork, extensions: [PrecompilesExtension()])
    evm.engine = engine
    return evm
  }

  private func state(_ code: [UInt8]) -> JournaledState {
    JournaledState(
      InMemoryState([
        Self.contract: .init(balance: UInt256(1000), code: code),
        Self.caller: .init(balance: UInt256(1_000_000_000)),
      ]))
  }

  private func push(_ value: Int) -> [UInt8] { [0x61, UInt8(value >> 8), UInt8(value & 255)] }

  /// A call with ranges of memory as offset and count.
  private func call(
    _ opcode: UInt8, _ address: Int, gas: Int = 20_000, value: Int = 0, input: (Int, Int), output: (Int, Int)
  ) -> [UInt8] {
    let hasValue = opcode == 0xf1 || opcode == 0xf2
    return push(output.1) + push(output.0) + push(input.1) + push(input.0) + (hasValue ? push(value) : [])
      + push(address) + push(gas) + [opcode]
  }

  /// Memory 0…31 filled with 1…32.
  private let pattern: [UInt8] = [0x7f] + Array(1...32) + [0x60, 0, 0x52]
  private let returnWord: [UInt8] = [0x60, 32, 0x60, 0, 0xf3]

  private func run(_ code: [UInt8], _ engine: Engine, gas: UInt64 = 200_000) throws -> EVMResult {
    try evm(engine).call(
      EVMMessage(caller: Self.caller, target: Self.contract, gas: gas), in: BlockEnvironment(),
      on: state(code))
  }

  @Test("By all four kinds of call", arguments: [0xf1, 0xf2, 0xf4, 0xfa] as [UInt8], Engine.allCases)
  func kinds(_ opcode: UInt8, _ engine: Engine) throws {
    let code = pattern + call(opcode, 4, input: (0, 32), output: (32, 32)) + [0x60, 32, 0x60, 32, 0xf3]
    #expect(try run(code, engine).output == Array(1...32))
  }

  @Test("Input and output may overlap, shifted either way", arguments: Engine.allCases)
  func overlaps(_ engine: Engine) throws {
    let forwards = pattern + call(0xf1, 4, input: (0, 31), output: (1, 31)) + returnWord
    #expect(try run(forwards, engine).output == [1] + Array(1...31))
    let backwards = pattern + call(0xf1, 4, input: (1, 31), output: (0, 31)) + returnWord
    #expect(try run(backwards, engine).output == Array(2...32) + [32])
  }

  @Test("What identity returned is a copy: later writes do not reach it", arguments: Engine.allCases)
  func returnedCopy(_ engine: Engine) throws {
    // The input is overwritten before RETURNDATACOPY.
    let code =
      pattern + call(0xf1, 4, input: (0, 32), output: (0, 0))
      + [0x60, 0, 0x60, 0, 0x52, 0x60, 32, 0x60, 0, 0x60, 0, 0x3e] + returnWord
    #expect(try run(code, engine).output == Array(1...32))
  }

  @Test(
    "Exactly enough gas, and one less: all of it is gone then, without output", arguments: Engine.allCases)
  func exactGas(_ engine: Engine) throws {
    for (address, price) in [(1, 3000), (2, 72), (3, 720), (4, 18), (5, 500), (0x100, 6900)] {
      for gas in [price, price - 1] {
        let code =
          call(0xfa, address, gas: gas, input: (0, 32), output: (0, 0)) + [0x60, 0, 0x52] + returnWord
        let result = try run(code, engine)
        #expect(result.isSuccess)
        #expect(result.output.last == (gas == price ? 1 : 0), "\(address), gas \(gas)")
        // Six pushes, a warm call, the gas, MSTORE and RETURN.
        let memory: UInt64 = 3
        #expect(200_000 - result.gasLeft == 18 + 100 + memory + UInt64(gas) + 12)
      }
    }
  }

  @Test(
    "With value: the balance stays there, and only the first payment makes an account",
    arguments: Engine.allCases)
  func value(_ engine: Engine) throws {
    let state = state(
      call(0xf1, 4, gas: 100, value: 7, input: (0, 0), output: (0, 0)) + [0x50]
        + call(0xf1, 4, gas: 100, value: 7, input: (0, 0), output: (0, 0)))
    let result = try evm(engine).call(
      EVMMessage(caller: Self.caller, target: Self.contract, gas: 200_000), in: BlockEnvironment(), on: state)
    #expect(result.isSuccess)
    #expect(try state.account(at: Address(word: UInt256(4)))?.balance == UInt256(14))
    // The stipend pays for both.
    let each: UInt64 = 21 + 100 + 9000 - 2300 + 15
    #expect(200_000 - result.gasLeft == 2 * each + 25_000 + 2)
  }

  @Test("As the target of a transaction", arguments: Engine.allCases)
  func transactions(_ engine: Engine) throws {
    let transaction = EVMTransaction(
      sender: Self.caller, recipient: Address(word: UInt256(4)), data: [1, 2, 3], gasLimit: 100_000)
    let result = try evm(engine, fork: .cancun).execute(transaction, in: BlockEnvironment(), on: state([]))
    #expect(result.isSuccess && result.returnData == [1, 2, 3])
    #expect(result.gasUsed == 21_000 + 3 * 16 + 18)
    // A failing one takes all gas: BLAKE2F wants 213 bytes.
    var failing = transaction
    failing.recipient = Address(word: UInt256(9))
    let failed = try evm(engine, fork: .cancun).execute(failing, in: BlockEnvironment(), on: state([]))
    #expect(!failed.isSuccess && failed.gasUsed == 100_000)
  }

  @Test("A delegation to a precompiled contract runs as empty code", arguments: Engine.allCases)
  func delegations(_ engine: Engine) throws {
    let delegated = Address(word: UInt256(0xde1))
    var accounts: [Address: InMemoryState.Entry] = [Self.caller: .init(balance: UInt256(1_000_000))]
    accounts[delegated] = .init(code: [0xef, 0x01, 0x00] + [UInt8](repeating: 0, count: 19) + [4])
    let result = try evm(engine).call(
      EVMMessage(caller: Self.caller, target: delegated, input: [1, 2, 3], gas: 50_000),
      in: BlockEnvironment(),
      on: JournaledState(InMemoryState(accounts)))
    #expect(result.isSuccess && result.output == [] && result.gasLeft == 50_000)
  }

  @Test(
    "They are warm from Berlin on, and no accounts before somebody pays them",
    arguments: [Fork.istanbul, .berlin, .osaka])
  func warmth(_ fork: Fork) throws {
    let state = state([0x60, 4, 0x31, 0x60, 4, 0x3f, 0x60, 0, 0x52] + returnWord)
    let result = try evm(.threaded, fork: fork).call(
      EVMMessage(caller: Self.caller, target: Self.contract, gas: 50_000), in: BlockEnvironment(), on: state)
    let access: UInt64 = fork < .berlin ? 700 : 100
    #expect(50_000 - result.gasLeft == 6 + 2 * access + 3 + 6 + 6)
    #expect(result.output == [UInt8](repeating: 0, count: 32))
  }
}
