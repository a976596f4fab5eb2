/// What a run leaves behind about each instruction: nothing, counts, access-log entries or instruction records.
///
/// One requirement per class of instruction. Each is called when everything that can trap has been checked; it writes
/// the destination register and returns the state with cursor and clock moved. Accesses stand in the order and with
/// the fixed time step of the RV32IM chips: 3 for register-register and register-immediate instructions, loads and
/// stores, 2 for branches and `jalr`, 1 for everything that at most writes a register.
protocol Recorder {
  /// What one instruction costs in `ExecutionState.budget`.
  static var budgetUnit: Int64 { get }

  /// The value of a register.
  static func value(_ state: ExecutionState, _ register: Int) -> UInt32

  /// Memory size in bytes.
  static func memorySize(_ state: ExecutionState) -> UInt64

  /// A straight line is entered at `state.next`.
  static func entered(_ state: ExecutionState)

  /// A straight line is left at `state.next` before the instruction there retired.
  static func left(_ state: ExecutionState)

  /// The reference engine retired the instruction at `slot`.
  static func stepped(_ slot: Slot, _ context: Context)

  /// Reads rs1, then rs2, then writes `value` to rd.
  static func registers(_ state: ExecutionState, value: UInt32) -> ExecutionState

  /// Reads rs1, idles, then writes `value` to rd.
  static func immediate(_ state: ExecutionState, value: UInt32) -> ExecutionState

  /// Reads rs1, then the aligned word around `offset`, then writes `value` to rd (idles for `x0`).
  static func load(_ state: ExecutionState, offset: UInt32, value: UInt32) -> ExecutionState

  /// Reads rs1, then rs2; the body then writes `word` to the aligned word around `offset`.
  static func store(_ state: ExecutionState, offset: UInt32, word: @autoclosure () -> UInt32)
    -> ExecutionState

  /// Reads rs1, then rs2.
  static func branch(_ state: ExecutionState) -> ExecutionState

  /// Reads rs1, then writes `link` to rd (idles for `x0`).
  static func jumpRegister(_ state: ExecutionState, link: UInt32) -> ExecutionState

  /// Writes `value` to rd (idles for `x0`).
  static func write(_ state: ExecutionState, value: UInt32) -> ExecutionState

  /// Touches nothing.
  static func idle(_ state: ExecutionState) -> ExecutionState
}

/// By default nothing is left behind but the destination register.
extension Recorder {
  @inline(__always) static var budgetUnit: Int64 { 1 }
  @inline(__always) static func value(_ s: ExecutionState, _ register: Int) -> UInt32 {
    s.registers[register]
  }
  @inline(__always) static func memorySize(_ s: ExecutionState) -> UInt64 { s.sizeOrCursor }
  @inline(__always) static func entered(_ s: ExecutionState) {}
  @inline(__always) static func left(_ s: ExecutionState) {}
  @inline(__always) static func stepped(_ slot: Slot, _ context: Context) {}

  @inline(__always) static func registers(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    s.setting(value)
  }
  @inline(__always) static func immediate(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    s.setting(value)
  }
  @inline(__always) static func load(_ s: ExecutionState, offset: UInt32, value: UInt32) -> ExecutionState {
    s.setting(value)
  }
  @inline(__always)
  static func store(_ s: ExecutionState, offset: UInt32, word: @autoclosure () -> UInt32) -> ExecutionState {
    s
  }
  @inline(__always) static func branch(_ s: ExecutionState) -> ExecutionState { s }
  @inline(__always) static func jumpRegister(_ s: ExecutionState, link: UInt32) -> ExecutionState {
    s.setting(link)
  }
  @inline(__always) static func write(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    s.setting(value)
  }
  @inline(__always) static func idle(_ s: ExecutionState) -> ExecutionState { s }
}

extension ExecutionState {
  /// Writes the destination register.
  @inline(__always) func setting(_ value: UInt32) -> ExecutionState {
    registers[rd] = value
    return self
  }
}

/// Fast runs: no trace of anything.
enum FastRecorder: Recorder {}
