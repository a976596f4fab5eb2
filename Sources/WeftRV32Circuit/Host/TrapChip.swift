import WeftCircuit
import WeftField

public struct TrapColumns<Cell>: ColumnLayout {
  public var pc: Cell
  public var timestamp: Cell
  /// The trap handler.
  public var nextPC: Cell
  public var isValid: Cell
}

/// A trap from which the program went on at its handler; program counters are distances from the circuit's base.
public struct TrapRecord: Hashable, Sendable {
  public var pc: UInt32
  public var timestamp: UInt32
  public var nextPC: UInt32

  public init(pc: UInt32, timestamp: UInt32, nextPC: UInt32) {
    (self.pc, self.timestamp, self.nextPC) = (pc, timestamp, nextPC)
  }
}

/// Traps in the machine environment: one tick, in which the program goes from any address to any other. That and where
/// a program traps is advice altogether; a circuit of user programs has no such chip.
public struct TrapChip: Chip {
  public init() {}

  public var name: String { "Trap" }
  /// Columns that the host may choose.
  public static var advice: [String] { ["nextPC"] }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(TrapColumns<Expression>.self).local
    builder.assertBool(row.isValid, "isValid is a bit")
    builder.gatePadding(validity: row.isValid)
    builder.receive(.execution, [row.pc, row.timestamp], count: row.isValid, label: "state before")
    builder.send(.execution, [row.nextPC, row.timestamp + 1], count: row.isValid, label: "state after")
  }

  public func rowCount(for records: [TrapRecord]) -> Int? { records.isEmpty ? nil : records.count }

  public func fill(_ rows: TraceRows, from records: [TrapRecord]) throws(TraceError) {
    try rows.forEach(TrapColumns<BabyBear>.self) { index, row in
      let record = records[index]
      row = TrapColumns(
        pc: BabyBear(record.pc), timestamp: BabyBear(record.timestamp), nextPC: BabyBear(record.nextPC),
        isValid: .one)
    }
  }
}
