import Checksums
import Synchronization
import Testing
import WeftEVM
import WeftMachine
import WeftPrecompiles
import WeftTestExtension

@testable import WeftExtensions

/// Instructions that the kit must find fault with.
private struct Faulty: VMExtension {
  let name = "faulty"
  let version = "1.0.0"
  static let executions = Atomic<UInt64>(0)

  struct Instruction: EVMInstructionExecutor {
    var mnemonic: String
    var opcode: Opcode
    var staticGas: UInt32 = 2
    var stackInputs = 0
    var stackOutputs = 1
    var implementation: EVMImplementation
  }

  /// Another price every time.
  struct Moody: Precompile {
    let name = "faulty.moody"
    let address: UInt64 = 0xbad
    let firstFork = 0
    func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { Faulty.next() }
    func run(
      input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
    ) -> PrecompileResult { .success }
  }

  /// Another result every time.
  struct Fickle: Precompile {
    let name = "faulty.fickle"
    let address: UInt64 = 0xbae
    let firstFork = 0
    func gas(input: UnsafeRawBufferPointer, fork: Int) -> UInt64 { 3 }
    func run(
      input: UnsafeRawBufferPointer, fork: Int, output: (UnsafeRawBufferPointer) -> Void
    ) -> PrecompileResult {
      withUnsafeBytes(of: Faulty.next(), output)
      return .success
    }
  }

  static func next() -> UInt64 { executions.wrappingAdd(1, ordering: .relaxed).newValue }

  var forks: [ForkDefinition] {
    [ForkDefinition(name: "faulty-fork", base: Fork.osaka, changes: [.instruction(opcode: 0xb0, isOn: true)])]
  }

  func register(in registry: inout ExtensionRegistry) throws(RegistrationError) {
    try registry.register(
      Instruction(
        mnemonic: "faulty.random", opcode: Opcode(0x0c),
        implementation: .service { (frame: inout EVMFrame) throws(EVMHalt) in
          frame.setOutput(0, to: UInt256(Faulty.next()))
        }))
    try registry.register(Moody())
    try registry.register(Fickle())
  }
}

@Suite("The conformance kit on the EVM")
struct EVMConformanceTests {
  private func report(_ extension: any VMExtension) -> ConformanceReport {
    var kit = ConformanceKit()
    kit.casesPerInstruction = 12
    kit.companions = [PrecompilesExtension()]
    return kit.check(`extension`)
  }

  @Test("Extensions that keep the rules are accepted, and all of them is tried")
  func soundness() throws {
    for (item, instructions) in [
      (try NativeExtension(linked: "checksums", weft_checksums_extension()), 2),
      (try NativeExtension(linked: "test-evm", weft_test_evm_extension()), 11),
      (try NativeExtension(linked: "replacements", weft_test_evm_replacements()), 1),
    ] {
      let report = report(item)
      #expect(report.problems == [])
      func cases(_ name: String) -> Int { report.checks.first { $0.name == name }?.cases ?? 0 }
      for name in ["EVM agreement", "EVM determinism", "EVM gas", "EVM static calls"] {
        #expect(cases(name) == 12 * instructions, "\(item.name): \(name)")
      }
      #expect(cases("forks") == 1)
      #expect(cases("precompiles") == 12 * item.description.evm.precompiles.count)
    }
  }

  @Test("Each breach is found and named")
  func faults() {
    let problems = report(Faulty()).problems
    func found(_ name: String, _ text: String) -> Bool {
      problems.contains { $0.contains(name) && $0.contains(text) }
    }
    #expect(found("faulty.random", "stack or memory differ"))
    #expect(found("precompiles: faulty.moody", "gas, but"))
    #expect(found("precompiles: faulty.fickle", "it gives something else the next time"))
    #expect(found("forks: fork 'faulty-fork'", "there is no instruction with opcode 0xb0"))
    #expect(problems.count == 4, "\(problems)")
  }

  @Test("A broken rule of the interface is found")
  func brokenRule() throws {
    let path = try ObjectWorkshop.object("evm_misbehaving.c", case: "two-words-for-one")
    let problems = report(try ObjectLoader.test().load(path)).problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("EVM rules: bad (") == true)
    #expect(problems.first?.hasSuffix("it gave more than the 1 words that it declares") == true)
  }
}
