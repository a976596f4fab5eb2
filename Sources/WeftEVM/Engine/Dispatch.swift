import CWeftABI

/// How control passes from one instruction body to the next.
///
/// The bodies are written once: the threaded engine tail-calls the next handler, the reference engine gets the new
/// state back and loops.
protocol Dispatch {
  associatedtype Continuation

  /// Whether inspectors are asked. A constant, so that nothing of it remains where it is false.
  static var isObserved: Bool { get }

  /// Goes on with `state.next`, inside the line that is paid.
  static func proceed(_ state: ExecutionState) -> Continuation

  /// Goes on with `state.next`, where a line begins.
  static func enter(_ state: ExecutionState, _ line: Line) -> Continuation

  /// Goes on at the program counter `target`, if code may jump there.
  static func jump(_ state: ExecutionState, to target: UInt256) -> Continuation

  /// Goes on at a jump destination that code may jump to.
  static func land(_ state: ExecutionState, _ landing: UnsafeMutablePointer<Landing>) -> Continuation

  /// Ends the frame; nothing of the instruction at `state.next` was done.
  static func halt(_ state: ExecutionState, _ reason: EVMHalt) -> Continuation

  /// The instruction at `state.next` costs more than the slice has left: the host knows whether the frame does.
  static func starve(_ state: ExecutionState) -> Continuation

  /// Leaves the rare case of an instruction to the host.
  static func rest<Body: SplitBody>(_ state: ExecutionState, _: Body.Type) -> Continuation

  /// Goes on as the host has decided, which has left the state in the context.
  static func resume(_ context: EVMContext, _ outcome: HostOutcome, _ advance: Int) -> Continuation
}

/// What the host did with an instruction.
enum HostOutcome: UInt32 {
  /// It is carried out; the line goes on.
  case proceed
  /// It is carried out; a new line begins behind it, its price in the instruction's payload.
  case enter
  /// Another frame runs now, at the line in the context; or the same one halted and its caller does.
  case switched
  /// Control goes to the host's loop, for the reason in the context's status.
  case leave
}

/// Why the handlers gave control back: values of the common context's `status`.
enum EngineStatus {
  static var running: UInt32 { UInt32(WEFT_RUNNING) }
  /// The line at `next`, with its price in the context, does not fit into gas or stack; nothing was charged.
  static var lineRefused: UInt32 { UInt32(WEFT_BUDGET_SPENT) }
  /// The instruction at `next` costs more than the slice has left; nothing of it was done.
  static var starved: UInt32 { UInt32(WEFT_SERVICE) }
  /// The outermost frame ended.
  static var finished: UInt32 { 3 }
  /// The host wants to look at the clock.
  static var paused: UInt32 { 4 }
  /// Something outside the guest failed: the database, a missing precompile, memory.
  static var failed: UInt32 { 5 }
}

/// Direct threading: every handler ends in a jump to the next one.
enum Threaded: Dispatch {
  @inline(__always) static var isObserved: Bool { false }

  @inline(__always) static func proceed(_ s: ExecutionState) {
    #if DEBUG
      // Without optimisation there are no tail calls: hand the state back to the loop of `runThreaded`.
      weft_evm_return(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
    #else
      jump(s)
    #endif
  }

  @inline(__always) static func enter(_ s: ExecutionState, _ line: Line) {
    var paid = s
    paid.gas = s.gas &- line.gas
    let base = UnsafeMutableRawPointer(s.context.pointee.stack_base.unsafelyUnwrapped)
    let height = UnsafeMutableRawPointer(s.top) - base
    if paid.gas < 0 || height < line.needs &<< 5 || height > (Line.stackLimit &- line.grows) &<< 5 {
      s.context.pointee.line = line.rawValue
      return weft_evm_refuse(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
    }
    return proceed(paid)
  }

  @inline(__always) static func jump(_ s: ExecutionState, to target: UInt256) {
    guard target.fitsInUInt64, target.limb0 < s.context.pointee.code_size else {
      return halt(s, .invalidJump)
    }
    let index = s.context.pointee.landing_at.unsafelyUnwrapped[Int(truncatingIfNeeded: target.limb0)]
    if index == 0 {
      // Not decoded yet, or no destination.
      s.context.pointee.line = target.limb0
      return weft_evm_host_land(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
    }
    let landings = s.context.pointee.landings.unsafelyUnwrapped.assumingMemoryBound(to: Landing.self)
    return land(s, landings + Int(truncatingIfNeeded: index))
  }

  @inline(__always) static func land(_ s: ExecutionState, _ landing: UnsafeMutablePointer<Landing>) {
    var state = s
    state.next = landing.pointee.slot
    return enter(state, landing.pointee.line)
  }

  @inline(__always) static func halt(_ s: ExecutionState, _ reason: EVMHalt) {
    s.context.pointee.halt = reason.rawValue
    return weft_evm_host_halt(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always) static func starve(_ s: ExecutionState) {
    return weft_evm_starve(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }

  @inline(__always) static func rest<Body: SplitBody>(_ s: ExecutionState, _: Body.Type) {
    return Body.continueInHandler(s)
  }

  /// An operation of the host, then whatever it decided.
  ///
  /// Each handler marks a byte of its own. The optimiser would otherwise merge handlers that differ only in what
  /// they call into one with a seventh argument, and that one could not jump on.
  @inline(__always)
  static func carryOut<O: HostOperation>(_ s: ExecutionState, _: O.Type, _ number: Int) {
    let marks = MemoryLayout<weft_evm_context>.size &- 264
    UnsafeMutableRawPointer(s.context).storeBytes(of: 1, toByteOffset: marks &+ number, as: UInt8.self)
    s.spill()
    return resume(s.context, O.run(s.context, Threaded.self), 1)
  }

  @inline(__always) static func resume(_ c: EVMContext, _ outcome: HostOutcome, _ advance: Int) {
    let s = ExecutionState(c)
    switch outcome {
    case .proceed: return proceed(s.advanced(by: advance))
    case .enter: return enter(s.advanced(by: advance), Line(rawValue: s.payload))
    case .switched: return enter(s, Line(rawValue: c.pointee.line))
    case .leave: return
    }
  }

  @inline(__always) static func jump(_ s: ExecutionState) {
    let handler = unsafeBitCast(s.next.pointee.handler, to: Handler.self)
    return handler(s.next, s.top, s.memory, s.memorySize, s.gas, s.baseContext)
  }
}

/// The end of every chain of handlers: stores what the host goes on with, and returns to it.
@c func weft_evm_return(
  _ next: Slot, _ top: Operands, _ memory: Memory, _ memorySize: UInt64, _ gas: Int64, _ context: Context
) {
  ExecutionState(next, top, memory, memorySize, gas, context).spill()
}

/// A line does not fit: the host finds out why.
@c func weft_evm_refuse(
  _ next: Slot, _ top: Operands, _ memory: Memory, _ memorySize: UInt64, _ gas: Int64, _ context: Context
) {
  context.pointee.status = EngineStatus.lineRefused
  return weft_evm_return(next, top, memory, memorySize, gas, context)
}

/// An instruction does not fit into the slice: the host finds out whether the frame has more gas.
@c func weft_evm_starve(
  _ next: Slot, _ top: Operands, _ memory: Memory, _ memorySize: UInt64, _ gas: Int64, _ context: Context
) {
  context.pointee.status = EngineStatus.starved
  return weft_evm_return(next, top, memory, memorySize, gas, context)
}

/// The reference engine's form: a body returns the new state and the loop of `runReference` goes on with it.
enum Looped: Dispatch {
  @inline(__always) static var isObserved: Bool { true }

  @inline(__always) static func proceed(_ s: ExecutionState) -> ExecutionState { s }

  @inline(__always) static func enter(_ s: ExecutionState, _ line: Line) -> ExecutionState { s }

  @inline(__always) static func jump(_ s: ExecutionState, to target: UInt256) -> ExecutionState {
    let analysis = s.context.frame.analysis
    guard target.fitsInUInt64, CodeAnalysis.isDestination(analysis, target.limb0) else {
      return halt(s, .invalidJump)
    }
    s.context.frame.pointee.program_counter = target.limb0
    return s
  }

  /// Groups, which know landings, are the threaded engine's.
  @inline(__always)
  static func land(_ s: ExecutionState, _ landing: UnsafeMutablePointer<Landing>) -> ExecutionState {
    jump(s, to: UInt256(landing.pointee.stub.payloadWord))
  }

  @inline(__always) static func halt(_ s: ExecutionState, _ reason: EVMHalt) -> ExecutionState {
    s.spill()
    return resume(s.context, Frames.halt(s.context, reason, Looped.self), 0)
  }

  @inline(__always)
  static func rest<Body: SplitBody>(_ s: ExecutionState, _: Body.Type) -> ExecutionState {
    carryOut(s, Body.Rest.self)
  }

  @inline(__always)
  static func carryOut<O: HostOperation>(_ s: ExecutionState, _: O.Type) -> ExecutionState {
    s.spill()
    return resume(s.context, O.run(s.context, Looped.self), 1)
  }

  /// The reference engine has all gas of a frame in its slice.
  @inline(__always) static func starve(_ s: ExecutionState) -> ExecutionState { halt(s, .outOfGas) }

  @inline(__always)
  static func resume(_ c: EVMContext, _ outcome: HostOutcome, _ advance: Int) -> ExecutionState {
    ExecutionState(c)
  }
}
