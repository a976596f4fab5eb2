import CWeftABI
import Testing
import WeftExtensionKit
import WeftMachine

@testable import WeftExtensions

/// Instructions that the kit must find fault with.
private let faulty = ExtensionTable(
  "faulty", version: "1.0.0", license: "Apache-2.0",
  instructions: [
    .step("faulty.register", .r(.custom1, funct3: 0, funct7: 0), [.readsRS1, .writesRD]) {
      // Writes a register that it does not declare.
      $0?.pointee.x[9] = 77
      return Step.perform($0, $1) { step in step.rd = step.rs1 }
    },
    .step("faulty.ticks", .r(.custom1, funct3: 0, funct7: 1), [.readsRS1, .writesRD], ticks: 5) {
      Step.perform($0, $1) { step in step.rd = step.rs1 }
    },
    .step("faulty.reads", .r(.custom1, funct3: 0, funct7: 2), [.writesRD]) {
      // Depends on a register that it does not declare.
      let value = $0?.pointee.x[11] ?? 0
      return Step.perform($0, $1) { step in step.rd = value }
    },
    .step("faulty.random", .r(.custom1, funct3: 0, funct7: 3), [.writesRD]) {
      // Not the same every time: how often this process has executed it.
      let value = executions.next()
      return Step.perform($0, $1) { step in step.rd = value }
    },
  ])

/// One instruction with nothing wrong.
private let sound = ExtensionTable(
  "sound", version: "1.0.0", license: "Apache-2.0",
  instructions: [
    .step("sound.twice", .r(.custom1, funct3: 0, funct7: 0), [.readsRS1, .writesRD], ticks: 2) {
      Step.perform($0, $1) { step in step.rd = step.rs1 &* 2 }
    }
  ])

private final class Counter: @unchecked Sendable {  // used by one test on one thread
  private var value: UInt32 = 0

  func next() -> UInt32 {
    value &+= 1
    return value
  }
}
private let executions = Counter()

@Suite("The conformance kit")
struct ConformanceKitTests {
  private func report(_ table: ExtensionTable) throws -> ConformanceReport {
    var kit = ConformanceKit()
    kit.casesPerInstruction = 8
    return kit.check(try NativeExtension(linked: "table", table.pointer))
  }

  @Test("An instruction that keeps the rules is accepted")
  func soundness() throws {
    let report = try report(sound)
    #expect(report.isAccepted, "\(report.problems)")
    #expect(report.checks.map(\.name).contains("snapshots"))
  }

  @Test("Each breach is found and named")
  func faults() throws {
    let problems = try report(faulty).problems
    func found(_ mnemonic: String, _ text: String) -> Bool {
      problems.contains { $0.contains(mnemonic) && $0.contains(text) }
    }
    #expect(found("faulty.register", "wrote x9, which it does not declare"))
    #expect(found("faulty.ticks", "took 2 ticks and declares 5"))
    #expect(found("faulty.reads", "registers it does not declare"))
    #expect(found("faulty.random", "holds"))
    for problem in problems where !problem.contains("faulty.") { Issue.record("\(problem)") }
  }
}
