import WeftField
import WeftRV32

/// One instruction of a run: what was recorded of it, and what the program table says at its address.
@frozen
public struct ExecutedInstruction: Hashable, Sendable {
  public var record: InstructionRecord
  public var instruction: CircuitInstruction
  /// Where the circuit's addresses begin.
  public var addressBase: UInt32

  @inlinable @inline(__always)
  public init(record: InstructionRecord, instruction: CircuitInstruction, addressBase: UInt32 = 0) {
    self.record = record
    self.instruction = instruction
    self.addressBase = addressBase
  }

  /// The program counter as the buses have it.
  @inline(__always)
  var programCounterDistance: UInt32 { record.programCounter &- addressBase }
}
