import WeftCircuit
import WeftField

/// What the example chips talk over.
enum ExampleBus {
  static let execution = Bus(0, name: "execution", kind: .permutation, fields: ["pc", "timestamp"])
  static let operands = Bus(
    20, name: "operands", kind: .permutation,
    fields: ["timestamp", "b0", "b1", "b2", "b3", "c0", "c1", "c2", "c3"])
  static let results = Bus(
    21, name: "results", kind: .permutation, fields: ["timestamp", "a0", "a1", "a2", "a3"])
}

struct AddColumns<Cell>: ColumnLayout {
  var isValid: Cell
  var pc: Cell
  var timestamp: Cell
  var a: InlineArray<4, Cell>
  var b: InlineArray<4, Cell>
  var c: InlineArray<4, Cell>
}

struct AddRecord: Sendable {
  var pc: UInt32
  var timestamp: UInt32
  var b: UInt32
  var c: UInt32
}

func limbs(_ value: UInt32) -> InlineArray<4, BabyBear> {
  InlineArray { BabyBear((value >> (8 * UInt32($0))) & 255) }
}

/// 32-bit addition on bytes, with defects that can be switched on.
struct AddChip: Chip {
  enum Defect: CaseIterable, Sendable {
    case none, ungatedPadding, missingRangeCheck, countNotBoolean, freeColumn, missingCarry
  }

  var defect = Defect.none
  var name: String { "Add" }

  func describe(in builder: CircuitBuilder) {
    let row = builder.main(AddColumns.self).local
    let valid = row.isValid
    if defect != .countNotBoolean { builder.assertBool(valid, "isValid is a bit") }
    var carry: Expression = 0
    for i in 0..<4 {
      carry = (row.b[i] + row.c[i] - row.a[i] + carry).divided(by: 256)
      if defect == .missingCarry && i == 3 { continue }
      builder.assertBool(carry, "carry \(i) is a bit")
    }
    if defect == .freeColumn { _ = builder.mainColumns("leftover", count: 1) }
    builder.receive(ExampleBus.execution, [row.pc, row.timestamp], count: valid)
    builder.send(ExampleBus.execution, [row.pc + 4, row.timestamp + 1], count: valid)
    builder.receive(ExampleBus.operands, [row.timestamp] + row.b.array + row.c.array, count: valid)
    builder.send(ExampleBus.results, [row.timestamp] + row.a.array, count: valid)
    builder.bytes(row.a[0], row.a[1], count: valid)
    if defect != .missingRangeCheck { builder.bytes(row.a[2], row.a[3], count: valid) }
    builder.requireBytes(row.a.array, enabled: valid, label: "sum")
    if defect == .ungatedPadding { builder.declareZeroPadding() } else { gate(builder, valid) }
  }

  private func gate(_ builder: CircuitBuilder, _ valid: Expression) {
    if defect == .freeColumn {
      builder.declareZeroPadding()
      return
    }
    builder.gatePadding(validity: valid)
  }

  func rowCount(for records: [AddRecord]) -> Int? { records.isEmpty ? nil : records.count }

  func fill(_ rows: TraceRows, from records: [AddRecord]) throws(TraceError) {
    if defect == .freeColumn {
      for index in rows.rows {
        guard let cells = rows.cells(index) else { continue }
        let row = columns(records[index])
        cells[0] = row.isValid
        cells[1] = row.pc
        cells[2] = row.timestamp
        for i in 0..<4 {
          cells[3 + i] = row.a[i]
          cells[7 + i] = row.b[i]
          cells[11 + i] = row.c[i]
        }
      }
      return
    }
    try rows.forEach(AddColumns<BabyBear>.self) { index, row in row = columns(records[index]) }
  }

  private func columns(_ record: AddRecord) -> AddColumns<BabyBear> {
    AddColumns(
      isValid: 1, pc: BabyBear(record.pc), timestamp: BabyBear(record.timestamp),
      a: limbs(record.b &+ record.c), b: limbs(record.b), c: limbs(record.c))
  }
}

/// The other side of the example's buses: what the rest of a machine would say.
struct WorldChip: Chip {
  struct Columns<Cell>: ColumnLayout {
    var isValid: Cell
    var timestamp: Cell
    var sum: InlineArray<4, Cell>
    var b: InlineArray<4, Cell>
    var c: InlineArray<4, Cell>
    var isFirst: Cell
    var isLast: Cell
    var pc: Cell
  }

  var name: String { "World" }

  func describe(in builder: CircuitBuilder) {
    let row = builder.main(Columns.self).local
    for flag in [row.isValid, row.isFirst, row.isLast] { builder.assertBool(flag, "flags are bits") }
    builder.send(
      ExampleBus.operands, [row.timestamp] + row.b.array + row.c.array, count: row.isValid)
    builder.receive(ExampleBus.results, [row.timestamp] + row.sum.array, count: row.isValid)
    builder.send(ExampleBus.execution, [row.pc, row.timestamp], count: row.isFirst)
    builder.receive(ExampleBus.execution, [row.pc + 4, row.timestamp + 1], count: row.isLast)
  }

  func rowCount(for records: [AddRecord]) -> Int? { records.count }

  func fill(_ rows: TraceRows, from records: [AddRecord]) throws(TraceError) {
    try rows.forEach(Columns<BabyBear>.self) { index, row in
      let record = records[index]
      row = Columns(
        isValid: 1, timestamp: BabyBear(record.timestamp), sum: limbs(record.b &+ record.c),
        b: limbs(record.b), c: limbs(record.c), isFirst: BabyBear(index == 0),
        isLast: BabyBear(index == records.count - 1), pc: BabyBear(record.pc))
    }
  }
}

/// The same numbers every time.
struct Numbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

func addRecords(_ count: Int, seed: UInt64 = 1) -> [AddRecord] {
  var numbers = Numbers(state: seed)
  return (0..<count).map { index in
    AddRecord(
      pc: 0x1000 + 4 * UInt32(index), timestamp: 1 + UInt32(index),
      b: UInt32(truncatingIfNeeded: numbers.next()), c: UInt32(truncatingIfNeeded: numbers.next()))
  }
}

/// The traces of some additions with everything that they need.
func addSystem(
  _ records: [AddRecord], _ defect: AddChip.Defect = .none, threads: Int = 2
) throws(TraceError) -> TraceSet {
  try TraceGenerator(threads: threads).generate([
    TraceJob(AddChip(defect: defect), records: records), TraceJob(WorldChip(), records: records),
    TraceJob(table: RangeTable()), TraceJob(table: BitwiseTable()),
  ])
}
