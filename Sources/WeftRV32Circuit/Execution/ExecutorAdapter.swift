import WeftCircuit
import WeftField

/// What a core tells every adapter.
protocol ExecutorOperation {
  /// 1 on rows of an instruction, 0 on padding; provably a bit.
  var isValid: Expression { get }
  var opcode: Expression { get }
}

/// How an instruction reaches its operands: the accesses to registers and memory and the instruction's place in the
/// program. Several cores share an adapter. (reference/circuits.md §9.1)
protocol ExecutorAdapter {
  associatedtype Columns: ColumnLayout where Columns.Cell == Expression
  associatedtype Row: ColumnLayout where Row.Cell == BabyBear
  /// What the adapter needs from the core.
  associatedtype Operation: ExecutorOperation

  /// States accesses, operands and the step of the machine.
  static func constrain(
    _ columns: Columns, from state: ExecutionState<Expression>, _ operation: Operation,
    in builder: CircuitBuilder)

  /// The columns for an instruction.
  static func row(_ executed: ExecutedInstruction) -> Row
}

extension CircuitBuilder {
  /// The auxiliary columns of an access are zero where it does not happen: where `condition` is 1.
  /// (reference/circuits.md §12.1, rule 2)
  func gate(
    _ cells: [Expression], where condition: Expression, label: String, file: String = #fileID,
    line: Int = #line
  ) {
    for (index, cell) in cells.enumerated() {
      when(condition).assertZero(cell, "\(label): auxiliary \(index) unused", file: file, line: line)
    }
  }
}
