import WeftCircuit
import WeftField

/// The ends of an EVM run.
public struct EVMRunColumns<Cell>: ColumnLayout {
  public var finalTimestamp: Cell
  public var timestampLow: Cell
  /// Whether the run has accessed anything.
  public var hasAccesses: Cell
}

/// One row, which begins the chain of accesses at time 1 and takes its end: every access passes time on to the next one,
/// so that none is left out, is there twice, or happens at another time.
public struct EVMRunChip: Chip {
  struct Fixed<Cell>: ColumnLayout {
    /// 1 in the one row.
    var isRun: Cell
  }

  /// What a run says of itself.
  struct Values<Cell>: ColumnLayout {
    var finalTimestamp: Cell
  }

  public init() {}

  public var name: String { "EVMRun" }

  public func describe(in builder: CircuitBuilder) {
    let fixed = builder.preprocessed(Fixed.self).local
    let row = builder.main(EVMRunColumns<Expression>.self).local
    let values = builder.publicValues(Values<Expression>.self)
    let run = fixed.isRun
    builder.assertBool(row.hasAccesses, "hasAccesses is a bit")
    builder.assertZero((1 - row.hasAccesses) * (row.finalTimestamp - 1), "without accesses no time passes")
    builder.assertEqual(row.finalTimestamp, values.finalTimestamp, "last time")
    builder.send(.host, [0, 1, 0], count: run * row.hasAccesses, label: "first access")
    builder.receive(
      .execution, [0, row.finalTimestamp], count: run * row.hasAccesses, label: "after the last access")
    builder.rangeCheck(row.timestampLow, bits: 17, count: run, label: "time: low digit")
    builder.rangeCheck(
      (row.finalTimestamp - row.timestampLow).divided(by: BabyBear(1 << 17)), bits: 12, count: run,
      label: "time: high digit")
  }

  public func preprocessedTrace() throws(TraceError) -> Trace? { try Trace(rows: [[1]]) }

  public func rowCount(for records: UInt32) -> Int? { 1 }

  public func fill(_ rows: TraceRows, from records: UInt32) throws(TraceError) {
    try rows.forEach(EVMRunColumns<BabyBear>.self) { _, row in
      row.finalTimestamp = BabyBear(records)
      row.timestampLow = BabyBear(records & 0x1_ffff)
      row.hasAccesses = BabyBear(records > 1)
    }
  }

  public func publicValues(for records: UInt32) -> [BabyBear] { [BabyBear(records)] }
}
