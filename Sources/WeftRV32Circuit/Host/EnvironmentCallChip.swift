import WeftCircuit
import WeftField
import WeftMemoryCircuit

public struct EnvironmentCallColumns<Cell>: ColumnLayout {
  public var pc: Cell
  public var timestamp: Cell
  /// a7: which call.
  public var number: InlineArray<4, Cell>
  public var a0: InlineArray<4, Cell>
  public var a1: InlineArray<4, Cell>
  public var a2: InlineArray<4, Cell>
  public var numberAccess: MemoryReadAuxiliary<Cell>
  public var a0Access: MemoryReadAuxiliary<Cell>
  public var a1Access: MemoryReadAuxiliary<Cell>
  public var a2Access: MemoryReadAuxiliary<Cell>
  /// a0 after the call: advice.
  public var result: InlineArray<4, Cell>
  /// a1 after the call: advice where it is written.
  public var second: InlineArray<4, Cell>
  public var writesSecond: Cell
  /// The call accesses memory or public values after its registers: advice.
  public var continues: Cell
  /// The call ends the program.
  public var isExit: Cell
  /// Tells the numbers of other calls from those that end the program.
  public var numberInverse: Cell
  public var isValid: Cell
}

/// An environment call and its accesses to registers.
public struct EnvironmentCallRecord: Hashable, Sendable {
  public struct Register: Hashable, Sendable {
    public var value: UInt32
    /// The time of the previous access.
    public var previousTime: UInt32

    public init(value: UInt32, previousTime: UInt32) {
      self.value = value
      self.previousTime = previousTime
    }
  }

  public var pc: UInt32
  public var timestamp: UInt32
  public var number: Register
  public var a0: Register
  public var a1: Register
  public var a2: Register
  public var result: UInt32
  /// New value of a1; nil where the call leaves it.
  public var second: UInt32?
  public var continues: Bool

  public init(
    pc: UInt32, timestamp: UInt32, number: Register, a0: Register, a1: Register, a2: Register,
    result: UInt32, second: UInt32?, continues: Bool
  ) {
    (self.pc, self.timestamp) = (pc, timestamp)
    (self.number, self.a0, self.a1, self.a2) = (number, a0, a1, a2)
    (self.result, self.second, self.continues) = (result, second, continues)
  }

  /// Whether the call ends the program: by Linux's `exit` or `exit_group`.
  public var isExit: Bool { number.value == 93 || number.value == 94 }
}

/// `ecall`: reads a7, a0, a1 and a2, writes a0, writes a1 or lets a tick pass: 6 ticks. What follows, accesses to memory
/// and public values, is told by the rows of `HostAccessChip`.
///
/// Results are advice of the host, four bytes each. That a program ends is none: it ends by the calls 93 and 94 and by
/// no other, and the exit code is a0. A register that is read and written by one row is received once and sent once, so
/// nobody sees the time between. (reference/circuits.md §9 has no such chip: the design is Weft's.)
public struct EnvironmentCallChip: Chip {
  public init() {}

  public var name: String { "EnvironmentCall" }
  public static var opcodes: [CircuitOpcode] { [.environmentCall] }
  /// Columns that the host may choose.
  public static var advice: [String] { ["result", "second", "writesSecond", "continues"] }

  /// Where registers lie in their address space.
  private enum Pointer {
    static var a0: Expression { 40 }
    static var a1: Expression { 44 }
    static var a2: Expression { 48 }
    static var a7: Expression { 68 }
  }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(EnvironmentCallColumns<Expression>.self).local
    let (valid, time) = (row.isValid, row.timestamp)
    builder.assertBool(valid, "isValid is a bit")
    builder.assertBool(row.writesSecond, "writesSecond is a bit")
    builder.assertBool(row.continues, "continues is a bit")
    builder.assertBool(row.isExit, "isExit is a bit")
    builder.assertBool(row.continues + row.isExit, "a call goes on or ends the program")
    // Zero exactly for 93 and 94: the bytes are small, so that nothing cancels.
    let distance =
      (row.number[0] - 93) * (row.number[0] - 94) + row.number[1] + row.number[2] + row.number[3]
    builder.when(row.isExit).assertZero(distance, "the calls 93 and 94 end the program")
    builder.assertEqual(row.isExit + distance * row.numberInverse, valid, "no other call ends the program")
    builder.when(row.isExit).assertZero(row.numberInverse, "no inverse where there is none")
    builder.when(row.isExit).assertZero(row.writesSecond, "an exit writes a0 only")
    for index in 0..<4 {
      builder.when(valid - row.writesSecond).assertEqual(
        row.second[index], row.a1[index], "a1 stays, byte \(index)")
      builder.when(row.isExit).assertEqual(
        row.result[index], row.a0[index], "an exit leaves a0, byte \(index)")
    }
    builder.gatePadding(validity: valid)

    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: Pointer.a7, row.number.array, at: time, row.numberAccess, enabled: valid,
      label: "a7")
    replace(
      Pointer.a0, row.a0.array, at: time + 1, with: row.result.array, at: time + 4, row.a0Access, valid,
      in: builder, label: "a0")
    replace(
      Pointer.a1, row.a1.array, at: time + 2, with: row.second.array, at: time + 2 + 3 * row.writesSecond,
      row.a1Access, valid, in: builder, label: "a1")
    memory.read(
      space: 1, pointer: Pointer.a2, row.a2.array, at: time + 3, row.a2Access, enabled: valid, label: "a2")
    for (cells, label) in [(row.result, "a0"), (row.second, "a1")] {
      builder.bytes(cells[0], cells[1], count: valid, label: "result in \(label)")
      builder.bytes(cells[2], cells[3], count: valid, label: "result in \(label)")
      builder.requireBytes(cells.array, enabled: valid, label: "result in \(label)")
    }

    let operands = Array(repeating: 0 as Expression, count: 7)
    builder.lookup(
      .program, [row.pc, Expression(Int(CircuitOpcode.environmentCall.rawValue))] + operands, count: valid,
      label: "the instruction")
    builder.receive(.execution, [row.pc, time], count: valid, label: "state before")
    builder.send(
      .execution, [row.pc + 4, time + 6], count: valid - row.continues - row.isExit, label: "state after")
    builder.send(
      .host, [row.pc + 4, time + 6, 0], count: row.continues, label: "accesses to memory follow")
    builder.send(
      .exit, [row.pc] + row.a0.array + [time + 6], count: row.isExit, label: "end of the program")
  }

  /// A register is read at a time, and written at a later one where that differs.
  private func replace(
    _ pointer: Expression, _ before: [Expression], at time: Expression, with after: [Expression],
    at last: Expression, _ auxiliary: MemoryReadAuxiliary<Expression>, _ enabled: Expression,
    in builder: CircuitBuilder, label: String
  ) {
    auxiliary.age.check(count: enabled, in: builder, label: "\(label): age")
    builder.receive(
      .memory, [1, pointer] + before + [time - 1 - auxiliary.age.value], count: enabled,
      label: "\(label): before")
    builder.send(.memory, [1, pointer] + after + [last], count: enabled, label: "\(label): after")
  }

  public func rowCount(for records: [EnvironmentCallRecord]) -> Int? {
    records.isEmpty ? nil : records.count
  }

  public func fill(_ rows: TraceRows, from records: [EnvironmentCallRecord]) throws(TraceError) {
    try rows.forEach(EnvironmentCallColumns<BabyBear>.self) { index, row in
      row = Self.row(records[index])
    }
  }

  static func row(_ record: EnvironmentCallRecord) -> EnvironmentCallColumns<BabyBear> {
    let now = record.timestamp
    let number = Word<BabyBear>(record.number.value)
    let distance = (number[0] - 93) * (number[0] - 94) + number[1] + number[2] + number[3]
    return EnvironmentCallColumns(
      pc: BabyBear(record.pc), timestamp: BabyBear(now), number: number, a0: Word(record.a0.value),
      a1: Word(record.a1.value), a2: Word(record.a2.value),
      numberAccess: MemoryAccessAuxiliary(previous: record.number.previousTime, now: now),
      a0Access: MemoryAccessAuxiliary(previous: record.a0.previousTime, now: now &+ 1),
      a1Access: MemoryAccessAuxiliary(previous: record.a1.previousTime, now: now &+ 2),
      a2Access: MemoryAccessAuxiliary(previous: record.a2.previousTime, now: now &+ 3),
      result: Word(record.result), second: Word(record.second ?? record.a1.value),
      writesSecond: BabyBear(record.second != nil), continues: BabyBear(record.continues),
      isExit: BabyBear(record.isExit), numberInverse: distance.inverseOrZero, isValid: .one)
  }
}
