import WeftCircuit
import WeftField

/// The ends of an execution: two rows, of its first and its last state.
public struct ConnectorColumns<Cell>: ColumnLayout {
  public var pc: Cell
  public var timestamp: Cell
  /// Whether the program ended by itself; 0 in the first row.
  public var isTerminate: Cell
  /// Whether it ended by an environment call, and not by `terminate`.
  public var isCall: Cell
  public var timestampLow: Cell

  public init(
    pc: Cell, timestamp: Cell, isTerminate: Cell, isCall: Cell, timestampLow: Cell
  ) {
    self.pc = pc
    self.timestamp = timestamp
    self.isTerminate = isTerminate
    self.isCall = isCall
    self.timestampLow = timestampLow
  }
}

/// What a run says of itself: where it began and stopped, and the exit code of a program that ended by itself, as the
/// four bytes of a register.
public struct ConnectorPublicValues<Cell>: ColumnLayout {
  public var initialPC: Cell
  public var finalPC: Cell
  public var isTerminate: Cell
  public var exitCode: InlineArray<4, Cell>
}

/// How a run began and ended.
public struct ConnectorRecord: Hashable, Sendable {
  public enum End: Hashable, Sendable {
    /// By the instruction `terminate` at the last program counter.
    case terminated(code: UInt32)
    /// By an environment call at the last program counter.
    case called(code: UInt32)
    /// By something outside the program: a limit, a trap. The last program counter is that of the next instruction.
    case stopped
  }

  public var initialPC: UInt32
  public var finalPC: UInt32
  public var finalTimestamp: UInt32
  public var end: End

  /// The exit code of a program that has ended; nil for one that was stopped.
  public var exitCode: UInt32? {
    switch end {
    case .terminated(let code), .called(let code): code
    case .stopped: nil
    }
  }

  public init(initialPC: UInt32, finalPC: UInt32, finalTimestamp: UInt32, end: End) {
    self.initialPC = initialPC
    self.finalPC = finalPC
    self.finalTimestamp = finalTimestamp
    self.end = end
  }
}

/// Joins the executed instructions to the public values: sends the first state, receives the last one.
///
/// As in the reference, but an environment call may end a program too, and the exit code is a whole register, which
/// no field element can hold: its bytes are public values that the last state's messages contain. Source:
/// reference/circuits.md §7; OpenVM v1.7 crates/vm/src/system/connector/mod.rs.
public struct ConnectorChip: Chip {
  struct Fixed<Cell>: ColumnLayout {
    /// 0 in the first row, 1 in the last.
    var isEnd: Cell
  }

  public init() {}

  public var name: String { "Connector" }

  public func describe(in builder: CircuitBuilder) {
    let fixed = builder.preprocessed(Fixed.self).local
    let row = builder.main(ConnectorColumns<Expression>.self)
    let values = builder.publicValues(ConnectorPublicValues<Expression>.self)
    let (begin, end) = (row.local, row.next)
    let atBegin = 1 - fixed.isEnd

    builder.assertBool(begin.isTerminate, "isTerminate is a bit")
    builder.assertBool(begin.isCall, "isCall is a bit")
    builder.assertZero(begin.isCall * (1 - begin.isTerminate), "only a program that ends ends by a call")
    builder.whenFirstRow.assertZero(begin.isTerminate, "the first state is no end")
    let transition = builder.whenTransition
    transition.assertEqual(begin.pc, values.initialPC, "first program counter")
    transition.assertEqual(begin.timestamp, 1, "time begins at 1")
    transition.assertEqual(end.pc, values.finalPC, "last program counter")
    transition.assertEqual(end.isTerminate, values.isTerminate, "whether the program ended")
    for (index, byte) in values.exitCode.array.enumerated() {
      transition.assertZero(
        (1 - end.isTerminate) * byte, "no exit code without an end, byte \(index)")
      if index > 0 {
        transition.assertZero(
          (end.isTerminate - end.isCall) * byte, "terminate gives one byte, byte \(index)")
      }
    }

    builder.send(.execution, [begin.pc, begin.timestamp], count: atBegin, label: "first state")
    builder.receive(
      .execution, [end.pc, end.timestamp], count: atBegin * (1 - end.isCall), label: "last state")
    builder.receive(
      .exit, [end.pc] + values.exitCode.array + [end.timestamp], count: atBegin * end.isCall,
      label: "end by a call")
    let operands: [Expression] = [0, 0, values.exitCode[0], 0, 0, 0, 0]
    builder.lookup(
      .program, [end.pc, Expression(Int(CircuitOpcode.terminate.rawValue))] + operands,
      count: atBegin * (end.isTerminate - end.isCall), label: "end by terminate")
    builder.rangeCheck(begin.timestampLow, bits: 17, count: 1, label: "time: low digit")
    builder.rangeCheck(
      (begin.timestamp - begin.timestampLow).divided(by: BabyBear(1 << 17)), bits: 12, count: 1,
      label: "time: high digit")
  }

  public func preprocessedTrace() throws(TraceError) -> Trace? { try Trace(rows: [[0], [1]]) }

  public func rowCount(for records: ConnectorRecord) -> Int? { 2 }

  public func fill(_ rows: TraceRows, from records: ConnectorRecord) throws(TraceError) {
    try rows.forEach(ConnectorColumns<BabyBear>.self) { index, row in
      let isEnd = index == 1
      let time = isEnd ? records.finalTimestamp : 1
      row.pc = BabyBear(isEnd ? records.finalPC : records.initialPC)
      row.timestamp = BabyBear(time)
      row.isTerminate = BabyBear(isEnd && records.end != .stopped)
      if case .called = records.end { row.isCall = BabyBear(isEnd) }
      row.timestampLow = BabyBear(time & 0x1_ffff)
    }
  }

  public func publicValues(for records: ConnectorRecord) -> [BabyBear] {
    [
      BabyBear(records.initialPC), BabyBear(records.finalPC), BabyBear(records.end != .stopped),
    ] + Word(records.exitCode ?? 0).array
  }
}
