import CWeftABI

/// How control passes from one instruction body to the next.
///
/// The bodies are written once: the threaded engine tail-calls the next handler, the reference engine gets the
/// new state back and loops.
protocol Dispatch {
  associatedtype Continuation

  /// Goes on with `state.next`, which lies inside the straight line that is already charged.
  static func proceed<R: Recorder>(_ state: ExecutionState, _: R.Type) -> Continuation

  /// Goes on with `state.next`, the head of a straight line: charges the whole line, or leaves with
  /// `WEFT_BUDGET_SPENT` when it does not fit.
  static func enter<R: Recorder>(_ state: ExecutionState, _: R.Type) -> Continuation

  /// Leaves the instruction at `state.next`, of which nothing was done, to the host.
  static func leave<R: Recorder>(_ state: ExecutionState, _: R.Type) -> Continuation
}

/// Direct threading: every handler ends in a jump to the next one.
enum Threaded: Dispatch {
  @inline(__always) static func proceed<R: Recorder>(_ state: ExecutionState, _: R.Type) {
    #if DEBUG
      // Without optimisation there are no tail calls: hand the state back to the loop of `runThreaded`.
      weft_rv32_return(
        state.next, state.registers, state.memory, state.sizeOrCursor, state.budget, state.context)
    #else
      jump(state)
    #endif
  }

  @inline(__always) static func enter<R: Recorder>(_ state: ExecutionState, _: R.Type) {
    let left = state.budget &- R.budgetUnit &* Int64(state.next.pointee.length)
    if left < 0 {
      state.context.pointee.status = UInt32(WEFT_BUDGET_SPENT)
      return weft_rv32_return(
        state.next, state.registers, state.memory, state.sizeOrCursor, state.budget, state.context)
    }
    R.entered(state)
    var state = state
    state.budget = left
    return proceed(state, R.self)
  }

  @inline(__always) static func leave<R: Recorder>(_ state: ExecutionState, _: R.Type) {
    state.context.pointee.status = UInt32(WEFT_SERVICE)
    R.left(state)
    // The rest of the line, this instruction included, was charged and did not happen.
    let budget = state.budget &+ R.budgetUnit &* Int64(state.next.pointee.length)
    return weft_rv32_return(
      state.next, state.registers, state.memory, state.sizeOrCursor, budget, state.context)
  }

  @inline(__always) static func jump(_ state: ExecutionState) {
    let handler = unsafeBitCast(state.next.pointee.handler, to: Handler.self)
    return handler(
      state.next, state.registers, state.memory, state.sizeOrCursor, state.budget, state.context)
  }
}

/// The end of every chain of handlers: stores what the host goes on with, and returns to it.
@c func weft_rv32_return(
  _ next: Slot, _ registers: Registers, _ memory: Memory, _ sizeOrCursor: UInt64, _ budget: Int64,
  _ context: Context
) {
  context.pointee.next = next
  context.pointee.budget = budget
  context.pointee.cursor = sizeOrCursor
}

/// The reference engine's form: a body returns the new state and the loop of `runReference` goes on with it.
enum Looped: Dispatch {
  @inline(__always) static func proceed<R: Recorder>(_ state: ExecutionState, _: R.Type) -> ExecutionState {
    state
  }

  @inline(__always) static func enter<R: Recorder>(_ state: ExecutionState, _: R.Type) -> ExecutionState {
    state
  }

  @inline(__always) static func leave<R: Recorder>(_ state: ExecutionState, _: R.Type) -> ExecutionState {
    state.context.pointee.status = UInt32(WEFT_SERVICE)
    return state
  }
}
