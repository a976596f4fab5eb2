import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// Columns of `JalrAdapter`, 11 and the state.
struct JalrAdapterColumns<Cell>: ColumnLayout {
  var rs1Pointer: Cell
  var rs1Access: MemoryReadAuxiliary<Cell>
  var rdPointer: Cell
  var rdAccess: MemoryWriteAuxiliary<4, Cell>
  /// 0 where rd is x0.
  var needsWrite: Cell
}

/// What JALR does.
struct JalrOperation: ExecutorOperation {
  var isValid: Expression
  var opcode: Expression
  /// The value of rs1.
  var base: [Expression]
  /// The value that rd gets.
  var link: [Expression]
  var immediate: Expression
  /// Whether the immediate is negative.
  var immediateSign: Expression
  var nextPC: Expression
}

/// Reads rs1, writes rd unless it is x0: 2 ticks.
enum JalrAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: JalrAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: JalrOperation, in builder: CircuitBuilder
  ) {
    let (isValid, needsWrite) = (operation.isValid, columns.needsWrite)
    builder.assertBool(needsWrite, "needsWrite is a bit")
    builder.when(1 - isValid).assertZero(needsWrite, "rd is written by an instruction only")
    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: columns.rs1Pointer, operation.base, at: state.timestamp, columns.rs1Access,
      enabled: isValid, label: "rs1")
    memory.write(
      space: 1, pointer: columns.rdPointer, previous: columns.rdAccess.previous.array, operation.link,
      at: state.timestamp + 1, columns.rdAccess.access, enabled: needsWrite, label: "rd")
    builder.requireBytes(operation.link, enabled: needsWrite, label: "rd")
    builder.execute(
      operation.opcode,
      [
        columns.rdPointer, columns.rs1Pointer, operation.immediate, 1, 0, needsWrite, operation.immediateSign,
      ], from: state, nextPC: operation.nextPC, step: 2, count: isValid)
    builder.gate(columns.rdAccess.cells, where: isValid - needsWrite, label: "rd")
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> JalrAdapterColumns<BabyBear> {
    let (record, instruction) = (executed.record, executed.instruction)
    return JalrAdapterColumns(
      rs1Pointer: instruction.b,
      rs1Access: MemoryAccessAuxiliary(previous: record.firstTime, now: record.timestamp),
      rdPointer: instruction.a,
      rdAccess: instruction.f.isZero
        ? .unused
        : MemoryWriteAuxiliary(
          previousTime: record.thirdTime, now: record.timestamp &+ 1, record.previous),
      needsWrite: instruction.f)
  }
}
