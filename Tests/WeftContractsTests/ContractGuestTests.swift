import Testing
import WeftEVM
import WeftMachine
import WeftMemory
import WeftPrecompiles
import WeftRV32

@testable import WeftContracts

@Suite("Contracts of RV32 guests")
struct ContractGuestTests {
  private static let modes: [RunMode] = [
    .fast, .metered, .recorded(.accessLog), .recorded(.instructionRecords),
  ]

  @Test(
    "The sample guest prints and reveals the same in every mode, on both engines", arguments: Engine.allCases)
  func sample(_ engine: Engine) throws {
    let guest = try SampleGuest()
    var configuration = Machine.Configuration()
    configuration.engine = engine
    var machine = try Machine(guest.program, configuration: configuration, extensions: [EVMCallsExtension()])
    for mode in Self.modes {
      let outcome = try machine.run(mode)
      #expect(outcome.exit == .halted(code: 0))
      #expect(outcome.outputText == guest.output, "\(mode)")
      #expect(Array(outcome.publicValues.prefix(32)) == guest.publicValues, "\(mode)")
    }
    let run = try machine.finalize()
    try run.memory.validate()
    let counts = Dictionary(
      run.nestedInstructionCounts.map { ($0.mnemonic, $0.count) }, uniquingKeysWith: { first, _ in first })
    #expect(counts["evm.call"] ?? 0 > 6)
    #expect(counts["evm.sstore"] ?? 0 > 2)
  }

  @Test("Status, gas and return data are those of the EVM alone")
  func comparison() throws {
    let guest = try SampleGuest()
    // The same calls, in the order of the guest.
    let evm = try EVM(extensions: [PrecompilesExtension()])
    var state = JournaledState(InMemoryState())
    var before: [Address: InMemoryState.Entry] = [:]
    var lines: [String] = []
    var words: [UInt8] = []
    func call(_ name: String, _ message: EVMMessage) throws -> EVMResult {
      var message = message
      message.caller = EVMProgram.defaultCaller
      let result = try evm.call(message, in: BlockEnvironment(), on: state)
      lines.append(
        "\(name): status \(result.guestStatus), gas left \(result.gasLeft), bytes \(result.output.count)")
      return result
    }
    func create(_ name: String, _ code: [UInt8]) throws -> Address {
      let result = try call(name, EVMMessage(target: nil, input: code, gas: 200_000))
      var accounts = InMemoryState(before)
      accounts.apply(state.changes())
      // A message leaves the nonce of its caller alone.
      accounts.accounts[EVMProgram.defaultCaller, default: .init()].nonce += 1
      before = accounts.accounts
      state = JournaledState(accounts)
      return try #require(result.createdAddress)
    }
    let counter = try create("counter", guest.initCode(of: "counter_code", count: 23))
    let relay = try create("relay", guest.initCode(of: "relay_code", count: 79))
    func reveal(_ result: EVMResult) { words += result.output.suffix(4).reversed() }
    func data(_ depth: UInt64, _ argument: UInt64) -> [UInt8] {
      [UInt256(depth), counter.word, UInt256(argument)].flatMap(\.bigEndianBytes)
    }
    reveal(try call("three levels", EVMMessage(target: relay, input: data(3, 5), gas: 300_000)))
    reveal(try call("one level", EVMMessage(target: relay, input: data(0, 7), gas: 300_000)))
    let isStatic = EVMMessage(target: relay, input: data(0, 7), gas: 300_000, isStatic: true)
    #expect(try call("static", isStatic).status == .reverted)
    _ = try call("little gas", EVMMessage(target: relay, input: data(200, 1), gas: 30_000))
    let zero = UInt256.zero.bigEndianBytes
    reveal(try call("the counter itself", EVMMessage(target: counter, input: zero, gas: 100_000)))
    let product: [UInt8] = [0x60, 6, 0x60, 7, 2, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3]
    reveal(try call("code", EVMMessage(target: EVMProgram.defaultAddress, gas: 1000, code: product)))
    #expect(lines == guest.output.split(separator: "\n").dropLast().map(String.init))
    #expect(words == Array(guest.publicValues.prefix(16)))
    #expect(words == [5, 0, 0, 0, 12, 0, 0, 0, 12, 0, 0, 0, 42, 0, 0, 0])
  }

  @Test("The record of contracts lies inside the instructions that called them")
  func record() throws {
    let guest = try SampleGuest()
    var machine = try Machine(guest.program, extensions: [EVMCallsExtension()])
    _ = try machine.run(.recorded(.accessLog))
    let run = try machine.finalize()
    try run.memory.validate()
    #expect(run.memory.timestamp == UInt32(run.memory.accessLog.count) + 1 + idleTicks(run.memory))
    let entries = run.memory.accessLog.entries
    var outside = 0
    var spans = run.services.map { $0.firstEntry..<$0.firstEntry + $0.count }
    spans.sort { $0.lowerBound < $1.lowerBound }
    for index in entries.indices {
      let space = entries[index].header.space
      let isEVM = space.isContext || [.evmStack, .evmData, .evmContext].contains(space)
      guard isEVM else { continue }
      while let first = spans.first, first.upperBound <= index { spans.removeFirst() }
      if spans.first?.contains(index) != true { outside += 1 }
    }
    #expect(outside == 0)
    #expect(entries.contains { $0.header.space.isContext })
  }

  private func idleTicks(_ memory: borrowing FinalizedMemory) -> UInt32 {
    memory.accessLog.entries.reduce(0) { $0 + ($1.header == .advance ? UInt32($1.payload) - 1 : 0) }
  }
}
