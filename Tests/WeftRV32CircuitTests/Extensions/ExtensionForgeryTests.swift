import Testing
import WeftCircuit
import WeftField
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

/// A whole run, in which one thing that an instruction of an extension did is told otherwise.
@Suite("Forged runs of extensions", .serialized)
struct ExtensionForgeryTests {
  /// A change of cells in a row of a chip, and what has to speak of it.
  struct Forgery: Sendable, CustomTestStringConvertible {
    var chip: String
    /// Names of columns with what is added to their cells.
    var changes: [String: Int]
    /// What the check must say.
    var finding: String
    /// Of the rows in which these columns have these values, the first is changed.
    var place: [String: UInt32] = [:]

    var testDescription: String { "\(chip): \(changes.keys.sorted().joined(separator: ", "))" }
  }

  static let forgeries = [
    Forgery(chip: "bits.popcount", changes: ["result": 1], finding: "the result"),
    Forgery(chip: "bits.popcount", changes: ["result": 1, "bits[0]": 1], finding: "the bits are the byte's"),
    Forgery(chip: "bits.reverse", changes: ["host.rs1[0]": 1, "host.rs1[3]": -1], finding: "bus memory"),
    Forgery(chip: "bits.clz", changes: ["result": 1, "seen[31]": -1], finding: "a bit has been seen"),
    Forgery(chip: "bits.deposit", changes: ["result[3]": 1, "result[4]": -1], finding: "half"),
    Forgery(chip: "bits.extract", changes: ["result[0]": 1], finding: "the lower half"),
    // x0 that is written, a register that is not.
    Forgery(chip: "bits.ctz", changes: ["host.rd.isWritten": -1], finding: "bus program"),
    Forgery(chip: "bits.ctz", changes: ["host.rd.pointer": 4], finding: "bus program"),
    // Time that does not go on, or too far.
    Forgery(chip: "bits.ctz", changes: ["host.time": 1], finding: "bus execution"),
    Forgery(chip: "bulk.copy", changes: ["host.time": 1], finding: "time goes on", place: ["host.isLast": 0]),
    Forgery(
      chip: "bulk.copy", changes: ["host.start1": 1, "host.time1": 1], finding: "phase 1 begins where",
      place: ["host.isLast": 1, "host.isFirst": 1, "isActive": 1]),
    // A loop that ends early, a row that no execution has.
    Forgery(
      chip: "bulk.copy", changes: ["host.isLast": 1], finding: "a row follows", place: ["host.isLast": 0]),
    Forgery(
      chip: "bulk.fill", changes: ["host.isFirst": -1], finding: "the first row begins an execution",
      place: ["host.isFirst": 1, "host.isLast": 1]),
    Forgery(chip: "bulk.copy", changes: ["moved[2]": 1], finding: "the byte that belongs here"),
    Forgery(
      chip: "bulk.fill", changes: ["byte": 1], finding: "the low byte of rs1", place: ["host.isFirst": 1]),
    Forgery(
      chip: "bulk.fill", changes: ["mask[0]": 1, "remaining": 1], finding: "the count",
      place: ["mask[0]": 0, "mask[1]": 1]),
    Forgery(
      chip: "bulk.compare", changes: ["isLess": 1], finding: "equal ranges are not less", place: ["isLess": 0]
    ),
    Forgery(
      chip: "bulk.compare", changes: ["isDecided": 1], finding: "decided",
      place: ["isDecided": 0, "host.isFirst": 1]),
    Forgery(
      chip: "bulk.store", changes: ["destination": 4], finding: "the destination", place: ["isActive": 1]),
    Forgery(chip: "bulk.load", changes: ["source": -4], finding: "the source", place: ["isActive": 1]),
  ]

  @Test("What an instruction did is told otherwise: rejected, with the constraint or the bus named")
  func forged() throws {
    var run = RecordedRun()
    run.extensions = try ProvableCode.extensions()
    let (made, circuit, _) = try run.checked(try ProvableCode.program())
    #if DEBUG
      let forgeries = stride(from: 0, to: Self.forgeries.count, by: 3).map { Self.forgeries[$0] }
    #else
      let forgeries = Self.forgeries
    #endif
    for forgery in forgeries {
      var traces = made.traces
      let index = try #require(traces.airs.firstIndex { $0.air.name == forgery.chip })
      let trace = traces.airs[index]
      func column(_ name: String) throws -> Int {
        try #require(trace.air.mainColumns.firstIndex(of: name), "\(forgery.chip): \(name)")
      }
      let place = try forgery.place.map { (try column($0.key), BabyBear($0.value)) }
      let row = try #require(
        (0..<trace.rowCount).first { row in place.allSatisfy { trace.main?[row, $0.0] == $0.1 } },
        "\(forgery.testDescription)")
      for (name, difference) in forgery.changes {
        traces.airs[index].main?[row, try column(name)] += BabyBear(difference)
      }
      let report = try circuit.check(traces, committed: made.committed, checker: Checker(threads: 2))
      #expect(!report.isAccepted, "\(forgery.testDescription)")
      #expect(
        report.description.contains(forgery.finding), "\(forgery.testDescription): \(report.description)")
    }
  }

  @Test("A circuit without the instruction table refuses the run")
  func withoutTable() throws {
    let program = try ProvableCode.program()
    var machine = try Machine(
      program, configuration: RecordedRun().configuration, extensions: try ProvableCode.extensions())
    _ = try machine.run(.recorded(.instructionRecords))
    let circuitProgram = try CircuitProgram(program, table: machine.table)
    let run = try machine.finalize()
    let circuit = try RV32Circuit(memory: run.memory.configuration)
    do {
      _ = try circuit.makeTraces(of: run, program: circuitProgram)
      Issue.record("accepted")
    } catch {
      #expect(
        "\(error)".hasSuffix(
          "has a chip, which the circuit has not: it is made without the instruction table"))
    }
  }
}
