import Testing
import WeftCircuit
import WeftField

@Suite("The attack on chips")
struct SoundnessTests {
  private let options = {
    var options = SoundnessAudit.Options()
    options.lint.timeBus = (number: ExampleBus.execution.number, field: 1)
    return options
  }()

  @Test("A sound chip withstands: no change of any cell of any kind of row is accepted")
  func sound() throws {
    var options = options
    options.redundancyTrials = 4096
    let report = try SoundnessAudit.assertSound(chip: AddChip(), records: addRecords(13), options: options)
    #expect(report.rows.count == 4, "two real rows, two of padding")
    #expect(report.mutationCount > 4 * 15 * 10)
    #expect(report.acceptedCount == 0)
    // The first three carries follow from the last one and the bytes; the bit, the last carry and the gates do not.
    let redundant = report.redundantConstraints
    #expect(redundant.contains { $0.hasPrefix("carry 0 is a bit") })
    for label in ["isValid", "carry 3", "padding: pc", "padding: timestamp", "padding: a[3]"] {
      #expect(!redundant.contains { $0.hasPrefix(label) }, "\(redundant)")
    }
  }

  @Test(
    "Every defect is caught, by the lint, by the attack or by both",
    arguments: [
      (AddChip.Defect.ungatedPadding, "accepted: Add, row 13: pc := "),
      (.missingRangeCheck, "the same input gives another output"),
      (.countNotBoolean, "is not provably 0 or 1"),
      (.freeColumn, "nothing mentions the column leftover"),
      (.freeColumn, "leftover := 1: nobody notices"),
      (.missingCarry, "the same input gives another output"),
    ])
  func defects(defect: AddChip.Defect, sign: String) throws {
    let chip = AddChip(defect: defect)
    let error = #expect(throws: CircuitError.self) {
      try SoundnessAudit.assertSound(chip: chip, records: addRecords(13), options: options)
    }
    #expect(error?.description.contains(sign) == true, "\(error?.description ?? "")")
  }

  @Test("A trace without padding is attacked in its real rows")
  func noPadding() throws {
    let report = try SoundnessAudit.audit(chip: AddChip(), records: addRecords(16), options: options)
    #expect(report.isSound, "\(report)")
    #expect(report.rows.count == 2)
  }

  @Test("Columns that are declared as advice may give out what the constraints allow")
  func advice() throws {
    struct HintChip: Chip {
      struct Columns<Cell>: ColumnLayout {
        var isValid: Cell
        var timestamp: Cell
        var data: InlineArray<2, Cell>
      }
      var name: String { "Hint" }
      func describe(in builder: CircuitBuilder) {
        let row = builder.main(Columns.self).local
        builder.assertBool(row.isValid, "isValid is a bit")
        builder.receive(ExampleBus.execution, [0, row.timestamp], count: row.isValid)
        builder.send(ExampleBus.results, [row.timestamp] + row.data.array, count: row.isValid)
        builder.bytes(row.data[0], row.data[1], count: row.isValid)
        builder.requireBytes(row.data.array, enabled: row.isValid)
        builder.gatePadding(validity: row.isValid)
      }
      func rowCount(for records: Int) -> Int? { records }
      func fill(_ rows: TraceRows, from records: Int) throws(TraceError) {
        try rows.forEach(Columns<BabyBear>.self) { index, row in
          row = Columns(isValid: 1, timestamp: BabyBear(index), data: [BabyBear(index), 200])
        }
      }
    }
    let strict = try SoundnessAudit.audit(chip: HintChip(), records: 3)
    #expect(strict.acceptedCount > 0)
    #expect(strict.accepted.allSatisfy { $0.effect == .otherOutput })
    var options = SoundnessAudit.Options()
    options.advice = ["data"]
    let report = try SoundnessAudit.audit(chip: HintChip(), records: 3, options: options)
    #expect(report.isSound, "\(report)")
  }

  @Test("In a chip with order the exchange of rows is a change; a changed cell is seen from the row before")
  func ordered() throws {
    struct CountdownChip: Chip {
      struct Columns<Cell>: ColumnLayout {
        var isValid: Cell
        var rest: Cell
        var inverse: Cell
      }
      var linked = true
      var name: String { "Countdown" }
      func describe(in builder: CircuitBuilder) {
        let window = builder.main(Columns.self)
        let (row, next) = (window.local, window.next)
        builder.assertBool(row.isValid, "isValid is a bit")
        builder.whenFirstRow.when(row.isValid).assertEqual(row.rest, 5, "starts at 5")
        if linked {
          builder.whenTransition.when(next.isValid).assertEqual(next.rest, row.rest - 1, "counts down")
          builder.whenTransition.when(next.isValid).assertEqual(row.isValid, 1, "no gap")
        }
        builder.when(row.isValid).assertEqual(row.rest * row.inverse, 1, "not beyond the end")
        builder.send(ExampleBus.results, [row.rest], count: row.isValid)
        builder.gatePadding(validity: row.isValid)
      }
      func rowCount(for records: Int) -> Int? { records }
      func fill(_ rows: TraceRows, from records: Int) throws(TraceError) {
        try rows.forEach(Columns<BabyBear>.self) { index, row in
          row = Columns(isValid: 1, rest: BabyBear(5 - index), inverse: BabyBear(5 - index).inverseOrZero)
        }
      }
    }
    var options = SoundnessAudit.Options()
    options.rowsPerKind = 8
    let sound = try SoundnessAudit.audit(chip: CountdownChip(), records: 5, options: options)
    // Nothing binds the length here: the last row may be left out, which gives out less.
    #expect(sound.accepted.allSatisfy { $0.mutation.kind == .remove(row: 4) || $0.effect == .otherOutput })
    #expect(sound.accepted.contains { $0.mutation.kind == .remove(row: 4) })
    #expect(!sound.accepted.contains { if case .swap = $0.mutation.kind { true } else { false } })
    #expect(
      !sound.accepted.contains {
        if case .cells(_, let cells) = $0.mutation.kind { cells[0].name == "rest" } else { false }
      })
    let loose = try SoundnessAudit.audit(chip: CountdownChip(linked: false), records: 5, options: options)
    #expect(loose.acceptedCount > sound.acceptedCount)
    #expect(loose.accepted.contains { if case .swap = $0.mutation.kind { true } else { false } })
  }

  @Test("The look-up tables themselves withstand: their multiplicities cannot be changed")
  func tables() throws {
    var options = SoundnessAudit.Options()
    options.rowLimit = 16
    let generator = TraceGenerator(threads: 2)
    let records = addRecords(5)
    let traces = try generator.generate([
      TraceJob(AddChip(), records: records), TraceJob(table: RangeTable(maximumBits: 4)),
      TraceJob(table: BitwiseTable()),
    ])
    let audit = SoundnessAudit(traces, tables: [], options: options)
    for name in ["RangeTable", "BitwiseTable", "Add"] {
      let report = try audit.audit(try #require(traces[name]))
      #expect(report.isSound, "\(report)")
      #expect(report.mutationCount > 20)
    }
  }

  @Test("Honest rows that fail are reported before anything else")
  func dishonest() throws {
    var traces = try addSystem(addRecords(3))
    traces.airs[0].main?[1, 3] = 77
    let report = try SoundnessAudit(traces).audit(traces.airs[0])
    #expect(!report.isSound)
    #expect(report.dishonest.first?.hasPrefix("carry 0 is a bit") == true)
  }

  @Test("A public value that no constraint binds is found; one that is bound is not")
  func publicValues() throws {
    struct EndChip: Chip {
      var bound: Bool
      var name: String { "End" }
      func describe(in builder: CircuitBuilder) {
        let window = builder.mainColumns("x", count: 1)
        let x = window.local[0]
        builder.whenTransition.assertEqual(window.next[0], x + 1, "counts")
        let values = builder.publicValues("end", count: 2)
        builder.receive(ExampleBus.execution, [x, 0], count: 1)
        builder.whenLastRow.assertEqual(x, values[0], "the end is public")
        if bound { builder.whenFirstRow.assertEqual(x, values[1], "so is the beginning") }
      }
      func rowCount(for records: [BabyBear]) -> Int? { records.count }
      func fill(_ rows: TraceRows, from records: [BabyBear]) throws(TraceError) {
        for row in rows.rows { rows.cells(row)?[0] = records[row] }
      }
      func publicValues(for records: [BabyBear]) -> [BabyBear] { [records[records.count - 1], records[0]] }
    }
    let records: [BabyBear] = [5, 6, 7, 8]
    #expect(try SoundnessAudit.audit(chip: EndChip(bound: true), records: records).isSound)
    let report = try SoundnessAudit.audit(chip: EndChip(bound: false), records: records)
    #expect(report.acceptedCount == 4)
    #expect(report.accepted.first?.description == "End: public end[1] := 6: nobody notices")
  }

  @Test("Faults with dependants derived anew: a wrong sum is rejected, row by row")
  func faults() throws {
    let records = addRecords(40)
    let traces = try TraceGenerator().generate([TraceJob(AddChip(), records: records)])
    let audit = SoundnessAudit(traces, tables: [RangeTable(), BitwiseTable()])
    let trace = try #require(traces["Add"])
    #expect(try audit.effect(of: [3: trace.main?.row(3) ?? []], in: trace) == .unnoticed)
    var numbers = Numbers(state: 3)
    for row in records.indices {
      for _ in 0..<5 {
        var cells = trace.main?.row(row) ?? []
        let wrong = records[row].b &+ records[row].c &+ UInt32(1 + numbers.next() % 0xffff_fffe)
        let limbs = limbs(wrong)
        for i in 0..<4 { cells[3 + i] = limbs[i] }
        #expect(try audit.effect(of: [row: cells], in: trace) == nil)
      }
    }
    let error = #expect(throws: TraceError.self) { try audit.effect(of: [0: [1, 2]], in: trace) }
    #expect(error?.description == "AIR Add: the number of cells of a row should be 15 and is 2")
  }
}
