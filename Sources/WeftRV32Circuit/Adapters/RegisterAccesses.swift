import WeftCircuit
import WeftField
import WeftMemoryCircuit
import WeftRV32

/// The auxiliary columns of an instruction that reads rs1 and, unless it has an immediate, rs2, and writes rd.
struct RegisterAccesses<Cell>: ColumnLayout {
  var rs1: MemoryReadAuxiliary<Cell>
  var rs2: MemoryReadAuxiliary<Cell>
  var rd: MemoryWriteAuxiliary<4, Cell>
}

/// Where the operands of such an instruction are.
struct RegisterPointers {
  var rd: Expression
  var rs1: Expression
  /// The pointer of rs2, or the immediate.
  var rs2: Expression
  /// 1 where rs2 is read.
  var readsRs2: Expression
}

extension RegisterAccesses where Cell == Expression {
  /// States the accesses, one a tick; the one that is left out takes its tick too.
  func constrain(
    _ pointers: RegisterPointers, _ operation: RegisterOperation, from start: Expression,
    in builder: CircuitBuilder
  ) {
    let memory = MemoryBridge(builder)
    memory.read(
      space: 1, pointer: pointers.rs1, operation.first, at: start, rs1, enabled: operation.isValid,
      label: "rs1")
    memory.read(
      space: 1, pointer: pointers.rs2, operation.second, at: start + 1, rs2, enabled: pointers.readsRs2,
      label: "rs2")
    memory.write(
      space: 1, pointer: pointers.rd, previous: rd.previous.array, operation.result, at: start + 2, rd.access,
      enabled: operation.isValid, label: "rd")
    builder.requireBytes(
      operation.result, enabled: operation.isValid, reason: operation.byteReason, label: "rd")
  }
}

extension RegisterAccesses where Cell == BabyBear {
  /// The columns for a record.
  @inline(__always)
  init(_ record: InstructionRecord, readsRs2: Bool) {
    let now = record.timestamp
    rs1 = MemoryAccessAuxiliary(previous: record.firstTime, now: now)
    rs2 = readsRs2 ? MemoryAccessAuxiliary(previous: record.secondTime, now: now &+ 1) : .unused
    rd = MemoryWriteAuxiliary(previousTime: record.thirdTime, now: now &+ 2, record.previous)
  }
}
