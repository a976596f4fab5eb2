import Testing
import WeftEVM
import WeftMachine

@testable import WeftExtensions

/// A case of `evm_misbehaving.c` and how the call ends.
private struct EVMMisbehaviour: Sendable, CustomTestStringConvertible {
  var name: String
  var status: EVMResult.Status
  var detail: String?
  /// What is left on the stack, where the call succeeds.
  var word = UInt256.one

  var testDescription: String { name }

  static func fails(_ name: String, _ detail: String) -> EVMMisbehaviour {
    EVMMisbehaviour(name: name, status: .halted(.extensionFailed), detail: detail)
  }
  static func breaks(_ name: String, _ rule: String) -> EVMMisbehaviour {
    fails(name, "extension 'misbehaving' broke a rule: \(rule)")
  }
  static func halts(_ name: String, _ reason: EVMHalt) -> EVMMisbehaviour {
    EVMMisbehaviour(name: name, status: .halted(reason))
  }
  static func harmless(_ name: String) -> EVMMisbehaviour { EVMMisbehaviour(name: name, status: .success) }

  static let all: [EVMMisbehaviour] = [
    .harmless("none"),
    .fails("status-7", "extension 'misbehaving' returned status 7 without a message"),
    .fails("failed-without-a-reason", "extension 'misbehaving' returned status -1 without a message"),
    .breaks("two-words-for-one", "it gave more than the 1 words that it declares"),
    .breaks("writes-beyond-all-words", "it gave more than the 1 words that it declares"),
    .harmless("changes-its-inputs"),
    .harmless("changes-the-counts"),
    .harmless("changes-its-gas"),
    .breaks("load-outside", "it used 1 bytes at 0 of 0 bytes of memory"),
    .breaks("load-at-minus-1", "it used 2 bytes at 18446744073709551615 of 0 bytes of memory"),
    .breaks("load-of-minus-1", "it used 18446744073709551615 bytes at 0 of 0 bytes of memory"),
    .breaks("store-outside", "it used 1 bytes at 4096 of 0 bytes of memory"),
    .breaks("view-outside", "it used 1 bytes at 1 of 0 bytes of memory"),
    .halts("reach-too-far", .outOfGas),
    .halts("reach-and-hide", .outOfGas),
    .halts("charge-of-minus-1", .outOfGas),
    .halts("charge-and-hide", .outOfGas),
    .fails("failure-and-more", "first"),
    .breaks("null-pointers", "it passed a null pointer"),
    .breaks("null-destination", "it passed a null pointer"),
    .breaks("null-environment", "it passed a null pointer"),
    .breaks("environment-of-4-bytes", "struct_size of its environment is 4"),
    .breaks("data-of-minus-1", "it asked for 18446744073709551615 bytes at once"),
    .breaks("halt-without-reason", "there is no reason 99 to halt"),
    .breaks("halt-with-minus-1", "there is no reason -1 to halt"),
    .fails("message-null", "no message"),
    .fails("message-of-100-kib", String(repeating: "x", count: 255)),
    .fails("message-with-escape", " [31m red"),
    .fails("uses-the-other-call", "extension 'misbehaving' returned status -1 without a message"),
    .fails("fails-the-other-call", "extension 'misbehaving' returned status -1 without a message"),
    .breaks("another-thread", "another thread used its call"),
  ]
}

@Suite("Extensions that misbehave in the EVM")
struct EVMMisbehaviourTests {
  private func load(_ name: String) throws -> NativeExtension {
    try ObjectLoader.test().load(ObjectWorkshop.object("evm_misbehaving.c", case: name))
  }

  /// Returns what the instruction gives, and a word that lay below its inputs.
  private static let code: [UInt8] = [
    0x60, 0x2a, 0x60, 9, 0x60, 8, 0x0c, 0x60, 64, 0x52, 0x60, 96, 0x52, 0x60, 64, 0x60, 64, 0xf3,
  ]

  private func call(_ evm: EVM, _ code: [UInt8], input: [UInt8] = []) throws -> EVMResult {
    let target = Address(word: UInt256(0xc0de))
    let state = InMemoryState([target: InMemoryState.Entry(code: code)])
    return try evm.call(
      EVMMessage(target: target, input: input, gas: 100_000), in: BlockEnvironment(),
      on: JournaledState(state))
  }

  @Test("It halts its frame with a reason, and the host goes on", arguments: EVMMisbehaviour.all)
  fileprivate func ending(_ item: EVMMisbehaviour) throws {
    let evm = try EVM(extensions: [try load(item.name)])
    for engine in Engine.allCases {
      evm.engine = engine
      // Twice: what went wrong once does no harm to the next call.
      for _ in 0..<2 {
        let result = try call(evm, Self.code)
        #expect(result.status == item.status)
        #expect(result.detail == item.detail)
        if item.status == .success {
          #expect(result.output == item.word.bigEndianBytes + UInt256(0x2a).bigEndianBytes)
          #expect(result.gasLeft == 100_000 - 5 - 3 - 3 - 3 - 3 - 3 - 3 - 3 - 3 - 3 - 12)
        } else {
          #expect(result.gasLeft == 0 && result.output.isEmpty)
        }
        let after = try call(evm, [0x0d, 0x5f, 0x52, 0x60, 32, 0x5f, 0xf3])
        #expect(after.output == UInt256(7).bigEndianBytes)
      }
    }
  }

  @Test("A call that is kept beyond its life, or used in another EVM, is closed")
  func kept() throws {
    let `extension` = try load("kept-call")
    for _ in 0..<3 {
      let result = try call(try EVM(extensions: [`extension`]), Self.code)
      #expect(result.status == .success)
      #expect(result.output.prefix(32) == UInt256.one.bigEndianBytes[...])
    }
  }

  @Test("An extension that does not begin ends the call with its words, and no result")
  func failingInit() throws {
    let evm = try EVM(extensions: [try load("init-fails")])
    let failure = ExtensionFailure(name: "misbehaving", reason: "init: no machine like this (code 4)")
    #expect(throws: EVMError.extensionFailed(failure)) { try call(evm, Self.code) }
    #expect(
      "\(EVMError.extensionFailed(failure))" == "extension 'misbehaving': init: no machine like this (code 4)"
    )
  }

  @Test(
    "A contract that misbehaves halts its call, or gives nothing",
    arguments: [
      ("none", EVMResult.Status.success, "ok"), ("contract-status-7", .halted(.precompileFailed), ""),
      ("contract-writes-null", .success, "ok"), ("contract-writes-minus-1", .halted(.precompileFailed), ""),
      ("contract-writes-a-gib", .halted(.precompileFailed), ""),
      ("contract-costs-all", .halted(.precompileFailed), ""),
      ("contract-costs-too-much", .halted(.precompileFailed), ""),
    ])
  func contract(name: String, status: EVMResult.Status, output: String) throws {
    let evm = try EVM(extensions: [try load(name)])
    for engine in Engine.allCases {
      evm.engine = engine
      for input in [[], [UInt8](repeating: 3, count: 100)] {
        let message = EVMMessage(target: Address(word: UInt256(0xbad)), input: input, gas: 100_000)
        let result = try evm.call(message, in: BlockEnvironment(), on: JournaledState(InMemoryState()))
        #expect(result.status == status)
        #expect(String(decoding: result.output, as: UTF8.self) == output)
        #expect(result.gasLeft == (status == .success ? 99_995 : 0))
      }
    }
  }
}
