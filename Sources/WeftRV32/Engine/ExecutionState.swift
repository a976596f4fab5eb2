import CWeftABI

typealias Slot = UnsafePointer<weft_instruction>
typealias Registers = UnsafeMutablePointer<UInt32>
typealias Memory = UnsafeMutableRawPointer
typealias Context = UnsafeMutablePointer<weft_context>

/// A handler as it stands in a decoded instruction: `weft_handler` of the C header, non-optional.
typealias Handler = @convention(c) (Slot, Registers, Memory, UInt64, Int64, Context) -> Void

/// The six arguments of a handler as one value.
///
/// Instruction bodies take it and pass it on; after inlining nothing of it remains but the six argument
/// registers of the System V ABI that hold its fields.
struct ExecutionState {
  /// The instruction that is executed, later the one that follows it.
  var next: Slot
  /// The register file: 33 words, slot 32 takes writes to `x0`. With instruction records, `RegisterCells`.
  let registers: Registers
  let memory: Memory
  /// Memory size in bytes; in recorded runs the address of the next free record or log entry.
  var sizeOrCursor: UInt64
  /// Instructions left; in recorded runs those in the high half and the clock in the low half.
  var budget: Int64
  let context: Context

  /// Distance in bytes from an aligned word of memory to the time of its last access.
  @inline(__always) static var memoryTimesOffset: Int { 1 &<< 29 }
  /// The slot of the register file that stands for `x0` as a destination.
  @inline(__always) static var discardedRegister: Int { 32 }

  @inline(__always)
  init(
    _ next: Slot, _ registers: Registers, _ memory: Memory, _ sizeOrCursor: UInt64, _ budget: Int64,
    _ context: Context
  ) {
    self.next = next
    self.registers = registers
    self.memory = memory
    self.sizeOrCursor = sizeOrCursor
    self.budget = budget
    self.context = context
  }

  @inline(__always) var rd: Int { Int(next.pointee.rd) }
  @inline(__always) var rs1: Int { Int(next.pointee.rs1) }
  @inline(__always) var immediate: UInt32 { UInt32(bitPattern: next.pointee.immediate) }
  /// rs2 of a register-register instruction.
  @inline(__always) var rs2: Int { Int(next.pointee.immediate) }
  /// rs2 of a store or branch, which has no destination.
  @inline(__always) var source: Int { Int(next.pointee.rd) }

  /// The guest address of the instruction at `next`.
  @inline(__always) var programCounter: UInt32 {
    (UInt32(truncatingIfNeeded: UInt(bitPattern: next)) &>> 2) &+ context.pointee.pc_bias
  }

  /// The state with `next` moved to the following slot.
  @inline(__always) func advanced() -> ExecutionState {
    var state = self
    state.next = next + 1
    return state
  }

  /// The state with `next` moved by the immediate, which counts bytes inside the instruction array.
  @inline(__always) func jumped() -> ExecutionState {
    var state = self
    state.next = UnsafeRawPointer(next).advanced(by: Int(next.pointee.immediate))
      .assumingMemoryBound(to: weft_instruction.self)
    return state
  }
}
