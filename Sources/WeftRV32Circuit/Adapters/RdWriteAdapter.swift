import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// Columns of `RdWriteAdapter`, 7 and the state.
struct RdWriteAdapterColumns<Cell>: ColumnLayout {
  var rdPointer: Cell
  var rdAccess: MemoryWriteAuxiliary<4, Cell>
}

/// What an instruction does that reads nothing and writes rd.
struct RdWriteOperation: ExecutorOperation {
  var isValid: Expression
  var opcode: Expression
  /// The value that rd gets.
  var result: [Expression]
  var immediate: Expression
  var nextPC: Expression
}

extension RdWriteAdapterColumns where Cell == Expression {
  /// The write of rd and the step of the machine; `needsWrite` is operand f where the write can be left out.
  func constrain(
    from state: ExecutionState<Expression>, _ operation: RdWriteOperation, needsWrite: Expression?,
    in builder: CircuitBuilder
  ) {
    let enabled = needsWrite ?? operation.isValid
    MemoryBridge(builder).write(
      space: 1, pointer: rdPointer, previous: rdAccess.previous.array, operation.result,
      at: state.timestamp, rdAccess.access, enabled: enabled, label: "rd")
    builder.requireBytes(operation.result, enabled: enabled, label: "rd")
    builder.execute(
      operation.opcode, [rdPointer, 0, operation.immediate, 1, 0, needsWrite ?? 0], from: state,
      nextPC: operation.nextPC, step: 1, count: operation.isValid)
  }
}

extension RdWriteAdapterColumns where Cell == BabyBear {
  @inline(__always)
  init(_ executed: ExecutedInstruction, isWritten: Bool) {
    rdPointer = executed.instruction.a
    rdAccess =
      isWritten
      ? MemoryWriteAuxiliary(
        previousTime: executed.record.thirdTime, now: executed.record.timestamp, executed.record.previous)
      : .unused
  }
}

/// Writes rd: 1 tick.
enum RdWriteAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: RdWriteAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: RdWriteOperation, in builder: CircuitBuilder
  ) {
    columns.constrain(from: state, operation, needsWrite: nil, in: builder)
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> RdWriteAdapterColumns<BabyBear> {
    RdWriteAdapterColumns(executed, isWritten: true)
  }
}
