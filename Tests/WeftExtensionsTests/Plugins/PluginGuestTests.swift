import Foundation
import Testing
import WeftMachine

@testable import WeftExtensions
@testable import WeftRV32

@Suite("Sample extensions and their guests", .serialized)
struct PluginGuestTests {
  /// A guest of the tree that uses extensions.
  struct Guest: Sendable, CustomTestStringConvertible {
    var name: String
    var extensions: [SampleExtension.Name]
    var usesDigest = false

    var testDescription: String { name }

    static let all = [
      Guest(name: "bits", extensions: [.bits]), Guest(name: "vectors", extensions: [.vectors]),
      Guest(name: "bulkmemory", extensions: [.bulkMemory]),
      Guest(name: "provable", extensions: [.bits, .bulkMemory]),
      Guest(name: "digest", extensions: [], usesDigest: true),
      Guest(name: "extensions-swift", extensions: [.bits, .vectors, .bulkMemory], usesDigest: true),
    ]

    struct Expectation: Decodable {
      var exit: UInt32
      var output: String
      var publicValues: String?
    }

    var folder: URL { SampleExtension.root.appending(path: "programs/rv32/\(name)") }

    func expectation() throws -> Expectation {
      try JSONDecoder().decode(
        Expectation.self, from: Data(contentsOf: folder.appending(path: "expected.json")))
    }

    func program(_ suffix: String = "") throws -> RV32Program {
      try RV32Program(contentsOf: folder.appending(path: "\(name)\(suffix).elf").path)
    }
  }

  @Test(
    "Guests end as expected, and as with software in place of the extensions, on every engine in every mode",
    arguments: Guest.all, SampleExtension.Form.allCases)
  func run(guest: Guest, form: SampleExtension.Form) throws {
    let expected = try guest.expectation()
    var extensions = try guest.extensions.map { try SampleExtension(name: $0, form: form).load() }
    if guest.usesDigest { extensions.append(try SampleExtension.digest()) }
    for execution in Execution.all {
      try check(guest.program(), extensions, execution, expected)
    }
    try check(guest.program("-software"), [], Execution(engine: .threaded, mode: .fast), expected)
  }

  private func check(
    _ program: RV32Program, _ extensions: [any VMExtension], _ execution: Execution,
    _ expected: Guest.Expectation
  ) throws {
    var configuration = Machine.Configuration()
    configuration.engine = execution.engine
    configuration.limits.instructions = 20_000_000
    configuration.publicValueCount = 8
    var machine = try Machine(program, configuration: configuration, extensions: extensions)
    let outcome = try machine.run(execution.mode)
    #expect(outcome.exit == .halted(code: expected.exit), "\(execution.testDescription)")
    #expect(outcome.outputText == expected.output, "\(execution.testDescription)")
    if let values = expected.publicValues {
      #expect(
        outcome.publicValues.map { hexadecimal(UInt32($0), digits: 2).dropFirst(2) }.joined() == values,
        "\(execution.testDescription)")
    }
  }

  @Test("A guest without its extension ends at the first of its instructions", arguments: Guest.all)
  func absent(guest: Guest) throws {
    var machine = try Machine(try guest.program())
    let outcome = try machine.run()
    guard case .trapped(let trap) = outcome.exit else {
      Issue.record("\(outcome.exit)")
      return
    }
    #expect(trap.cause == .illegalInstruction)
  }

  @Test("The conformance kit accepts every sample", arguments: SampleExtension.all)
  func conformance(sample: SampleExtension) throws {
    var kit = ConformanceKit()
    kit.casesPerInstruction = 5
    kit.seed = 2026
    #if DEBUG
      kit.attackedRows = 4
    #endif
    let report = kit.check(try sample.load())
    #expect(report.problems == [])
    // Bits and BulkMemory are provable, every instruction of them.
    let chips = [.bits: 6, .bulkMemory: 5][sample.name, default: 0]
    #expect(report.checks.first { $0.name == "chips" }?.cases ?? 0 == chips)
    #expect(report.checks.contains { $0.name == "agreement" && $0.cases >= 25 })
    #expect(report.checks.contains { $0.name == "snapshots" && $0.cases > 0 })
  }

  @Test("The conformance kit accepts the manifest")
  func manifest() throws {
    var kit = ConformanceKit()
    kit.casesPerInstruction = 20
    let report = kit.check(try SampleExtension.digest())
    #expect(report.problems == [])
    #expect(report.checks.contains { $0.name == "agreement" && $0.cases == 40 })
  }

  @Test("An object and its linked-in twin claim the same words: both owners are named")
  func clash() throws {
    let twins = try SampleExtension.Form.allCases.map { try SampleExtension(name: .bits, form: $0).load() }
    do {
      _ = try Machine(try makeProgram([.ebreak]), extensions: twins)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains("bits"))
    }
  }
}
