import WeftCircuit
import WeftField

/// Columns of `MultAdapter`, 13 and the state.
struct MultAdapterColumns<Cell>: ColumnLayout {
  var rdPointer: Cell
  var rs1Pointer: Cell
  var rs2Pointer: Cell
  var accesses: RegisterAccesses<Cell>
}

/// Reads rs1 and rs2, writes rd: 3 ticks. The operand e of multiplications and divisions is 0.
enum MultAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: MultAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: RegisterOperation, in builder: CircuitBuilder
  ) {
    columns.accesses.constrain(
      RegisterPointers(
        rd: columns.rdPointer, rs1: columns.rs1Pointer, rs2: columns.rs2Pointer, readsRs2: operation.isValid),
      operation, from: state.timestamp, in: builder)
    builder.execute(
      operation.opcode, [columns.rdPointer, columns.rs1Pointer, columns.rs2Pointer, 1, 0], from: state,
      nextPC: state.pc + 4, step: 3, count: operation.isValid)
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> MultAdapterColumns<BabyBear> {
    let instruction = executed.instruction
    return MultAdapterColumns(
      rdPointer: instruction.a, rs1Pointer: instruction.b, rs2Pointer: instruction.c,
      accesses: RegisterAccesses(executed.record, readsRs2: true))
  }
}
