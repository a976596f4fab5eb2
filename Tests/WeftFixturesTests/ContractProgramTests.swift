import Checksums
import FoundationEssentials
import Testing
import WeftEVM
import WeftExtensions
import WeftMachine
import WeftMemory
import WeftPrecompiles

@testable import WeftFixtures

@Suite("Programs of programs/evm")
struct ContractProgramTests {
  private static let programs = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "programs/evm").path

  static let names = ["checksums", "factory", "ledger", "nested", "token"]

  /// What programs use besides a fork's own.
  private static func extensions() throws -> [any VMExtension] {
    [PrecompilesExtension(), try NativeExtension(linked: "checksums", weft_checksums_extension())]
  }

  @Test("They are all here")
  func all() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.programs).sorted()
    let withResults = folders.filter {
      FileManager.default.fileExists(atPath: "\(Self.programs)/\($0)/expected.json")
    }
    #expect(withResults == Self.names)
  }

  @Test(
    "Every call gives what the executable specification gave", arguments: names,
    [Engine.reference, .threaded])
  func calls(name: String, engine: Engine) throws {
    let extensions = try Self.extensions()
    let test = try ContractTest(folder: "\(Self.programs)/\(name)", extensions: extensions)
    let evm = try EVM(rules: test.rules, extensions: extensions)
    evm.engine = engine
    let run = try ContractTestRun(test, on: evm)
    #expect(run.problems == [])
    #expect(run.results.count > 3)
  }

  @Test("Recorded, every call gives the same, and its record explains all that has changed", arguments: names)
  func recorded(name: String) throws {
    let extensions = try Self.extensions()
    let test = try ContractTest(folder: "\(Self.programs)/\(name)", extensions: extensions)
    var memory = MemoryConfiguration()
    memory.spaces = [
      AddressSpace(.immediate, name: "immediate", kind: .immediate, blockSize: 1, cellCount: 0), .registers,
    ]
    memory.addEVM(memoryLimit: 1 << 26, mode: .recorded(.accessLog))
    memory.accessLimit = 1 << 24
    memory.accessCapacity = 0
    let guest = Guest(
      memory: try MemoryController(memory, interface: .imageTable, mode: .recorded(.accessLog)),
      memoryStart: 0,
      streams: HostStreams(input: []), publicValueCount: 0, outputLimit: 0)
    let evm = try EVM(
      rules: test.rules, table: EVM.table(test.rules, extensions), guest: guest, memoryLimit: 1 << 26)
    let run = try ContractTestRun(test, on: evm)
    #expect(run.problems == [])
    #expect(evm.recorder?.failure == nil)
    let finalized = try guest.takeMemory().finalize()
    try finalized.validate()
    #expect(finalized.accessLog.count > 500)
    #expect(finalized.timestamp == UInt32(finalized.accessLog.count) + 1)
  }

  @Test("What is not as expected is named")
  func problems() throws {
    var test = try ContractTest(folder: "\(Self.programs)/nested")
    test.calls[0].gasUsed += 1
    test.calls[0].status = "revert"
    let address = try #require(test.finalAccounts.keys.min { $0.word < $1.word })
    test.finalAccounts[address]?.nonce += 1
    let run = try ContractTestRun(test, on: EVM(rules: test.rules, extensions: [PrecompilesExtension()]))
    #expect(
      run.problems == [
        "three levels: status: expected revert, got success",
        "three levels: gas used: expected 54769, got 54768",
        "account \(address): nonce: expected \(test.finalAccounts[address]?.nonce ?? 0), got "
          + "\((test.finalAccounts[address]?.nonce ?? 0) - 1)",
      ])
  }

  @Test("A folder without a program is named")
  func absent() {
    #expect(
      throws: FixtureError(
        file: "\(Self.programs)/absent/expected.json", reason: "No such file or directory")
    ) { try ContractTest(folder: "\(Self.programs)/absent") }
  }
}

@Suite("Call trees")
struct CallTreeTests {
  @Test("Calls stand below their callers, with gas and how they ended")
  func nested() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "programs/evm/nested").path
    let test = try ContractTest(folder: root)
    let evm = try EVM(rules: test.rules, extensions: [PrecompilesExtension()])
    let tree = CallTree()
    evm.inspector = tree
    _ = try evm.call(test.calls[0].message, in: BlockEnvironment(), on: JournaledState(test.state))
    #expect(tree.nodes.map(\.depth) == [0, 1, 2, 1, 2, 1, 2])
    #expect(
      tree.nodes.map(\.end) == [.success, .success, .success, .reverted, .success, .success, .reverted])
    #expect(tree.nodes.first?.gasUsed == 54768)
    #expect(
      tree.description.split(separator: "\n").last
        == "    CALL 0x0000000000000000000000000000000000001003: 32 bytes in, 32 out, gas 1373, reverted")
    tree.reset()
    #expect(tree.nodes.isEmpty)
  }
}
