import CWeftABI

/// Calls the step function of an extension from the threaded engine of a fast run, then goes on.
///
/// The one handler that makes a call: the six arguments wait on the stack meanwhile.
@c func weft_callout_step(_ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context) {
  // Decoding gave every such slot an entry with a function and its call.
  let entry = c.pointee.steps.unsafelyUnwrapped + Int(i.pointee.immediate)
  let call = entry.pointee.call.unsafelyUnwrapped
  let status = entry.pointee.step.unsafelyUnwrapped(call, entry.operands)
  if UInt32(bitPattern: status) | call.pointee.attention | x[0] != 0 {
    call.pointee.status = status
    return weft_callout_stopped(i, x, m, z, b, c)
  }
  return Threaded.proceed(ExecutionState(i + 1, x, m, z, b, c), FastRecorder.self)
}

/// A step function failed, wrote x0, or asked for something that only the host can do.
@c func weft_callout_stopped(_ i: Slot, _ x: Registers, _ m: Memory, _ z: UInt64, _ b: Int64, _ c: Context) {
  let entry = c.pointee.steps.unsafelyUnwrapped + Int(i.pointee.immediate)
  let call = entry.pointee.call.unsafelyUnwrapped
  let hasFailed =
    UInt32(bitPattern: call.pointee.status) | call.pointee.attention & UInt32(WEFT_ATTENTION_FAILURE) | x[0]
    != 0
  c.pointee.status = UInt32(hasFailed ? WEFT_STEP_FAILED : WEFT_ATTENTION)
  // The rest of the line was charged; an instruction that failed did not happen either.
  let refund = Int64(i.pointee.length) &- (hasFailed ? 0 : 1)
  return weft_rv32_return(hasFailed ? i : i + 1, x, m, z, b &+ refund, c)
}

extension UnsafePointer<weft_step_slot> {
  /// The operands inside the entry, in place.
  @inline(__always)
  fileprivate var operands: UnsafePointer<weft_operands> {
    let offset = MemoryLayout<weft_step_slot>.offset(of: \.operands).unsafelyUnwrapped
    return (UnsafeRawPointer(self) + offset).assumingMemoryBound(to: weft_operands.self)
  }
}
