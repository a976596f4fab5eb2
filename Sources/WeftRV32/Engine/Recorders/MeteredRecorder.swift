/// Metered runs: how often each straight line was entered, and which leaves of memory were touched.
///
/// Instruction counts follow from the entries (`LineCounts`), so that only heads of lines pay for counting.
enum MeteredRecorder: Recorder {
  @inline(__always) static func entered(_ s: ExecutionState) {
    add(1, at: s.next, s.context)
  }

  @inline(__always) static func left(_ s: ExecutionState) {
    add(-1, at: s.next, s.context)
  }

  @inline(__always) static func stepped(_ slot: Slot, _ context: Context) {
    add(1, at: slot, context)
    // The rest of the line is counted when it is stepped through in its turn.
    if slot.pointee.length > 1 { add(-1, at: slot + 1, context) }
  }

  @inline(__always)
  static func load(_ s: ExecutionState, offset: UInt32, value: UInt32) -> ExecutionState {
    s.context.pointee.touched_leaves.unsafelyUnwrapped[Int(offset &>> 3)] = 1
    return s.setting(value)
  }

  @inline(__always)
  static func store(_ s: ExecutionState, offset: UInt32, word: @autoclosure () -> UInt32) -> ExecutionState {
    s.context.pointee.touched_leaves.unsafelyUnwrapped[Int(offset &>> 3)] = 1
    return s
  }

  @inline(__always) private static func add(_ count: Int64, at slot: Slot, _ context: Context) {
    // A metered run has its counters from the start (`RV32Processor.start`).
    let index = slot - UnsafePointer(context.pointee.text.unsafelyUnwrapped)
    context.pointee.line_entries.unsafelyUnwrapped[index] &+= count
  }
}
