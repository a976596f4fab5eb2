import WeftCircuit
import WeftField

/// The state of the machine between two instructions, as the execution bus passes it on.
public struct ExecutionState<Cell>: ColumnLayout {
  /// Address of the next instruction.
  public var pc: Cell
  /// Time of its first access.
  public var timestamp: Cell

  @inlinable @inline(__always)
  public init(pc: Cell, timestamp: Cell) {
    self.pc = pc
    self.timestamp = timestamp
  }
}

extension CircuitBuilder {
  /// EXEC: the instruction stands in the program, the state before it is received and the one after it is sent.
  /// (reference/circuits.md §3)
  /// - Parameters:
  ///   - opcode: the opcode in the program table.
  ///   - operands: the operands a, b, … as far as they are not zero, seven at most.
  ///   - before: program counter and time when the instruction begins.
  ///   - nextPC: the program counter after it.
  ///   - step: by how much time grows.
  ///   - count: 1 where an instruction is executed, 0 elsewhere; provably a bit.
  public func execute(
    _ opcode: Expression, _ operands: [Expression], from before: ExecutionState<Expression>,
    nextPC: Expression, step: Expression, count: Expression, file: String = #fileID, line: Int = #line
  ) {
    let unused = Array(repeating: 0 as Expression, count: max(0, 7 - operands.count))
    lookup(
      .program, [before.pc, opcode] + operands + unused, count: count, label: "the instruction", file: file,
      line: line)
    receive(
      .execution, [before.pc, before.timestamp], count: count, label: "state before", file: file, line: line)
    send(
      .execution, [nextPC, before.timestamp + step], count: count, label: "state after", file: file,
      line: line)
  }
}
