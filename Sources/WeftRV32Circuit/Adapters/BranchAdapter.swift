import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// Columns of `BranchAdapter`, 6 and the state.
struct BranchAdapterColumns<Cell>: ColumnLayout {
  var rs1Pointer: Cell
  var rs2Pointer: Cell
  var rs1Access: MemoryReadAuxiliary<Cell>
  var rs2Access: MemoryReadAuxiliary<Cell>
}

/// What a branch does.
struct BranchOperation: ExecutorOperation {
  var isValid: Expression
  var opcode: Expression
  /// The values of rs1 and rs2.
  var first: [Expression]
  var second: [Expression]
  var immediate: Expression
  var nextPC: Expression
}

/// Reads rs1 and rs2: 2 ticks.
enum BranchAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: BranchAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: BranchOperation, in builder: CircuitBuilder
  ) {
    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: columns.rs1Pointer, operation.first, at: state.timestamp, columns.rs1Access,
      enabled: operation.isValid, label: "rs1")
    memory.read(
      space: 1, pointer: columns.rs2Pointer, operation.second, at: state.timestamp + 1, columns.rs2Access,
      enabled: operation.isValid, label: "rs2")
    builder.execute(
      operation.opcode, [columns.rs1Pointer, columns.rs2Pointer, operation.immediate, 1, 1], from: state,
      nextPC: operation.nextPC, step: 2, count: operation.isValid)
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> BranchAdapterColumns<BabyBear> {
    let (record, instruction) = (executed.record, executed.instruction)
    return BranchAdapterColumns(
      rs1Pointer: instruction.a, rs2Pointer: instruction.b,
      rs1Access: MemoryAccessAuxiliary(previous: record.firstTime, now: record.timestamp),
      rs2Access: MemoryAccessAuxiliary(previous: record.secondTime, now: record.timestamp &+ 1))
  }
}
