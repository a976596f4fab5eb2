import CWeftABI

/// The threaded engine: enters the line at `state.next` and returns when a handler leaves.
///
/// In optimised builds the handlers tail-call one another, so that the stack stays flat however long the run is.
/// Without optimisation each of them returns to the loop here.
func runThreaded<R: Recorder>(_ start: ExecutionState, _: R.Type) {
  let context = start.context
  context.pointee.status = UInt32(WEFT_RUNNING)
  Threaded.enter(start, R.self)
  #if DEBUG
    while context.pointee.status == UInt32(WEFT_RUNNING), let next = context.pointee.next {
      context.pointee.next = nil
      Threaded.jump(
        ExecutionState(
          next, start.registers, start.memory, context.pointee.cursor,
          context.pointee.budget, context))
    }
  #endif
}
