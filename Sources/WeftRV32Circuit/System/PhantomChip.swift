import WeftCircuit
import WeftField

public struct PhantomColumns<Cell>: ColumnLayout {
  public var pc: Cell
  public var operands: InlineArray<3, Cell>
  public var timestamp: Cell
  public var isValid: Cell
}

/// Instructions that change nothing but the program counter: results to x0, fences, requests to the host.
///
/// Source: reference/circuits.md §7; OpenVM v1.7 crates/vm/src/system/phantom/mod.rs.
public struct PhantomChip: Chip {
  public init() {}

  public var name: String { "Phantom" }
  public static var opcodes: [CircuitOpcode] { [.phantom] }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(PhantomColumns<Expression>.self).local
    let valid = row.isValid
    builder.assertBool(valid, "isValid is a bit")
    builder.gatePadding(validity: valid)
    builder.execute(
      Expression(Int(CircuitOpcode.phantom.rawValue)), row.operands.array,
      from: ExecutionState(pc: row.pc, timestamp: row.timestamp), nextPC: row.pc + 4, step: 1, count: valid)
  }

  public func rowCount(for records: ExecutorRecords) -> Int? { records.count == 0 ? nil : records.count }

  public func fill(_ rows: TraceRows, from records: ExecutorRecords) throws(TraceError) {
    try rows.forEach(PhantomColumns<BabyBear>.self) { index, row in
      let executed = records[index]
      row.pc = BabyBear(executed.programCounterDistance)
      row.operands = [executed.instruction.a, executed.instruction.b, executed.instruction.c]
      row.timestamp = BabyBear(executed.record.timestamp)
      row.isValid = .one
    }
  }
}
