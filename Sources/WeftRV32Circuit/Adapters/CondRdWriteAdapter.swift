import WeftCircuit
import WeftField

/// Columns of `CondRdWriteAdapter`, 8 and the state.
struct CondRdWriteAdapterColumns<Cell>: ColumnLayout {
  var rd: RdWriteAdapterColumns<Cell>
  /// 0 where rd is x0.
  var needsWrite: Cell
}

/// Writes rd unless it is x0: 1 tick.
enum CondRdWriteAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: CondRdWriteAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: RdWriteOperation, in builder: CircuitBuilder
  ) {
    let needsWrite = columns.needsWrite
    builder.assertBool(needsWrite, "needsWrite is a bit")
    builder.when(1 - operation.isValid).assertZero(needsWrite, "rd is written by an instruction only")
    columns.rd.constrain(from: state, operation, needsWrite: needsWrite, in: builder)
    builder.gate(columns.rd.rdAccess.cells, where: operation.isValid - needsWrite, label: "rd")
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> CondRdWriteAdapterColumns<BabyBear> {
    let needsWrite = executed.instruction.f
    return CondRdWriteAdapterColumns(
      rd: RdWriteAdapterColumns(executed, isWritten: !needsWrite.isZero), needsWrite: needsWrite)
  }
}
