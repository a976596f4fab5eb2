import CWeftABI

// The bodies of the instruction classes, written once and inlined into every handler and into the reference
// engine. A body checks whatever can trap, tells the recorder, writes its results and passes control on. What it
// cannot finish it leaves to the host (`Dispatch.leave`) with nothing done.

/// `rd = operation(rs1, rs2)`.
@inline(__always)
func registerBody<D: Dispatch, R: Recorder>(
  _ s: ExecutionState, _: D.Type, _: R.Type, _ operation: (UInt32, UInt32) -> UInt32
) -> D.Continuation {
  let value = operation(R.value(s, s.rs1), R.value(s, s.rs2))
  let after = R.registers(s, value: value)
  return D.proceed(after.advanced(), R.self)
}

/// `rd = operation(rs1, immediate)`.
@inline(__always)
func immediateBody<D: Dispatch, R: Recorder>(
  _ s: ExecutionState, _: D.Type, _: R.Type, _ operation: (UInt32, UInt32) -> UInt32
) -> D.Continuation {
  let value = operation(R.value(s, s.rs1), s.immediate)
  let after = R.immediate(s, value: value)
  return D.proceed(after.advanced(), R.self)
}

/// `rd = immediate`: `lui` and `auipc`, whose value the decoder has worked out.
@inline(__always)
func constantBody<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
  let after = R.write(s, value: s.immediate)
  return D.proceed(after.advanced(), R.self)
}

/// `fence`, and computing instructions whose result goes to `x0`.
@inline(__always)
func idleBody<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
  D.proceed(R.idle(s).advanced(), R.self)
}

/// `rd = read(rs1 + immediate)`, a naturally aligned load.
@inline(__always)
func loadBody<D: Dispatch, R: Recorder, A: MemoryAccessWidth>(
  _ s: ExecutionState, _: D.Type, _: R.Type, _: A.Type
) -> D.Continuation {
  let offset = R.value(s, s.rs1) &+ s.immediate
  if !A.isAligned(offset, inside: R.memorySize(s)) { return D.leave(s, R.self) }
  let value = A.load(s.memory + Int(offset))
  let after = R.load(s, offset: offset, value: value)
  return D.proceed(after.advanced(), R.self)
}

/// Stores the low bytes of rs2 at `rs1 + immediate`, naturally aligned and clear of protected text.
@inline(__always)
func storeBody<D: Dispatch, R: Recorder, A: MemoryAccessWidth>(
  _ s: ExecutionState, _: D.Type, _: R.Type, _: A.Type
) -> D.Continuation {
  let offset = R.value(s, s.rs1) &+ s.immediate
  if !isWritable(offset, s, R.self, A.self) { return D.leave(s, R.self) }
  let value = R.value(s, s.source)
  let after = R.store(s, offset: offset, word: A.merged(value, into: s.memory, at: offset))
  A.store(value, to: s.memory + Int(offset))
  return D.proceed(after.advanced(), R.self)
}

/// Whether a store may go ahead: one compare for the window beside the text, the exact rule for the rest.
@inline(__always)
func isWritable<R: Recorder, A: MemoryAccessWidth>(
  _ offset: UInt32, _ s: ExecutionState, _: R.Type, _: A.Type
) -> Bool {
  let context = s.context
  if A.isAligned(offset &- context.pointee.writable_offset, inside: UInt64(context.pointee.writable_size)) {
    return true
  }
  // An aligned access lies whole in the word around it, and text begins and ends on words.
  return A.isAligned(offset, inside: R.memorySize(s))
    && offset &- context.pointee.text_offset >= context.pointee.text_size
}

/// Goes to `pc + immediate` when the condition holds for rs1 and rs2.
@inline(__always)
func branchBody<D: Dispatch, R: Recorder>(
  _ s: ExecutionState, _: D.Type, _: R.Type, _ condition: (UInt32, UInt32) -> Bool
) -> D.Continuation {
  let taken = condition(R.value(s, s.rs1), R.value(s, s.source))
  let after = R.branch(s)
  // Two dispatch sites, so that each indirect jump has a prediction of its own.
  if taken { return D.enter(after.jumped(), R.self) }
  return D.enter(after.advanced(), R.self)
}

/// `rd = pc + 4`, then to `pc + immediate`.
@inline(__always)
func jumpBody<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
  let link = s.programCounter &+ 4
  let after = R.write(s, value: link)
  return D.enter(after.jumped(), R.self)
}

/// `rd = pc + 4`, then to `(rs1 + immediate) & ~1`; the immediate is relative to the start of the text.
@inline(__always)
func jumpRegisterBody<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
  let target = (R.value(s, s.rs1) &+ s.immediate) & ~1
  // A misaligned target becomes too large, as in `MemoryAccessWidth`.
  let index = target &>> 2 | target &<< 30
  if index >= s.context.pointee.text_slots { return D.leave(s, R.self) }
  let link = s.programCounter &+ 4
  var after = R.jumpRegister(s, link: link)
  after.next = UnsafePointer(s.context.pointee.text.unsafelyUnwrapped) + Int(index)
  return D.enter(after, R.self)
}

/// Whatever handlers do not do themselves: environment calls, breakpoints, illegal words, the end of the text.
@inline(__always)
func serviceBody<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
  D.leave(s, R.self)
}
