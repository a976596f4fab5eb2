import WeftCircuit
import WeftField

/// The columns of an executor: the state before the instruction, then those of adapter and core.
struct ExecutorColumns<Adapter: ColumnLayout, Core: ColumnLayout>: ColumnLayout
where Adapter.Cell == Core.Cell {
  typealias Cell = Core.Cell

  var state: ExecutionState<Core.Cell>
  var adapter: Adapter
  var core: Core
}

/// A chip that explains instructions, one in a row: a core, which computes, joined with an adapter, which fetches and
/// stores. (reference/circuits.md §9)
protocol ExecutorChip: Chip where Records == ExecutorRecords {
  associatedtype Adapter: ExecutorAdapter
  associatedtype Core: ColumnLayout where Core.Cell == Expression
  associatedtype CoreRow: ColumnLayout where CoreRow.Cell == BabyBear
  /// What an instruction computes.
  associatedtype Outcome

  /// The opcodes that the chip serves, numbered in a row.
  static var opcodes: [CircuitOpcode] { get }

  /// Where the circuit's addresses begin.
  var addressBase: AddressBase { get }

  /// States what the instructions compute; `pc` is the distance of the instruction from `base`.
  static func constrain(_ core: Core, pc: Expression, base: AddressBase, in builder: CircuitBuilder)
    -> Adapter.Operation

  /// What an instruction computes from its operands.
  static func outcome(of executed: ExecutedInstruction) -> Outcome

  /// The core's columns for an instruction and what it computes; with a wrong outcome all others follow from it.
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Outcome) -> CoreRow
}

extension ExecutorChip {
  /// For chips to which it is all the same.
  public var addressBase: AddressBase { .zero }

  typealias Row = ExecutorColumns<Adapter.Row, CoreRow>

  public func describe(in builder: CircuitBuilder) {
    let row = builder.main(ExecutorColumns<Adapter.Columns, Core>.self).local
    let operation = Self.constrain(row.core, pc: row.state.pc, base: addressBase, in: builder)
    Adapter.constrain(row.adapter, from: row.state, operation, in: builder)
    builder.gatePadding(validity: operation.isValid)
  }

  public func rowCount(for records: ExecutorRecords) -> Int? { records.count == 0 ? nil : records.count }

  public func fill(_ rows: TraceRows, from records: ExecutorRecords) throws(TraceError) {
    let opcodes = Self.opcodes
    let first = opcodes.first?.rawValue ?? 0
    let count = UInt32(truncatingIfNeeded: opcodes.count)
    try rows.forEach(Row.self) { index, row throws(TraceError) in
      let executed = records[index]
      let opcode = executed.instruction.opcode
      guard opcode.rawValue &- first < count else {
        throw .badRecord(air: name, row: index, reason: "the instruction is \(opcode), none of the chip's")
      }
      row = Self.row(executed, Self.outcome(of: executed))
    }
  }

  /// The row of an instruction, given what it computes.
  @inline(__always)
  static func row(_ executed: ExecutedInstruction, _ outcome: Outcome) -> Row {
    Row(
      state: ExecutionState(
        pc: BabyBear(executed.programCounterDistance), timestamp: BabyBear(executed.record.timestamp)),
      adapter: Adapter.row(executed), core: coreRow(executed, outcome))
  }
}
