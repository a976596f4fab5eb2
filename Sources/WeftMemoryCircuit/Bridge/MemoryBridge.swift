import WeftCircuit

/// The memory argument of one access: what the block held is received, what it holds now is sent, and time goes
/// forward. Every chip that touches memory goes through it.
///
/// Each access adds four interactions with one count. That the block exists follows from the balance of the bus: only
/// boundaries send first and receive last. (reference/circuits.md §2, §6.3)
public struct MemoryBridge {
  let builder: CircuitBuilder

  public init(_ builder: CircuitBuilder) { self.builder = builder }

  /// A read of an aligned block.
  /// - Parameters:
  ///   - space: the address space; a block of space 0 does not exist.
  ///   - pointer: the first cell.
  ///   - data: the cells.
  ///   - time: the time of the access.
  ///   - enabled: 1 where the access happens, 0 elsewhere; provably a bit.
  public func read(
    space: Expression, pointer: Expression, _ data: [Expression], at time: Expression,
    _ auxiliary: MemoryReadAuxiliary<Expression>, enabled: Expression, label: String = "read",
    file: String = #fileID, line: Int = #line
  ) {
    access(space, pointer, data, data, time, auxiliary, enabled, label, file, line)
  }

  /// A write of an aligned block.
  /// - Parameters: as for `read`; `data` are the cells after the write, `previous` those before.
  public func write(
    space: Expression, pointer: Expression, previous: [Expression], _ data: [Expression], at time: Expression,
    _ auxiliary: MemoryAccessAuxiliary<Expression>, enabled: Expression, label: String = "write",
    file: String = #fileID, line: Int = #line
  ) {
    access(space, pointer, previous, data, time, auxiliary, enabled, label, file, line)
  }

  private func access(
    _ space: Expression, _ pointer: Expression, _ previous: [Expression], _ data: [Expression],
    _ time: Expression, _ auxiliary: MemoryAccessAuxiliary<Expression>, _ enabled: Expression,
    _ label: String,
    _ file: String, _ line: Int
  ) {
    let previousTime = time - 1 - auxiliary.age.value
    auxiliary.age.check(count: enabled, in: builder, label: "\(label): age", file: file, line: line)
    builder.receive(
      .memory, [space, pointer] + previous + [previousTime], count: enabled, label: "\(label): before",
      file: file, line: line)
    builder.send(
      .memory, [space, pointer] + data + [time], count: enabled, label: "\(label): after", file: file,
      line: line)
  }
}
