import Testing
import WeftMachine

@testable import WeftEVM

/// Defines forks and nothing else.
private struct Forks: VMExtension {
  var name = "forks"
  let version = "1.0.0"
  var forks: [ForkDefinition]

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {}
}

@Suite("Forks of extensions")
struct EVMRulesTests {
  private func message(_ body: () throws(RegistrationError) -> Void) -> String {
    do throws(RegistrationError) {
      try body()
      return "none"
    } catch { return "\(error)" }
  }

  @Test("Without extensions they are those of the mainnet, by all their names", arguments: Fork.allCases)
  func mainnet(_ fork: Fork) throws {
    let rules = try #require(try EVMRules(named: fork.testName.uppercased()))
    #expect(rules.fork == fork && rules.name == fork.testName && rules.owner == nil)
    #expect(rules.schedule == GasSchedule(fork))
    #expect(try EVMRules(named: "unheard-of") == nil)
  }

  @Test(
    "Every entry of the schedule can be changed, and that one only", arguments: GasSchedule.Entry.allCases)
  func entries(_ entry: GasSchedule.Entry) throws {
    let definition = ForkDefinition(name: "mine", base: Fork.osaka, changes: [.schedule(entry, 12345)])
    let rules = try EVMRules(definition, owner: "forks")
    #expect(rules.schedule[entry] == 12345)
    for other in GasSchedule.Entry.allCases where other != entry {
      #expect(rules.schedule[other] == GasSchedule(.osaka)[other])
    }
  }

  @Test("Prices that opcodes take from the schedule follow it", arguments: Engine.allCases)
  func prices(_ engine: Engine) throws {
    let changes: [ForkDefinition.Change] = [
      .schedule(.storageLoad, 11), .schedule(.coldSlotExtra, 13), .schedule(.exponentByte, 17),
      .schedule(.storeSet, 1900), .schedule(.coldStoreExtra, 19), .schedule(.storeClearRefund, 23),
      .instructionGas(opcode: 0x01, 29), .schedule(.storageLoad, 12),
    ]
    let part = Forks(forks: [ForkDefinition(name: "mine", base: Fork.osaka, changes: changes)])
    let rules = try #require(try EVMRules(named: "mine", extensions: [part]))
    let evm = try EVM(rules: rules, extensions: [part])
    evm.engine = engine
    let run = CodeRun()
    func used(_ code: [UInt8]) throws -> UInt64 { run.gas - (try run.result(evm, code)).gasLeft }
    // The last of two changes of one entry counts.
    #expect(try used([0x60, 1, 0x54]) == 3 + 12 + 13)
    #expect(try used([0x61, 1, 0, 0x60, 2, 0x0a]) == 3 + 3 + 10 + 2 * 17)
    #expect(try used([0x60, 1, 0x60, 1, 0x55]) == 3 + 3 + 1900 + 19)
    #expect(try used([0x60, 1, 0x60, 1, 0x01]) == 3 + 3 + 29)
    #expect(evm.fork == .osaka && evm.rules.name == "mine")
  }

  @Test("Instructions of later forks are switched on, others off", arguments: Engine.allCases)
  func switches(_ engine: Engine) throws {
    let changes: [ForkDefinition.Change] = [
      .instruction(opcode: 0x5f, isOn: true), .instruction(opcode: 0x1e, isOn: true),
      .instruction(opcode: 0xff, isOn: false),
    ]
    let part = Forks(forks: [ForkDefinition(name: "mine", base: Fork.berlin, changes: changes)])
    let evm = try EVM(
      rules: try #require(try EVMRules(named: "mine", extensions: [part])), extensions: [part])
    evm.engine = engine
    let run = CodeRun()
    #expect(try run.result(evm, [0x5f, 0x1e]).status == .success)
    #expect(try run.result(evm, [0x60, 0, 0xff]).status == .halted(.undefinedInstruction))
    #expect(try run.result(evm, [0x48]).status == .halted(.undefinedInstruction))
    // What is off leaves its opcode to extensions.
    #expect(evm.instructions.index(ofEVM: 0xff) == nil)
  }

  @Test("A program on a machine goes by them", arguments: Engine.allCases)
  func program(_ engine: Engine) throws {
    let part = Forks(forks: [
      ForkDefinition(name: "mine", base: Fork.berlin, changes: [.instruction(opcode: 0x5f, isOn: true)])
    ])
    var program = EVMProgram(code: [0x5f, 0x5f, 0xf3], fork: .berlin, extensions: [part])
    var configuration = Machine.Configuration()
    configuration.engine = engine
    var machine = try Machine(program, configuration: configuration)
    #expect("\(try machine.run().exit)".contains("undefined instruction"))
    program.rules = try #require(try EVMRules(named: "mine", extensions: [part]))
    #expect(program.fork == .berlin)
    var other = try Machine(program, configuration: configuration)
    #expect(try other.run().exit == .halted(code: 0))
    program.rules = try EVMRules(
      ForkDefinition(name: "empty", base: Fork.osaka, changes: [.instructionGas(opcode: 0x0c, 1)]),
      owner: "forks")
    #expect(throws: MachineError.self) { _ = try Machine(program, configuration: configuration) }
  }

  @Test("A fork that replaces one of the mainnet stands in its place")
  func replacement() throws {
    let part = Forks(forks: [
      ForkDefinition(name: "paris", base: Fork.shanghai, changes: [], replaces: true)
    ])
    #expect(try EVM(fork: .paris, extensions: [part]).fork == .shanghai)
    #expect(try EVMRules(named: "Merge", extensions: [part])?.fork == .shanghai)
    #expect(try EVM(fork: .osaka, extensions: [part]).fork == .osaka)
    let twin = Forks(
      name: "twin",
      forks: [
        ForkDefinition(name: "merge", base: Fork.osaka, changes: [], replaces: true)
      ])
    #expect(
      message { () throws(RegistrationError) in _ = try EVMRules(.paris, extensions: [part, twin]) }
        == "fork 'merge' of extension 'twin' has the name of one of 'forks'")
  }

  @Test("Everything that is wrong with a definition is said at once")
  func problems() {
    let definition = ForkDefinition(
      name: "london", base: -1,
      changes: [.schedule(entry: "gasoline", 1), .schedule(.storeSet, -1), .schedule(.balance, 1 << 31)])
    #expect(
      message { () throws(RegistrationError) in _ = try EVMRules(definition, owner: "forks") }
        == "fork 'london' of extension 'forks': it derives from fork -1; the forks are 0 to 16; London is a fork of "
        + "the mainnet, which it does not replace; the gas schedule has no entry 'gasoline'; storeSet is -1; 0 to "
        + "2147483647 is possible; balance is 2147483648; 0 to 2147483647 is possible")
  }

  @Test("What it names has to be there")
  func missing() throws {
    let part = Forks(forks: [
      ForkDefinition(
        name: "mine", base: Fork.osaka,
        changes: [
          .instruction(opcode: 0x0c, isOn: true), .instructionGas(opcode: 0x0d, 3),
          .precompile(address: 0x77, isOn: true),
          .precompile(address: 0x78, isOn: false), .instruction(opcode: 0x0e, isOn: false),
        ])
    ])
    let rules = try #require(try EVMRules(named: "mine", extensions: [part]))
    do throws(MachineError) {
      _ = try EVM(rules: rules, extensions: [part])
      Issue.record("it was taken")
    } catch {
      #expect(
        "\(error)"
          == "fork 'mine' of extension 'forks': there is no instruction with opcode 0x0c; there is no instruction "
          + "with opcode 0x0d; there is no precompiled contract at 0x77")
    }
  }

  @Test("A registry refuses names that are none or taken")
  func registry() {
    var registry = ExtensionRegistry()
    let good = ForkDefinition(name: "mine", base: Fork.osaka, changes: [])
    #expect(message { () throws(RegistrationError) in try registry.add(Forks(forks: [good])) } == "none")
    #expect(
      message { () throws(RegistrationError) in try registry.add(Forks(name: "second", forks: [good])) }
        == "fork 'mine' of extension 'second' has the name of one of 'forks'")
    let bad = ForkDefinition(name: "Mine!", base: Fork.osaka, changes: [])
    #expect(
      message { () throws(RegistrationError) in try registry.add(Forks(name: "third", forks: [bad])) }
        == "fork 'Mine!' of extension 'third': a name has lower-case letters, digits and hyphens")
    // A refused extension leaves nothing behind.
    #expect(registry.forks.map(\.owner) == ["forks"])
  }
}
