import Testing
import WeftCircuit
import WeftField

@Suite("Sub-circuits")
struct SubCircuitTests {
  private static let input = Bus(
    30, name: "input", kind: .permutation, fields: ["x0", "x1", "y0", "y1", "serial"])
  private static let output = Bus(31, name: "output", kind: .permutation, fields: ["serial", "result"])

  struct Record: Sendable {
    var x: InlineArray<2, UInt32>
    var y: InlineArray<2, UInt32>
  }

  /// Edges and random pairs, equal ones among them.
  static let records: [Record] = {
    let edges: [UInt32] = [0, 1, (1 << 17) - 1, 1 << 17, (1 << 29) - 2, (1 << 29) - 1]
    var records: [Record] = []
    for a in edges { for b in edges { records.append(Record(x: [a, 5], y: [b, 5])) } }
    for a in edges { for b in edges { records.append(Record(x: [7, a], y: [7, b])) } }
    return records
  }()

  /// x[0] < y[0], with a result or as a demand.
  struct CompareChip: Chip {
    struct Columns<Cell>: ColumnLayout {
      var isValid: Cell
      var serial: Cell
      var x: Cell
      var y: Cell
      var result: Cell
      var digits: DifferenceDigits<Cell>
    }

    var demands = false
    var name: String { "Compare" }

    func describe(in builder: CircuitBuilder) {
      let row = builder.main(Columns.self).local
      builder.assertBool(row.isValid, "isValid is a bit")
      builder.receive(input, [row.x, row.y, row.serial], count: row.isValid)
      if demands {
        LessThan.assertLess(row.x, than: row.y, row.digits, count: row.isValid, in: builder)
        builder.assertZero(row.result, "no result")
      } else {
        LessThan.isLess(
          row.x, than: row.y, result: row.result, row.digits, count: row.isValid, in: builder)
        builder.send(output, [row.serial, row.result], count: row.isValid)
      }
      builder.gatePadding(validity: row.isValid)
    }

    func rowCount(for records: [Record]) -> Int? { records.count }

    func fill(_ rows: TraceRows, from records: [Record]) throws(TraceError) {
      try rows.forEach(Columns<BabyBear>.self) { index, row in
        let (x, y) = (records[index].x[0], records[index].y[0])
        let (result, digits) =
          demands ? (0, DifferenceDigits(assertingLess: x, than: y)) : LessThan.fill(x, y)
        row = Columns(
          isValid: 1, serial: BabyBear(index), x: BabyBear(x), y: BabyBear(y), result: result, digits: digits)
      }
    }
  }

  /// Whether one pair of numbers comes before another.
  struct ArrayChip: Chip {
    struct Columns<Cell>: ColumnLayout {
      var isValid: Cell
      var serial: Cell
      var x: InlineArray<2, Cell>
      var y: InlineArray<2, Cell>
      var order: IsLessThanArray<2, Cell>
    }

    var name: String { "Array" }

    func describe(in builder: CircuitBuilder) {
      let row = builder.main(Columns.self).local
      builder.assertBool(row.isValid, "isValid is a bit")
      builder.receive(input, row.x.array + row.y.array + [row.serial], count: row.isValid)
      row.order.constrain(row.x.array, row.y.array, condition: row.isValid, in: builder)
      builder.send(output, [row.serial, row.order.result], count: row.isValid)
      builder.gatePadding(validity: row.isValid)
    }

    func rowCount(for records: [Record]) -> Int? { records.count }

    func fill(_ rows: TraceRows, from records: [Record]) throws(TraceError) {
      try rows.forEach(Columns<BabyBear>.self) { index, row in
        let record = records[index]
        row = Columns(
          isValid: 1, serial: BabyBear(index), x: InlineArray { BabyBear(record.x[$0]) },
          y: InlineArray { BabyBear(record.y[$0]) }, order: IsLessThanArray(record.x, record.y))
      }
    }
  }

  struct ZeroChip: Chip {
    struct Columns<Cell>: ColumnLayout {
      var isValid: Cell
      var x: Cell
      var result: Cell
      var inverse: Cell
    }

    var pinned = true
    var name: String { "Zero" }

    func describe(in builder: CircuitBuilder) {
      let row = builder.main(Columns.self).local
      builder.assertBool(row.isValid, "isValid is a bit")
      builder.receive(input, [row.x], count: row.isValid)
      IsZero.constrain(
        row.x, result: row.result, inverse: row.inverse, condition: row.isValid, in: builder)
      if pinned { IsZero.pinInverse(result: row.result, inverse: row.inverse, in: builder) }
      builder.send(output, [row.x, row.result], count: row.isValid)
      builder.gatePadding(validity: row.isValid)
    }

    func rowCount(for records: [UInt32]) -> Int? { records.count }

    func fill(_ rows: TraceRows, from records: [UInt32]) throws(TraceError) {
      try rows.forEach(Columns<BabyBear>.self) { index, row in
        let x = BabyBear(records[index])
        let (result, inverse) = IsZero.fill(x)
        row = Columns(isValid: 1, x: x, result: result, inverse: inverse)
      }
    }
  }

  private var options: SoundnessAudit.Options {
    var options = SoundnessAudit.Options()
    options.rowsPerKind = 80
    options.rowLimit = 80
    return options
  }

  @Test("Comparisons withstand the attack on edges of the range and tell the truth")
  func comparison() throws {
    let records = Self.records
    try SoundnessAudit.assertSound(chip: CompareChip(), records: records, options: options)
    let less = records.filter { $0.x[0] < $0.y[0] }
    try SoundnessAudit.assertSound(chip: CompareChip(demands: true), records: less, options: options)
    let traces = try TraceGenerator().generate([TraceJob(CompareChip(), records: records)])
    for (index, record) in records.enumerated() {
      #expect(traces.airs[0].main?[index, 4] == BabyBear(record.x[0] < record.y[0]))
    }
  }

  @Test("A demand that is not met has no digits: the difference wraps around to something above 2^29")
  func unmet() throws {
    let unmet = Self.records.filter { $0.x[0] >= $0.y[0] }
    #expect(unmet.count > 20)
    for record in unmet {
      let difference = BabyBear(record.y[0]) - BabyBear(record.x[0]) - 1
      #expect(difference.canonical >= 1 << 29)
    }
    // Whatever digits are written: the constraint or a look-up fails.
    let traces = try TraceGenerator().generate([
      TraceJob(CompareChip(demands: true), records: Array(unmet.prefix(16))), TraceJob(table: RangeTable()),
    ])
    let report = try Checker(violationLimit: 64).check(traces)
    var bad = Set(report.constraintViolations.map(\.row))
    for violation in report.busViolations where violation.isNotInTable {
      bad.formUnion(violation.contributors.map(\.row))
    }
    #expect(bad == Set(0..<16))
  }

  @Test("The order of pairs withstands the attack and tells the truth")
  func arrays() throws {
    let records = Self.records
    try SoundnessAudit.assertSound(chip: ArrayChip(), records: records, options: options)
    let traces = try TraceGenerator().generate([TraceJob(ArrayChip(), records: records)])
    let column = try #require(traces.airs[0].air.mainColumns.firstIndex(of: "order.result"))
    for (index, record) in records.enumerated() {
      let expected = (record.x[0], record.x[1]) < (record.y[0], record.y[1])
      #expect(traces.airs[0].main?[index, column] == BabyBear(expected))
    }
  }

  @Test("N5: a marker on an equal element is rejected: x = [0, 0], y = [0, 1], result 0")
  func markerOnEqualElement() throws {
    let record = Record(x: [0, 0], y: [0, 1])
    var traces = try TraceGenerator().generate([TraceJob(ArrayChip(), records: [record])])
    let names = traces.airs[0].air.mainColumns
    #expect(try Checker().checkConstraints(traces).isAccepted)
    func set(_ name: String, _ value: BabyBear) throws {
      traces.airs[0].main?[0, try #require(names.firstIndex(of: name))] = value
    }
    try set("order.markers[0]", 1)
    try set("order.markers[1]", 0)
    try set("order.result", 0)
    let (_, digits) = LessThan.fill(0, 0)
    try set("order.digits.low", digits.low)
    try set("order.digits.high", digits.high)
    for inverse in [0, 1, -1] as [BabyBear] {
      try set("order.inverse", inverse)
      let report = try Checker().checkConstraints(traces)
      #expect(report.constraintSummary.map(\.label).contains("x < y: marked element 0 differs"))
    }
  }

  @Test("Zero tests withstand the attack; an inverse that is not pinned is found")
  func zero() throws {
    let records: [UInt32] = [0, 1, 2, 0, BabyBear.order - 1, 77]
    try SoundnessAudit.assertSound(chip: ZeroChip(), records: records, options: options)
    let loose = try SoundnessAudit.audit(chip: ZeroChip(pinned: false), records: records, options: options)
    #expect(loose.acceptedCount > 0)
    #expect(
      loose.accepted.allSatisfy {
        if case .cells(_, let cells) = $0.mutation.kind { cells[0].name == "inverse" } else { true }
      })
  }
}
