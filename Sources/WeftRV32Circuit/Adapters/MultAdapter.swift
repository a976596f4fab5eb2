import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// Columns of `MultAdapter`, 13 and the state.
struct MultAdapterColumns<Cell>: ColumnLayout {
  var rdPointer: Cell
  var rs1Pointer: Cell
  var rs2Pointer: Cell
  var rs1Access: MemoryReadAuxiliary<Cell>
  var rs2Access: MemoryReadAuxiliary<Cell>
  var rdAccess: MemoryWriteAuxiliary<4, Cell>
}

/// Reads rs1 and rs2, writes rd: 3 ticks. The operand e of multiplications and divisions is 0.
enum MultAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: MultAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: RegisterOperation, in builder: CircuitBuilder
  ) {
    let isValid = operation.isValid
    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: columns.rs1Pointer, operation.first, at: state.timestamp, columns.rs1Access,
      enabled: isValid, label: "rs1")
    memory.read(
      space: 1, pointer: columns.rs2Pointer, operation.second, at: state.timestamp + 1, columns.rs2Access,
      enabled: isValid, label: "rs2")
    memory.write(
      space: 1, pointer: columns.rdPointer, previous: columns.rdAccess.previous.array, operation.result,
      at: state.timestamp + 2, columns.rdAccess.access, enabled: isValid, label: "rd")
    builder.requireBytes(operation.result, enabled: isValid, reason: operation.byteReason, label: "rd")
    builder.execute(
      operation.opcode, [columns.rdPointer, columns.rs1Pointer, columns.rs2Pointer, 1, 0], from: state,
      nextPC: state.pc + 4, step: 3, count: isValid)
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> MultAdapterColumns<BabyBear> {
    let (record, instruction) = (executed.record, executed.instruction)
    let now = record.timestamp
    return MultAdapterColumns(
      rdPointer: instruction.a, rs1Pointer: instruction.b, rs2Pointer: instruction.c,
      rs1Access: MemoryAccessAuxiliary(previous: record.firstTime, now: now),
      rs2Access: MemoryAccessAuxiliary(previous: record.secondTime, now: now &+ 1),
      rdAccess: MemoryWriteAuxiliary(previousTime: record.thirdTime, now: now &+ 2, record.previous))
  }
}
