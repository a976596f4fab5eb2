import WeftMemory

/// What the memory chips of a run fill their rows from, shared by all of them and by all threads.
public final class MemoryTraceSource: Sendable {
  public let inputs: MemoryProofInputs

  public init(_ inputs: consuming MemoryProofInputs) { self.inputs = inputs }
}
