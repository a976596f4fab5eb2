import Testing
import WeftCircuit
import WeftField

@Suite("Traces")
struct TraceTests {
  @Test(
    "Heights are padded to powers of two",
    arguments: [(0, 1), (1, 1), (2, 2), (3, 4), (4, 4), (5, 8), (1025, 2048)])
  func heights(rows: Int, height: Int) {
    #expect(Trace.paddedHeight(rows) == height)
  }

  @Test("Copies share memory until one of them is changed")
  func copies() throws {
    var trace = try Trace(rows: [[1, 2], [3, 4]])
    let copy = trace
    #expect(trace.elements == copy.elements)
    trace[1, 0] = 9
    #expect(trace.elements != copy.elements)
    #expect(copy[1, 0] == 3)
    #expect(trace.column(0) == [1, 9])
    #expect(trace.row(1) == [9, 4])
    #expect(trace != copy)
    #expect(trace[5, 0] == 0)
    trace[5, 0] = 7
    #expect(trace.cellCount == 4)
  }

  @Test("Sizes beyond memory are refused by text")
  func tooLarge() {
    let error = #expect(throws: TraceError.self) { try Trace(height: 1 << 62, width: 8) }
    #expect(error?.description == "no memory for a trace of 4611686018427387904 rows and 8 columns")
  }

  @Test("Traces are the same bytes on one thread, on two and on five, at every run")
  func threads() throws {
    let records = addRecords(20_000)
    let jobs = [
      TraceJob(AddChip(), records: records), TraceJob(table: RangeTable(maximumBits: 8)),
      TraceJob(table: BitwiseTable()),
    ]
    let first = try TraceGenerator(threads: 1).generate(jobs)
    for threads in [1, 2, 5] {
      let other = try TraceGenerator(threads: threads).generate(jobs)
      #expect(other.airs.count == first.airs.count)
      for (left, right) in zip(first.airs, other.airs) { #expect(left.main == right.main) }
    }
  }

  @Test("A chip without rows is absent; padding is filled where a chip wants it")
  func padding() throws {
    struct Padded: Chip {
      var name: String { "Padded" }
      func describe(in builder: CircuitBuilder) {
        builder.assertZero(builder.mainColumns("x", count: 1).local[0] - 7, "seven")
      }
      func rowCount(for records: Int) -> Int? { records == 0 ? nil : records }
      func fill(_ rows: TraceRows, from records: Int) throws(TraceError) {
        for row in rows.rows { rows.cells(row)?[0] = 7 }
      }
      func fillPadding(_ row: TraceRows) throws(TraceError) { row.cells(row.rows.lowerBound)?[0] = 7 }
    }
    let generator = TraceGenerator(threads: 2)
    #expect(try generator.generate([TraceJob(Padded(), records: 0)]).airs.isEmpty)
    let traces = try generator.generate([TraceJob(Padded(), records: 5)])
    #expect(traces.airs[0].height == 8)
    #expect(traces.airs[0].rowCount == 5)
    #expect(try Checker().check(traces).isAccepted)
  }

  @Test("The first error of filling is thrown, whichever thread met it")
  func failure() {
    struct Failing: Chip {
      var name: String { "Failing" }
      func describe(in builder: CircuitBuilder) {
        builder.assertZero(builder.mainColumns("x", count: 1).local[0], "zero")
      }
      func rowCount(for records: Int) -> Int? { records }
      func fill(_ rows: TraceRows, from records: Int) throws(TraceError) {
        throw .badRecord(air: name, row: rows.rows.lowerBound, reason: "on purpose")
      }
    }
    for threads in 1...3 {
      let error = #expect(throws: TraceError.self) {
        try TraceGenerator(threads: threads).generate([TraceJob(Failing(), records: 50_000)])
      }
      #expect(error?.description == "AIR Failing, row 0: on purpose")
    }
  }

  @Test("A layout that does not fit the trace is refused by text")
  func mismatch() throws {
    var trace = try Trace(height: 2, width: 3)
    let error = #expect(throws: TraceError.self) {
      try trace.withRows { rows throws(TraceError) in
        try rows.forEach(DescriptionTests.Pair<BabyBear>.self) { _, row in row.x = 1 }
      }
    }
    #expect(error?.description == "the layout Pair<BabyBear> has 2 columns, the trace 3")
  }

  @Test("Multiplicities equal a count made by hand, and all look-ups of the example are in the tables")
  func multiplicities() throws {
    let records = addRecords(300)
    let traces = try addSystem(records)
    let table = try #require(traces["BitwiseTable"]?.main)
    var expected = [UInt32](repeating: 0, count: 1 << 16)
    for record in records {
      let sum = record.b &+ record.c
      expected[Int((sum & 255) << 8 | sum >> 8 & 255)] += 1
      expected[Int((sum >> 16 & 255) << 8 | sum >> 24)] += 1
    }
    #expect(table.column(0).map(\.canonical) == expected)
    let zero = Set<BabyBear>([0])
    #expect(Set(table.column(1)) == zero)
    let range = try #require(traces["RangeTable"]?.main)
    #expect(Set(range.column(0)) == zero)
  }

  @Test("The rows of the tables are what the reference says")
  func tables() throws {
    let range = try #require(try RangeTable().preprocessedTrace())
    #expect(range.height == 1 << 18)
    #expect(range.row(0) == [0, 0])
    #expect(range.row(1) == [0, 0])
    #expect(range.row((1 << 17) + 99_999) == [99_999, 17])
    #expect(RangeTable().contains([31, 5]))
    #expect(!RangeTable().contains([32, 5]))
    #expect(RangeTable().contains([0, 0]))
    #expect(!RangeTable().contains([1, 0]))
    #expect(!RangeTable().contains([0, 18]))
    let bitwise = try #require(try BitwiseTable().preprocessedTrace())
    #expect(bitwise.row(256 * 0xf0 + 0x3c) == [0xf0, 0x3c, 0xcc])
    #expect(BitwiseTable().contains([1, 3, 2, 1]))
    #expect(!BitwiseTable().contains([1, 3, 2, 0]))
    #expect(!BitwiseTable().contains([256, 0, 0, 0]))
  }
}
