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
  ///
  /// - Throws: `program` where the instruction set has no snapshots.
  public mutating func snapshot() throws(MachineError) -> MachineSnapshot {
    if let refusal = processor.snapshotRefusal { throw .program(refusal) }
    try prepare()
    let guest = processor.guest
    let instances = try states(of: guest.instances)
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
    // Extensions and memory may refuse: then the extensions that have changed already go back.
    let former = formerStates(of: instances)
    do throws(ExtensionFailure) {
      for (instance, state) in zip(instances, snapshot.instances) { try instance.restore(state) }
    } catch {
      goBack(instances, to: former)
      throw .extensionFailed(error)
    }
    do throws(MemoryError) {
      try processor.guest.memory.pointee.restore(snapshot.memory)
    } catch {
      goBack(instances, to: former)
      throw .memory(error)
    }
    processor.guest.streams = snapshot.streams
    processor.guest.heap.end = snapshot.heapEnd
    processor.guest.clearRequests()
    processor.restoreState(snapshot.processor)
    elapsed = snapshot.elapsed
    reactivate()
  }

  /// What extensions keep.
  func states(of instances: [any ExtensionInstance]) throws(MachineError) -> [[UInt8]] {
    var states: [[UInt8]] = []
    do throws(ExtensionFailure) {
      for instance in instances {
        guard let state = try instance.save() else {
          throw ExtensionFailure.unsaved(instance.name)
        }
        states.append(state)
      }
    } catch { throw .extensionFailed(error) }
    return states
  }

  /// The same for a restoration that may fail; `nil` when they cannot be saved.
  private func formerStates(of instances: [any ExtensionInstance]) -> [[UInt8]]? {
    do throws(MachineError) {
      return try states(of: instances)
    } catch { return nil }
  }

  /// Takes a failed restoration back. Where an extension cannot go back, the run is over.
  private mutating func goBack(_ instances: [any ExtensionInstance], to states: [[UInt8]]?) {
    guard let states else { return end(.trapped(.failure("a restoration failed half-way"))) }
    do throws(ExtensionFailure) {
      for (instance, state) in zip(instances, states) { try instance.restore(state) }
    } catch {
      end(.trapped(.failure("\(error)")))
    }
  }
}
