import WeftMemory

/// A machine's state at a moment: memory, registers, streams, counts.
public struct MachineSnapshot: Sendable {
  let memory: MemorySnapshot
  let processor: ProcessorState
  let streams: HostStreams
  let heapEnd: UInt32
  let elapsed: Duration
  /// What extensions keep, in the order of registration.
  let instances: [[UInt8]]
}

extension Machine {
  /// The state at this moment; a machine that was not started starts in fast mode.
  public mutating func snapshot() throws(MachineError) -> MachineSnapshot {
    try prepare()
    let guest = processor.guest
    var instances: [[UInt8]] = []
    do throws(ExtensionFailure) {
      for instance in guest.instances {
        guard let state = try instance.save() else {
          throw ExtensionFailure.unsaved(instance.name)
        }
        instances.append(state)
      }
    } catch { throw .extensionFailed(error) }
    return MachineSnapshot(
      memory: guest.memory.pointee.snapshot(), processor: processor.saveState(), streams: guest.streams,
      heapEnd: guest.heap.end, elapsed: elapsed, instances: instances)
  }

  /// Goes back to a snapshot of this machine, or, in fast runs, of another machine with the same program and
  /// configuration: a fork.
  ///
  /// - Throws: `memory` with `invalidSnapshot` for a snapshot that does not fit.
  public mutating func restore(_ snapshot: MachineSnapshot) throws(MachineError) {
    let instances = processor.guest.instances
    guard instances.count == snapshot.instances.count else {
      throw .memory(.invalidSnapshot(.otherConfiguration))
    }
    do throws(MemoryError) {
      try processor.guest.memory.pointee.restore(snapshot.memory)
    } catch { throw .memory(error) }
    processor.guest.streams = snapshot.streams
    processor.guest.heap.end = snapshot.heapEnd
    processor.guest.clearRequests()
    do throws(ExtensionFailure) {
      for (instance, state) in zip(instances, snapshot.instances) { try instance.restore(state) }
    } catch { throw .extensionFailed(error) }
    processor.restoreState(snapshot.processor)
    elapsed = snapshot.elapsed
    reactivate()
  }
}
