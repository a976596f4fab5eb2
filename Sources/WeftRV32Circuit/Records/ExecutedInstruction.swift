import WeftField
import WeftRV32

/// One instruction of a run: what was recorded of it, and what the program table says at its address.
@frozen
public struct ExecutedInstruction: Hashable, Sendable {
  public var record: InstructionRecord
  public var instruction: CircuitInstruction

  @inlinable @inline(__always)
  public init(record: InstructionRecord, instruction: CircuitInstruction) {
    self.record = record
    self.instruction = instruction
  }
}
