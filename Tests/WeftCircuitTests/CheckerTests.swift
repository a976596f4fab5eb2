import Foundation
import Testing
import WeftCircuit
import WeftField

@Suite("The checker")
struct CheckerTests {
  @Test(
    "Honest traces are accepted, at every height of a block and beyond",
    arguments: [1, 2, 3, 63, 64, 65, 300, 5000])
  func honest(count: Int) throws {
    let traces = try addSystem(addRecords(count))
    let report = try Checker().check(traces)
    #expect(report.isAccepted, "\(report)")
    #expect(report.rowCount == traces.rowCount)
    #expect(report.airCount == 4)
    #expect(report.json.contains("\"accepted\":true"))
  }

  @Test("A violated constraint is named with AIR, row, label, place and values")
  func constraint() throws {
    var traces = try addSystem(addRecords(10))
    let old = try #require(traces.airs[0].main?[7, 3])
    traces.airs[0].main?[7, 3] = old + 3
    let report = try Checker().check(traces)
    #expect(!report.isAccepted)
    let violation = try #require(report.constraintViolations.first)
    #expect(violation.air == "Add")
    #expect(violation.row == 7)
    #expect(violation.label == "carry 0 is a bit")
    #expect(violation.location.file == "WeftCircuitTests/AddChip.swift")
    #expect(violation.location.line > 40)
    #expect(violation.value != 0)
    #expect(violation.cells.contains { $0.name == "a[0]" && $0.value == (old + 3).canonical })
    #expect(violation.formula.contains("a[0]"))
    #expect(report.description.contains("Add, row 7: \"carry 0 is a bit\" (WeftCircuitTests/AddChip.swift:"))
    // The result that was sent is not the one that is expected: each is the other's near miss.
    let bus = try #require(report.busViolations.first { $0.bus == "results" })
    #expect(bus.contributors.count == 1)
    #expect(bus.nearMisses.count == 1)
    #expect(bus.nearMisses.first?.field == "a0")
    let object = try JSONSerialization.jsonObject(with: Data(report.json.utf8)) as? [String: Any]
    #expect(object?["accepted"] as? Bool == false)
    #expect((object?["violations"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test("A look-up of something that is in no table is named with its message")
  func notInTable() throws {
    var traces = try addSystem(addRecords(4), .missingCarry)
    // The last carry is not constrained here: a[3] may be anything as far as the constraints of the sum go.
    let row = try #require(traces.airs[0].main?.row(2))
    traces.airs[0].main?[2, 6] = row[6] + 256
    let report = try Checker().check(traces)
    let violation = try #require(report.busViolations.first { $0.isNotInTable })
    #expect(violation.bus == "bitwise")
    #expect(violation.fields.map(\.name) == ["x", "y", "z", "op"])
    #expect(violation.fields[1].value == row[6].canonical + 256)
    #expect(report.description.contains("it is in no table"))
  }

  @Test("A count that is neither 0 nor 1 is named, even where the bus balances")
  func counts() throws {
    var traces = try addSystem(addRecords(4), .countNotBoolean)
    traces.airs[0].main?[1, 0] = 2
    let report = try Checker().check(traces)
    let violation = try #require(report.countViolations.first)
    #expect(violation.air == "Add")
    #expect(violation.row == 1)
    #expect(violation.count == -2 || violation.count == 2)
  }

  @Test("The report is the same on one thread and on four, and at every run")
  func threads() throws {
    var traces = try addSystem(addRecords(9000))
    for row in stride(from: 5, to: 9000, by: 1000) { traces.airs[0].main?[row, 4] = 300 }
    let first = try Checker(threads: 1).check(traces)
    #expect(first.constraintSummary.map(\.rows).max() == 9)
    for _ in 0..<3 { #expect(try Checker(threads: 4).check(traces).description == first.description) }
  }

  @Test("Multiplicities that could wrap around modulo p are refused (N1)")
  func multiplicities() throws {
    struct Wide: AIR {
      var name: String { "Wide" }
      func describe(in builder: CircuitBuilder) {
        let x = builder.mainColumns("x", count: 1).local[0]
        for _ in 0..<1000 { builder.send(ExampleBus.execution, [x, x], count: 0) }
      }
    }
    let air = try Wide().description()
    let trace = try AIRTrace(air: air, main: Trace(height: 1 << 21, width: 1))
    let report = try Checker().check(TraceSet([trace]))
    #expect(!report.isAccepted)
    #expect(report.otherFindings.first?.hasPrefix("bus execution: 2097152000 messages are possible") == true)
  }

  @Test("Next rows wrap around, and selectors pick the first and the last row")
  func windows() throws {
    struct Counter: AIR {
      var name: String { "Counter" }
      func describe(in builder: CircuitBuilder) {
        let window = builder.mainColumns("n", count: 1)
        let (n, next) = (window.local[0], window.next[0])
        builder.whenFirstRow.assertZero(n, "starts at 0")
        builder.whenTransition.assertEqual(next, n + 1, "counts")
        let end = builder.publicValues("end", count: 1)
        builder.whenLastRow.assertEqual(n, end[0], "ends at the public value")
        builder.whenLastRow.assertZero(next, "wraps around")
      }
    }
    let air = try Counter().description()
    for height in [1, 2, 64, 256] {
      var main = try Trace(height: height, width: 1)
      for row in 0..<height { main[row, 0] = BabyBear(row) }
      let honest = try AIRTrace(air: air, main: main, publicValues: [BabyBear(height - 1)])
      #expect(try Checker().check(TraceSet([honest])).isAccepted)
      let forged = try AIRTrace(air: air, main: main, publicValues: [BabyBear(height)])
      let report = try Checker().check(TraceSet([forged]))
      #expect(report.constraintSummary.map(\.label) == ["ends at the public value"])
      #expect(report.constraintViolations.first?.row == height - 1)
    }
  }

  @Test("Traces of a wrong shape are refused by text")
  func shapes() throws {
    let air = try AddChip().description()
    let error = #expect(throws: TraceError.self) { try AIRTrace(air: air, main: Trace(height: 4, width: 3)) }
    #expect(error?.description == "AIR Add: the number of main columns should be 15 and is 3")
    let height = #expect(throws: TraceError.self) {
      try AIRTrace(air: air, main: Trace(height: 3, width: 15))
    }
    #expect(height?.description == "AIR Add: the height 3 is not a power of two")
  }
}
