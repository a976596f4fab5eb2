import WeftMemory

/// A machine's state at a moment: memory, registers, streams, counts.
public struct MachineSnapshot: Sendable {
  let memory: MemorySnapshot
  let processor: ProcessorState
  let streams: HostStreams
  let heapEnd: UInt32
  let elapsed: Duration
}

extension Machine {
  /// The state at this moment; a machine that was not started starts in fast mode.
  ///
  /// - Throws: `program` where the instruction set has no snapshots.
  public mutating func snapshot() throws(MachineError) -> MachineSnapshot {
    if let refusal = processor.snapshotRefusal { throw .program(refusal) }
    try prepare()
    let guest = processor.guest
    return MachineSnapshot(
      memory: guest.memory.pointee.snapshot(), processor: processor.saveState(), streams: guest.streams,
      heapEnd: guest.heap.end, elapsed: elapsed)
  }

  /// Goes back to a snapshot of this machine, or, in fast runs, of another machine with the same program and
  /// configuration: a fork.
  ///
  /// - Throws: `memory` with `invalidSnapshot` for a snapshot that does not fit.
  public mutating func restore(_ snapshot: MachineSnapshot) throws(MachineError) {
    do throws(MemoryError) {
      try processor.guest.memory.pointee.restore(snapshot.memory)
    } catch { throw .memory(error) }
    processor.guest.streams = snapshot.streams
    processor.guest.heap.end = snapshot.heapEnd
    processor.guest.clearRequests()
    processor.restoreState(snapshot.processor)
    elapsed = snapshot.elapsed
    reactivate()
  }
}
