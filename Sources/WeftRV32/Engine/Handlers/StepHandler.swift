import CWeftABI

/// Calls the step function of an extension from the threaded engine of a fast run, then goes on.
///
/// The one handler that makes a call. What the open call and the context have as well is taken from there afterwards,
/// so that fewer registers have to be saved.
@c func weft_callout_step(_ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context) {
  // Decoding gave every such slot an entry with a function and its call.
  let entry = c.pointee.steps.unsafelyUnwrapped + Int(i.pointee.immediate)
  let call = entry.pointee.call.unsafelyUnwrapped
  let status = entry.pointee.step.unsafelyUnwrapped(call, entry.operands)
  let registers = call.pointee.x.unsafelyUnwrapped
  if UInt32(bitPattern: status) | call.pointee.attention | registers[0] != 0 {
    call.pointee.status = status
    return leaveAfterStep(i, registers, b, c)
  }
  let memory = UnsafeMutableRawPointer(call.pointee.memory.unsafelyUnwrapped)
  return Threaded.proceed(
    ExecutionState(i + 1, registers, memory, c.pointee.memory_size, b, c), FastRecorder.self)
}

/// A step function failed, wrote x0, or asked for something that only the host can do.
@inline(never)
func leaveAfterStep(_ i: Slot, _ x: Registers, _ b: Int64, _ c: Context) {
  let entry = c.pointee.steps.unsafelyUnwrapped + Int(i.pointee.immediate)
  let call = entry.pointee.call.unsafelyUnwrapped
  let hasFailed =
    UInt32(bitPattern: call.pointee.status) | call.pointee.attention & UInt32(WEFT_ATTENTION_FAILURE) | x[0]
    != 0
  c.pointee.status = UInt32(hasFailed ? WEFT_STEP_FAILED : WEFT_ATTENTION)
  // The rest of the line was charged; an instruction that failed did not happen either.
  let refund = Int64(i.pointee.length) &- (hasFailed ? 0 : 1)
  // Fast runs have no cursor.
  c.pointee.next = hasFailed ? i : i + 1
  c.pointee.budget = b &+ refund
}

extension UnsafePointer<weft_step_slot> {
  /// The operands inside the entry, in place.
  @inline(__always)
  fileprivate var operands: UnsafePointer<weft_operands> {
    let offset = MemoryLayout<weft_step_slot>.offset(of: \.operands).unsafelyUnwrapped
    return (UnsafeRawPointer(self) + offset).assumingMemoryBound(to: weft_operands.self)
  }
}
