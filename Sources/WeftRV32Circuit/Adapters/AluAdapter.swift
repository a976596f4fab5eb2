import WeftCircuit
import WeftField

/// Columns of `AluAdapter`, 14 and the state.
struct AluAdapterColumns<Cell>: ColumnLayout {
  var rdPointer: Cell
  var rs1Pointer: Cell
  /// The pointer of rs2, or the immediate as 24 bits.
  var rs2: Cell
  /// 1: the second operand is a register; 0: it is the immediate.
  var rs2Space: Cell
  var accesses: RegisterAccesses<Cell>
}

/// Reads rs1 and rs2 or an immediate, writes rd: 3 ticks.
enum AluAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: AluAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: RegisterOperation, in builder: CircuitBuilder
  ) {
    let (isValid, isRegister) = (operation.isValid, columns.rs2Space)
    let c = operation.second
    builder.assertBool(isRegister, "rs2Space is a bit")
    builder.when(1 - isValid).assertZero(isRegister, "rs2 is read by an instruction only")
    let immediate = builder.when(1 - isRegister)
    immediate.assertEqual(columns.rs2, c[..<3].composed(), "the immediate is the second operand")
    immediate.assertEqual(c[2], c[3], "the immediate is sign-extended")
    immediate.assertZero(c[2] * (255 - c[2]), "the sign of the immediate is 0 or 255")
    builder.bytes(c[0], c[1], count: isValid - isRegister, label: "immediate")

    columns.accesses.constrain(
      RegisterPointers(
        rd: columns.rdPointer, rs1: columns.rs1Pointer, rs2: columns.rs2, readsRs2: isRegister), operation,
      from: state.timestamp, in: builder)
    builder.execute(
      operation.opcode, [columns.rdPointer, columns.rs1Pointer, columns.rs2, 1, isRegister], from: state,
      nextPC: state.pc + 4, step: 3, count: isValid)
    builder.gate(columns.accesses.rs2.cells, where: isValid - isRegister, label: "rs2")
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> AluAdapterColumns<BabyBear> {
    let instruction = executed.instruction
    return AluAdapterColumns(
      rdPointer: instruction.a, rs1Pointer: instruction.b, rs2: instruction.c, rs2Space: instruction.e,
      accesses: RegisterAccesses(executed.record, readsRs2: !instruction.e.isZero))
  }

  /// The second operand of an instruction of this adapter: rs2, or the immediate, whose 24 bits are sign-extended.
  @inline(__always)
  static func secondOperand(_ executed: ExecutedInstruction) -> UInt32 {
    if !executed.instruction.e.isZero { return executed.record.second }
    return UInt32(bitPattern: Int32(bitPattern: executed.instruction.c.canonical &<< 8) &>> 8)
  }
}
