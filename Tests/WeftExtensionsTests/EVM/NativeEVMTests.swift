import CWeftABI
import Testing
import WeftEVM
import WeftMachine
import WeftPrecompiles
import WeftRV32
import WeftTestExtension

@testable import WeftExtensions

/// Calls of a contract whose code uses `weft_test_evm.c`.
private struct Contract {
  static let address = Address(word: UInt256(0xc0de))
  static let other = Address(word: UInt256(0x07e5))

  var engine: Engine
  var rules = EVMRules(.osaka)
  var gas: UInt64 = 1_000_000
  var input: [UInt8] = []
  var isStatic = false
  var otherCode: [UInt8] = []
  var storage: [UInt256: UInt256] = [:]
  var extensions: [any VMExtension]

  init(_ engine: Engine, fork: Fork = .osaka) throws {
    self.engine = engine
    rules = EVMRules(fork)
    extensions = [
      PrecompilesExtension(), try NativeExtension(linked: "test-evm", weft_test_evm_extension()),
    ]
  }

  func call(_ code: [UInt8]) throws -> (result: EVMResult, used: UInt64, storage: [UInt256: UInt256]) {
    let evm = try EVM(rules: rules, extensions: extensions)
    evm.engine = engine
    var before = InMemoryState()
    before.accounts[Self.address] = InMemoryState.Entry(nonce: 1, code: code, storage: storage)
    before.accounts[Self.other] = InMemoryState.Entry(nonce: 1, code: otherCode)
    let state = JournaledState(before)
    let message = EVMMessage(
      caller: Address(word: UInt256(0xca11)), target: Self.address, input: input, gas: gas, isStatic: isStatic
    )
    let result = try evm.call(message, in: BlockEnvironment(), on: state)
    return (result, gas - result.gasLeft, state.changes().accounts[Self.address]?.storage ?? [:])
  }

  /// Stores so many words of the stack, the top first, and returns them.
  static func returning(_ count: UInt8, at place: UInt8 = 0) -> [UInt8] {
    let stores: [UInt8] = (0..<count).flatMap { [0x60, place &+ 32 &* $0, 0x52] }
    return stores + [0x60, 32 &* count, 0x60, place, 0xf3]
  }

  func words(_ code: [UInt8]) throws -> [UInt256] {
    let result = try call(code).result
    #expect(result.status == .success)
    return stride(from: 0, to: result.output.count, by: 32).compactMap {
      UInt256(bigEndianBytes: result.output[$0..<($0 + 32)])
    }
  }
}

@Suite("EVM instructions over the C ABI")
struct NativeEVMTests {
  @Test("Words go in and come out, for exactly the static price", arguments: Engine.allCases)
  func words(_ engine: Engine) throws {
    var contract = try Contract(engine)
    #expect(try contract.words([0x60, 14, 0x0c] + Contract.returning(1)) == [UInt256(42)])
    #expect(try contract.call([0x60, 14, 0x0c]).used == 3 + 5)
    contract.gas = 8
    #expect(try contract.call([0x60, 14, 0x0c]).result.status == .success)
    contract.gas = 7
    #expect(try contract.call([0x60, 14, 0x0c]).result.status == .halted(.outOfGas))
    #expect(try contract.call([0x0c]).result.status == .halted(.stackUnderflow))
  }

  @Test("Seventeen words go and come", arguments: Engine.allCases)
  func manyWords(_ engine: Engine) throws {
    let pushes: [UInt8] = (1...17).flatMap { [0x60, $0] }
    let contract = try Contract(engine)
    let below = try contract.words([0x60, 99] + pushes + [0x0d] + Contract.returning(4))
    #expect(below == [1, 2, 3, 4].map { UInt256(UInt64($0)) })
    let drops = [UInt8](repeating: 0x50, count: 16)
    #expect(
      try contract.words([0x60, 99] + pushes + [0x0d] + drops + Contract.returning(2)) == [
        UInt256(17), UInt256(99),
      ])
    #expect(try contract.call(pushes.dropLast(2) + [0x0d]).result.status == .halted(.stackUnderflow))
  }

  @Test("Memory is reached, paid for, read and written", arguments: Engine.allCases)
  func memory(_ engine: Engine) throws {
    var contract = try Contract(engine)
    // 0x01…, inverted from byte 31 on: 0x01 becomes 0xfe, and a zero behind it 0xff.
    let code: [UInt8] = [0x60, 1, 0x5f, 0x52, 0x60, 2, 0x60, 31, 0x0e, 0x5f, 0x51]
    let words = try contract.words(code + Contract.returning(2, at: 64))
    #expect(words == [UInt256(0xfe), UInt256(1)])
    // Two words of memory, three pushes, MSTORE, the instruction and two bytes.
    let used = try contract.call([0x60, 1, 0x5f, 0x52, 0x60, 2, 0x60, 31, 0x0e]).used
    #expect(used == 3 + 2 + 3 + 3 + 3 + 3 + 3 + 3 + 2 * 2)
    contract.gas = used - 1
    #expect(
      try contract.call([0x60, 1, 0x5f, 0x52, 0x60, 2, 0x60, 31, 0x0e]).result.status == .halted(.outOfGas))
    // Nothing of memory far away is nothing.
    contract.gas = 1000
    #expect(try contract.call([0x5f, 0x5f, 0x19, 0x0e]).result.status == .success)
    #expect(try contract.call([0x60, 1, 0x5f, 0x19, 0x0e]).result.status == .halted(.outOfGas))
  }

  @Test("Storage costs what SLOAD and SSTORE cost, and refuses what they refuse", arguments: Engine.allCases)
  func storage(_ engine: Engine) throws {
    for fork in [Fork.frontier, .istanbul, .berlin, .osaka] {
      var contract = try Contract(engine, fork: fork)
      contract.storage = [UInt256(3): UInt256(40)]
      // add-to-slot(3, 2) against SLOAD, ADD, SSTORE of the same.
      let own: [UInt8] = [0x60, 2, 0x60, 3, 0x0f]
      let same: [UInt8] = [0x60, 3, 0x54, 0x60, 2, 0x01, 0x60, 3, 0x55]
      let (first, second) = (try contract.call(own), try contract.call(same))
      #expect(first.storage == [UInt256(3): UInt256(42)])
      #expect(first.storage == second.storage)
      #expect(first.used - 3 - 3 - 1 == second.used - 3 - 3 - 3 - 3, "\(fork)")
      #expect(try contract.words(own + Contract.returning(1)) == [UInt256(40)])
      contract.gas = first.used - 1
      #expect(try contract.call(own).result.status == .halted(.outOfGas), "\(fork)")
      contract.gas = 1_000_000
      contract.isStatic = true
      #expect(try contract.call(own).result.status == .halted(.staticViolation), "\(fork)")
    }
    // With the stipend alone nothing is stored (EIP-2200).
    var contract = try Contract(engine)
    contract.storage = [UInt256(3): UInt256(40)]
    contract.gas = 2300 + 100 + 2000 + 7
    #expect(try contract.call([0x60, 0, 0x60, 3, 0x0f]).result.status == .halted(.outOfGas))
    contract.gas += 1
    #expect(try contract.call([0x60, 0, 0x60, 3, 0x0f]).result.status == .success)
  }

  @Test("It sees where it runs", arguments: Engine.allCases)
  func environment(_ engine: Engine) throws {
    var contract = try Contract(engine)
    contract.input = [1, 2, 3]
    contract.isStatic = true
    let words = try contract.words([0x60, 1, 0x60, 0x40, 0x51, 0x21] + Contract.returning(6))
    #expect(words[0] == Contract.address.word)
    #expect(words[1] == UInt256(0xca11))
    #expect(words[2] == .zero)
    #expect(words[3].hexadecimal == "0x300600005")
    #expect(words[4].hexadecimal == "0xe000100000000")
    #expect(words[5] == UInt256(UInt64(1_000_000 - 20)))
  }

  @Test("It sees call data and return data, zeros behind them", arguments: Engine.allCases)
  func data(_ engine: Engine) throws {
    var contract = try Contract(engine)
    contract.input = [0xaa, 0xbb, 0xcc]
    // The identity contract returns the first two bytes of call data.
    let call: [UInt8] = [
      0x60, 2, 0x5f, 0x5f, 0x37, 0x5f, 0x5f, 0x60, 2, 0x5f, 0x60, 4, 0x5a, 0xfa, 0x50,
    ]
    #expect(
      try contract.words(call + [0x60, 1, 0x22] + Contract.returning(2)) == [UInt256(0xccbb), UInt256(0xbb)])
    #expect(try contract.words([0x5f, 0x19, 0x22] + Contract.returning(2)) == [.zero, .zero])
  }

  @Test("Its state begins anew with each call from outside", arguments: Engine.allCases)
  func state(_ engine: Engine) throws {
    let contract = try Contract(engine)
    for _ in 0..<3 {
      #expect(
        try contract.words([0x23, 0x23, 0x23] + Contract.returning(3))
          == [3, 2, 1].map { UInt256(UInt64($0)) })
    }
    let evm = try EVM(rules: contract.rules, extensions: contract.extensions)
    evm.engine = engine
    let state = InMemoryState([Contract.address: .init(code: [0x23] + Contract.returning(1))])
    for _ in 0..<3 {
      let result = try evm.call(
        EVMMessage(target: Contract.address), in: BlockEnvironment(), on: JournaledState(state))
      #expect(result.output == UInt256.one.bigEndianBytes)
    }
  }

  @Test("Refunds count", arguments: Engine.allCases)
  func refunds(_ engine: Engine) throws {
    #expect(try Contract(engine).call([0x60, 77, 0x24]).result.refund == 77)
    #expect(try Contract(engine).call([0x60, 77, 0x24, 0xfe]).result.refund == 0)
  }

  @Test("It halts for the reasons there are", arguments: Engine.allCases)
  func halts(_ engine: Engine) throws {
    let contract = try Contract(engine)
    let reasons: [(UInt8, EVMHalt, String?)] = [
      (UInt8(WEFT_EVM_OUT_OF_GAS), .outOfGas, nil), (UInt8(WEFT_EVM_UNDEFINED), .undefinedInstruction, nil),
      (UInt8(WEFT_EVM_STATIC), .staticViolation, nil),
      (UInt8(WEFT_EVM_FAILED), .extensionFailed, "as it was told"),
    ]
    for (code, halt, detail) in reasons {
      let result = try contract.call([0x60, code, 0x25]).result
      #expect(result.status == .halted(halt))
      #expect(result.detail == detail)
    }
  }

  @Test("A frame below that halts or reverts takes back what it has done", arguments: Engine.allCases)
  func nested(_ engine: Engine) throws {
    var contract = try Contract(engine)
    contract.storage = [.zero: UInt256(5)]
    // DELEGATECALLs the other code with 200,000 gas, and returns whether that went well and slot 0.
    let caller: [UInt8] =
      [0x5f, 0x5f, 0x5f, 0x5f, 0x61, 0x07, 0xe5, 0x62, 0x03, 0x0d, 0x40, 0xf4, 0x5f, 0x54, 0x90]
      + Contract.returning(2)
    let add: [UInt8] = [0x60, 7, 0x5f, 0x0f]
    for (end, isDone, value) in [
      ([UInt8](), UInt64(1), UInt64(12)), ([0x5f, 0x5f, 0xfd], 0, 5), ([0x60, 16, 0x25], 0, 5),
      ([0xfe], 0, 5),
    ] {
      contract.otherCode = add + end
      #expect(try contract.words(caller) == [UInt256(isDone), UInt256(value)])
    }
    // The same by STATICCALL: a halt of the static frame alone.
    contract.otherCode = add
    let quiet: [UInt8] =
      [0x5f, 0x5f, 0x5f, 0x5f, 0x61, 0x07, 0xe5, 0x62, 0x03, 0x0d, 0x40, 0xfa] + Contract.returning(1)
    #expect(try contract.words(quiet) == [.zero])
    contract.otherCode = [0x60, 3, 0x0c, 0x50]
    #expect(try contract.words(quiet) == [.one])
  }

  @Test("Instructions and contracts are there from their first fork on")
  func firstForks() throws {
    func status(_ fork: Fork, _ code: [UInt8]) throws -> EVMResult.Status {
      try Contract(.threaded, fork: fork).call(code).result.status
    }
    #expect(try status(.shanghai, [0x60, 1, 0x26]) == .halted(.undefinedInstruction))
    #expect(try status(.cancun, [0x60, 1, 0x26]) == .success)
    #expect(try status(.bpo2, [0x60, 1, 0x27]) == .halted(.undefinedInstruction))
  }

  @Test("A machine for RV32 runs beside it: what is for the EVM is left out")
  func otherMachine() throws {
    let parts: [any VMExtension] = [
      try NativeExtension(linked: "test-evm", weft_test_evm_extension()),
      try NativeExtension(linked: "replacements", weft_test_evm_replacements()),
    ]
    let program = try RV32Program(
      code: [0x0010_0073], at: 0x1000, data: [], dataAt: 0x2000, memoryLimit: 0x10000)
    var machine = try Machine(program, extensions: parts)
    #expect("\(try machine.run().exit)".contains("breakpoint"))
  }

  @Test("The numbers of the header are those of Swift")
  func numbers() {
    #expect(WEFT_EVM_BPO2 == Fork.bpo2.rawValue)
    #expect(Fork.allCases.map(\.rawValue) == Array(0...16))
    #expect(WEFT_EVM_LONDON == Fork.london.rawValue && WEFT_EVM_PETERSBURG == Fork.petersburg.rawValue)
    #expect(UInt32(WEFT_EVM_OUT_OF_GAS) == EVMHalt.outOfGas.rawValue)
    #expect(UInt32(WEFT_EVM_UNDEFINED) == EVMHalt.undefinedInstruction.rawValue)
    #expect(UInt32(WEFT_EVM_STATIC) == EVMHalt.staticViolation.rawValue)
    #expect(UInt32(WEFT_EVM_FAILED) == EVMHalt.extensionFailed.rawValue)
  }
}

@Suite("Precompiled contracts and forks over the C ABI")
struct NativeForkTests {
  private func call(_ address: UInt64, _ input: [UInt8], gas: UInt64, _ evm: EVM) throws -> EVMResult {
    try evm.call(
      EVMMessage(target: Address(word: UInt256(address)), input: input, gas: gas), in: BlockEnvironment(),
      on: JournaledState(InMemoryState()))
  }

  @Test("A contract is priced by its function and runs when that is paid", arguments: Engine.allCases)
  func contract(_ engine: Engine) throws {
    let contract = try Contract(engine)
    let evm = try EVM(rules: contract.rules, extensions: contract.extensions)
    let result = try call(0xadd, [1, 2, 3], gas: 13, evm)
    #expect(result.status == .success && result.gasLeft == 0)
    #expect(result.output == UInt256(6).bigEndianBytes)
    #expect(try call(0xadd, [1, 2, 3], gas: 12, evm).status == .halted(.precompileFailed))
    #expect(try call(0xadd, [], gas: 1000, evm).status == .halted(.precompileFailed))
    let early = try EVM(fork: .byzantium, extensions: contract.extensions)
    #expect(try call(0xadd, [1], gas: 111, early).gasLeft == 0)
    // From a contract: the call gives 1, and memory has the sum.
    let code: [UInt8] = [
      0x60, 9, 0x5f, 0x53, 0x60, 32, 0x60, 32, 0x60, 1, 0x5f, 0x61, 0x0a, 0xdd, 0x5a, 0xfa, 0x60, 32, 0x51,
      0x90,
    ]
    #expect(try contract.words(code + Contract.returning(2, at: 64)) == [.one, UInt256(9)])
  }

  @Test("A fork switches instructions and contracts, and changes prices", arguments: Engine.allCases)
  func fork(_ engine: Engine) throws {
    var contract = try Contract(engine)
    let rules = try #require(try EVMRules(named: "Testing", extensions: contract.extensions))
    #expect(rules.fork == .london && rules.name == "testing" && rules.owner == "test-evm")
    contract.rules = rules
    // Its own instruction, and PUSH0 of a later fork.
    #expect(try contract.words([0x60, 5, 0x27, 0x5f] + Contract.returning(2)) == [.zero, UInt256(15)])
    #expect(try contract.call([0x5f, 0x5f, 0x20]).result.status == .halted(.undefinedInstruction))
    #expect(try contract.call([0x5f, 0x5f, 0x5e]).result.status == .halted(.undefinedInstruction))
    #expect(try contract.call([0x60, 5, 0x0c]).used == 3 + 50)
    #expect(try contract.call([0x60, 5, 0x60, 5, 0x01]).used == 3 + 3 + 30)
    #expect(try contract.call([0x60, 5, 0x54]).used == 3 + 7)
    #expect(try contract.call([0x60, 1, 0x60, 5, 0x0f]).used == 3 + 3 + 1 + 7 + 20000)
    let evm = try EVM(rules: rules, extensions: contract.extensions)
    evm.engine = engine
    #expect(try call(0xade, [1, 2], gas: 100, evm).output == UInt256(3).bigEndianBytes)
    // The identity contract is an account without code.
    #expect(try call(4, [1, 2], gas: 100, evm).gasLeft == 100)
    // Under London itself nothing of that is so.
    contract.rules = EVMRules(.london)
    #expect(try contract.call([0x5f]).result.status == .halted(.undefinedInstruction))
    #expect(try contract.call([0x60, 5, 0x0c]).used == 3 + 5)
  }

  @Test("Instruction, contract and fork of the mainnet are replaced", arguments: Engine.allCases)
  func replacements(_ engine: Engine) throws {
    let part = try NativeExtension(linked: "replacements", weft_test_evm_replacements())
    let all: [any VMExtension] = [PrecompilesExtension(), part]
    let evm = try EVM(fork: .cancun, extensions: all)
    evm.engine = engine
    #expect(try call(4, [1, 2, 3], gas: 1, evm).output == [3, 2, 1])
    let target = Contract.address
    func run(_ code: [UInt8]) throws -> EVMResult {
      try evm.call(
        EVMMessage(target: target, gas: 10_000), in: BlockEnvironment(),
        on: JournaledState(InMemoryState([target: .init(code: code)])))
    }
    #expect(try run([0x60, 2, 0x60, 2, 0x01] + Contract.returning(1)).output == UInt256(5).bigEndianBytes)
    #expect(try run([0x5f, 0x5c]).status == .halted(.undefinedInstruction))
    #expect(try EVMRules(named: "CANCUN", extensions: all)?.owner == "test-replacements")
    // Without the contracts there is nothing to replace.
    #expect(throws: MachineError.self) { try EVM(fork: .cancun, extensions: [part]) }
  }

  private func message(_ extensions: [any VMExtension], fork: Fork = .osaka) -> String {
    do throws(MachineError) {
      let evm = try EVM(fork: fork, extensions: extensions)
      return "none with \(evm.fork)"
    } catch { return "\(error)" }
  }

  @Test("Clashes name both owners")
  func clashes() throws {
    struct Other: VMExtension {
      let name = "other"
      let version = "1.0.0"
      var item: NativeExtension
      var forks: [ForkDefinition] { item.forks }
      func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
        try item.register(in: &registry)
      }
    }
    let item = try NativeExtension(linked: "test-evm", weft_test_evm_extension())
    let replacing = try NativeExtension(linked: "replacements", weft_test_evm_replacements())
    #expect(
      message([item, Other(item: item)])
        == "fork 'testing' of extension 'other' has the name of one of 'test-evm'")
    var same = item
    same = NativeExtension(
      {
        var part = $0; part.evm.forks = []; return part
      }(same.description), path: nil)
    #expect(
      message([same, Other(item: same)])
        == "instruction 'test.triple' of extension 'other' (evm opcode 0x0c) clashes with 'test.triple' of 'test-evm'"
    )
    var contracts = same.description
    contracts.evm.instructions = []
    let only = NativeExtension(contracts, path: nil)
    #expect(
      message([only, Other(item: only)])
        == "precompile 'test.sum' of extension 'other' has the name of one of 'test-evm'")
    contracts.evm.precompiles[0].name = "other.sum"
    #expect(
      message([only, Other(item: NativeExtension(contracts, path: nil))])
        == "precompile 'other.sum' of extension 'other' (address 0xadd) clashes with 'test.sum' of 'test-evm'"
    )
    #expect(
      message([PrecompilesExtension(), replacing, Other(item: replacing)], fork: .cancun)
        == "fork 'cancun' of extension 'other' has the name of one of 'test-replacements'")
    #expect(
      message([replacing])
        == "precompile 'mirror' of extension 'test-replacements' cannot replace anything: nothing is registered at "
        + "0x04")
  }
}
