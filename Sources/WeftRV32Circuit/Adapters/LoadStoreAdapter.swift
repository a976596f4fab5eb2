import WeftCircuit
import WeftField
import WeftMemoryCircuit

/// Columns of `LoadStoreAdapter`, 18 and the state.
struct LoadStoreAdapterColumns<Cell>: ColumnLayout {
  var rs1Pointer: Cell
  var rs1Data: Word<Cell>
  var rs1Access: MemoryReadAuxiliary<Cell>
  /// The pointer of rd of a load, of rs2 of a store.
  var registerPointer: Cell
  var readAccess: MemoryReadAuxiliary<Cell>
  /// 16 bits.
  var immediate: Cell
  var immediateSign: Cell
  /// The address, in memory its distance from the circuit's base: its low 16 bits and the rest.
  var address: InlineArray<2, Cell>
  var space: Cell
  var writeAccess: MemoryAccessAuxiliary<Cell>
  /// 0 for loads into x0.
  var needsWrite: Cell
}

/// What a load or a store does.
struct LoadStoreOperation: ExecutorOperation {
  var isValid: Expression
  var opcode: Expression
  /// 1 for loads, 0 for stores and padding.
  var isLoad: Expression
  /// The place of the address within its block, for loads and for stores; 0 for the other.
  var loadShift: Expression
  var storeShift: Expression
  /// The block or register that is read.
  var read: [Expression]
  /// The block or register that is written, before and after.
  var previous: [Expression]
  var written: [Expression]
  /// The bytes of `written` as formulas of what is read and overwritten, which are bytes.
  var writtenFormulas: [Expression]
  /// Where memory begins; public values begin at 0.
  var addressBase: AddressBase
}

/// Reads rs1; reads a memory block and writes rd, unless it is x0, or reads rs2 and writes a memory block: 3 ticks.
enum LoadStoreAdapter: ExecutorAdapter {
  static func constrain(
    _ columns: LoadStoreAdapterColumns<Expression>, from state: ExecutionState<Expression>,
    _ operation: LoadStoreOperation, in builder: CircuitBuilder
  ) {
    let (isValid, isLoad, needsWrite) = (operation.isValid, operation.isLoad, columns.needsWrite)
    let isIdle = isValid - needsWrite
    builder.assertBool(needsWrite, "needsWrite is a bit")
    builder.when(1 - isValid).assertZero(needsWrite, "something is written by an instruction only")
    builder.when(isIdle).assertEqual(isLoad, 1, "only loads write nothing")
    builder.when(isIdle).assertZero(columns.registerPointer, "only loads into x0 write nothing")

    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: columns.rs1Pointer, columns.rs1Data.array, at: state.timestamp, columns.rs1Access,
      enabled: isValid, label: "rs1")
    constrainAddress(columns, operation, in: builder)

    builder.when(isLoad).assertEqual(columns.space, 2, "loads are from memory")
    builder.when(isValid - isLoad).assertZero(
      (columns.space - 2) * (columns.space - 3), "stores are to memory or public values")
    let address = columns.address.composed(base: 65536)
    let isStore = 1 - isLoad
    memory.read(
      space: isLoad * columns.space + isStore,
      pointer: isLoad * address + isStore * columns.registerPointer - operation.loadShift,
      operation.read, at: state.timestamp + 1, columns.readAccess, enabled: isValid, label: "word or rs2")
    memory.write(
      space: isLoad + isStore * columns.space,
      pointer: isLoad * columns.registerPointer + isStore * address - operation.storeShift,
      previous: operation.previous, operation.written, at: state.timestamp + 2, columns.writeAccess,
      enabled: needsWrite, label: "rd or word")
    builder.requireBytes(operation.writtenFormulas, enabled: needsWrite, label: "rd or word")
    builder.execute(
      operation.opcode,
      [
        columns.registerPointer, columns.rs1Pointer, columns.immediate, 1, columns.space, needsWrite,
        columns.immediateSign,
      ], from: state, nextPC: state.pc + 4, step: 3, count: isValid)
    builder.gate(columns.writeAccess.cells + operation.previous, where: isIdle, label: "rd")
  }

  /// address = rs1 + immediate modulo 2^32, less the base in memory, below 2^29, and aligned once the shift is taken off.
  private static func constrainAddress(
    _ columns: LoadStoreAdapterColumns<Expression>, _ operation: LoadStoreOperation,
    in builder: CircuitBuilder
  ) {
    let (isValid, base, address) = (operation.isValid, columns.rs1Data, columns.address)
    let carry0 = (base[0] + 256 * base[1] + columns.immediate - address[0]).divided(by: 65536)
    let upper = base[2] + 256 * base[3] + 65535 * columns.immediateSign + carry0 - address[1]
    let carry1 = operation.addressBase.distance(upperHalf: upper, where: 3 - columns.space)
      .divided(by: 65536)
    builder.when(isValid).assertBool(carry0, "carry 0 of the address is a bit")
    builder.when(isValid).assertBool(carry1, "carry 1 of the address is a bit")
    builder.when(isValid).assertBool(columns.immediateSign, "the sign of the immediate is a bit")
    let shift = operation.loadShift + operation.storeShift
    builder.rangeCheck(
      (address[0] - shift).divided(by: 4), bits: 14, count: isValid, label: "alignment of the address")
    builder.rangeCheck(address[1], bits: 13, count: isValid, label: "high limb of the address")
  }

  /// rs1 + immediate.
  @inline(__always)
  static func address(_ executed: ExecutedInstruction) -> UInt32 {
    let instruction = executed.instruction
    return executed.record.first &+ (instruction.c.canonical | (instruction.g.isZero ? 0 : 0xffff_0000))
  }

  @inline(__always)
  static func row(_ executed: ExecutedInstruction) -> LoadStoreAdapterColumns<BabyBear> {
    let (record, instruction) = (executed.record, executed.instruction)
    let now = record.timestamp
    let address = address(executed) &- (instruction.e == .two ? executed.addressBase : 0)
    return LoadStoreAdapterColumns(
      rs1Pointer: instruction.b, rs1Data: Word(record.first),
      rs1Access: MemoryAccessAuxiliary(previous: record.firstTime, now: now),
      registerPointer: instruction.a,
      readAccess: MemoryAccessAuxiliary(previous: record.secondTime, now: now &+ 1),
      immediate: instruction.c, immediateSign: instruction.g,
      address: [BabyBear(address & 0xffff), BabyBear(address &>> 16)], space: instruction.e,
      writeAccess: instruction.f.isZero
        ? .unused : MemoryAccessAuxiliary(previous: record.thirdTime, now: now &+ 2),
      needsWrite: instruction.f)
  }
}
