import CWeftABI
import WeftMemory

/// How a frame was entered.
enum FrameKind: UInt8 {
  case call, callCode, delegateCall, staticCall, create, create2

  var isCreation: Bool { self == .create || self == .create2 }
}

/// Beginning and ending frames: one array on the heap, no recursion of the host.
enum Frames {
  /// What a new frame is made from.
  struct Setup {
    var kind: FrameKind
    var account: Int
    var address: UInt256
    var caller: UInt256
    var value: UInt256
    var analysis: CodeAnalysis.Pointer
    /// The analysis belongs to this frame alone.
    var ownsAnalysis: Bool
    var isStatic: Bool
    var gas: Int64
    /// Call data; with `inputOffset` it lies in the shared memory buffer.
    var input: UnsafePointer<UInt8>?
    var inputOffset: UInt64
    var inputSize: UInt64
    var inputIsShared: Bool
    var outputOffset: UInt64 = 0
    var outputSize: UInt64 = 0
    /// What failing goes back to.
    var checkpoint: StateTables.Checkpoint
  }

  // MARK: Beginning

  /// Suspends the running frame, whose `top` is already without the call's operands and whose gas left is `gasLeft`.
  @inline(__always)
  static func suspend(_ c: EVMContext, top: Words, gasLeft: Int64) {
    let frame = c.frame
    frame.pointee.top = UnsafeMutableRawPointer(top).assumingMemoryBound(to: weft_word.self)
    frame.pointee.gas = gasLeft
    let next = c.pointee.base.next.unsafelyUnwrapped
    frame.pointee.next = next + 1
    frame.pointee.line = next.payload
  }

  /// Starts a frame at `depth`; memory has a context for it. Its stack begins above `stackBase`.
  static func begin(
    _ c: EVMContext, _ setup: Setup, depth: UInt32, stackBase: Words
  ) -> HostOutcome {
    let engine = c.engine
    let frame = engine.pointee.frames + Int(depth)
    setup.analysis.pointee.users &+= 1
    var decoder = engine.pointee.decoder(setup.analysis)
    decoder.decodeEntry()
    let analysis = setup.analysis.pointee
    frame.pointee.address = setup.address.abiWord
    frame.pointee.caller = setup.caller.abiWord
    frame.pointee.value = setup.value.abiWord
    frame.pointee.code = UnsafePointer(analysis.code)
    frame.pointee.code_size = UInt64(truncatingIfNeeded: analysis.size)
    frame.pointee.input = setup.input
    frame.pointee.input_offset = setup.inputOffset
    frame.pointee.input_size = setup.inputSize
    frame.pointee.input_is_shared = setup.inputIsShared ? 1 : 0
    frame.pointee.analysis = UnsafeMutableRawPointer(setup.analysis)
    frame.pointee.stack_base = UnsafeMutableRawPointer(stackBase).assumingMemoryBound(to: weft_word.self)
    frame.pointee.program_counter = 0
    frame.pointee.output_offset = setup.outputOffset
    frame.pointee.output_size = setup.outputSize
    frame.pointee.refund = engine.pointee.refund
    frame.pointee.journal = UInt64(truncatingIfNeeded: setup.checkpoint.journal)
    frame.pointee.logs = UInt64(truncatingIfNeeded: setup.checkpoint.logs)
    frame.pointee.log_bytes = UInt64(truncatingIfNeeded: setup.checkpoint.logBytes)
    frame.pointee.account = UInt32(truncatingIfNeeded: setup.account)
    frame.pointee.depth = depth
    frame.pointee.kind = setup.kind.rawValue
    frame.pointee.is_static = setup.isStatic ? 1 : 0
    frame.pointee.is_pooled = setup.ownsAnalysis ? 1 : 0
    c.pointee.base.next = UnsafePointer(analysis.slots)
    c.pointee.line = analysis.entryLine.rawValue
    c.top = stackBase
    c.pointee.return_size = 0
    activate(c, frame, gas: setup.gas)
    return paced(c)
  }

  /// Gives control back to the host now and then, so that calls alone cannot keep it away.
  @inline(__always)
  static func paced(_ c: EVMContext) -> HostOutcome {
    let left = c.engine.pointee.entriesLeft &- 1
    c.engine.pointee.entriesLeft = left
    if left > 0 { return .switched }
    c.pointee.base.status = EngineStatus.paused
    return .leave
  }

  /// Points the context at a frame.
  @inline(__always)
  static func activate(_ c: EVMContext, _ frame: FramePointer, gas: Int64) {
    c.pointee.frame = frame
    c.pointee.stack_base = frame.pointee.stack_base
    let analysis = frame.analysis
    c.pointee.landing_at = UnsafePointer(analysis.pointee.landingAt)
    c.pointee.landings = UnsafeMutableRawPointer(analysis.pointee.landings)
    c.pointee.code_size = UInt64(truncatingIfNeeded: analysis.pointee.size)
    setGas(c, gas)
    c.engine.pointee.publishMemory()
  }

  /// Divides a frame's gas into the present slice and the rest.
  @inline(__always)
  static func setGas(_ c: EVMContext, _ gas: Int64) {
    let slice = min(gas, c.engine.pointee.slice)
    c.pointee.base.budget = slice
    c.pointee.reserve = gas &- slice
  }

  // MARK: Ending

  /// The running frame ends with success; `output` lies in its memory.
  static func succeed<D: Dispatch>(_ c: EVMContext, output: Range<Int>, _: D.Type) -> HostOutcome {
    let kind = FrameKind(rawValue: c.frame.pointee.kind) ?? .call
    if kind.isCreation { return Creations.finish(c, code: output, D.self) }
    return leave(c, .success, gas: c.gas, output: output, result: .one, D.self)
  }

  /// The running frame ends by REVERT.
  static func revert<D: Dispatch>(_ c: EVMContext, output: Range<Int>, _: D.Type) -> HostOutcome {
    let gas = c.gas
    undo(c)
    return leave(c, .reverted, gas: gas, output: output, result: .zero, D.self)
  }

  /// The running frame halts exceptionally.
  static func halt<D: Dispatch>(_ c: EVMContext, _ reason: EVMHalt, _: D.Type) -> HostOutcome {
    if D.isObserved, let inspector = c.engine.pointee.inspector {
      inspector.fault(reason, FrameView(c))
    }
    if !D.isObserved { c.engine.pointee.lastCounter = ThreadedEngine.counter(c) }
    undo(c)
    return leave(c, .halted(reason), gas: 0, output: 0..<0, result: .zero, D.self)
  }

  /// Undoes what the running frame did to the state.
  private static func undo(_ c: EVMContext) {
    let frame = c.frame
    let engine = c.engine
    engine.pointee.tables.pointee.revert(
      to: StateTables.Checkpoint(
        journal: Int(truncatingIfNeeded: frame.pointee.journal),
        logs: Int(truncatingIfNeeded: frame.pointee.logs),
        logBytes: Int(truncatingIfNeeded: frame.pointee.log_bytes)))
    engine.pointee.refund = frame.pointee.refund
  }

  /// Goes back to the caller, or to the host from the outermost frame.
  static func leave<D: Dispatch>(
    _ c: EVMContext, _ outcome: EngineState.RootOutcome, gas: Int64, output: Range<Int>, result: UInt256,
    _: D.Type
  ) -> HostOutcome {
    let engine = c.engine
    let frame = c.frame
    if D.isObserved, let inspector = engine.pointee.inspector {
      let bytes = try? engine.pointee.memory.bytes(
        at: output.lowerBound, count: output.upperBound &- output.lowerBound)
      inspector.leave(
        FrameResult(
          outcome: outcome, gasLeft: gas, output: bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)),
        FrameView(c))
    }
    release(frame)
    if frame.pointee.depth == 0 { return finish(c, outcome, gas, output) }

    let parent = frame - 1
    do throws(EVMMemoryError) {
      try engine.pointee.memory.leaveChild(output: output)
      if frame.pointee.output_size != 0, engine.pointee.memory.returnDataSize != 0 {
        try engine.pointee.memory.copyReturnData(
          toArea: Int(truncatingIfNeeded: frame.pointee.output_offset),
          count: Int(truncatingIfNeeded: frame.pointee.output_size))
      }
    } catch { return Host.fail(c, .memory("\(error)")) }
    c.pointee.return_size = UInt64(truncatingIfNeeded: engine.pointee.memory.returnDataSize)
    resume(c, parent, gas: parent.pointee.gas &+ gas, result: result)
    return .switched
  }

  /// Frees what belongs to an ended frame alone.
  private static func release(_ frame: FramePointer) {
    let analysis = frame.analysis
    analysis.pointee.users &-= 1
    if frame.pointee.is_pooled != 0 { CodeAnalysis.release(analysis) }
  }

  /// Goes on with a suspended frame, with the result of its call on the stack.
  @inline(__always)
  static func resume(_ c: EVMContext, _ parent: FramePointer, gas: Int64, result: UInt256) {
    let top = UnsafeMutableRawPointer(parent.pointee.top.unsafelyUnwrapped)
      .assumingMemoryBound(to: UInt256.self)
    top[1] = result
    c.top = top + 1
    c.pointee.base.next = parent.pointee.next
    c.pointee.line = parent.pointee.line
    if parent.pointee.input_is_shared != 0 { refreshInput(c, parent) }
    activate(c, parent, gas: gas)
  }

  /// The call data of a frame, wherever the shared buffer is now.
  @inline(__always)
  static func refreshInput(_ c: EVMContext, _ frame: FramePointer) {
    let start = c.engine.pointee.sharedBuffer + Int(truncatingIfNeeded: frame.pointee.input_offset)
    frame.pointee.input = UnsafePointer(start.assumingMemoryBound(to: UInt8.self))
  }

  /// The shared buffer has another place now.
  @inline(never)
  static func bufferMoved(_ c: EVMContext) {
    if c.frame.pointee.input_is_shared != 0 { refreshInput(c, c.frame) }
  }

  private static func finish(
    _ c: EVMContext, _ outcome: EngineState.RootOutcome, _ gas: Int64, _ output: Range<Int>
  ) -> HostOutcome {
    let engine = c.engine
    engine.pointee.outcome = outcome
    engine.pointee.gasLeft = gas
    c.pointee.frame = nil
    do throws(EVMMemoryError) {
      engine.pointee.output = Array(
        try engine.pointee.memory.bytes(at: output.lowerBound, count: output.upperBound &- output.lowerBound))
    } catch { return Host.fail(c, .memory("\(error)")) }
    c.pointee.base.status = EngineStatus.finished
    return .leave
  }
}

extension UnsafeMutablePointer<weft_evm_context> {
  /// All gas of the running frame.
  @inline(__always) var gas: Int64 { pointee.base.budget &+ pointee.reserve }

  /// Takes gas while the host has control; `false` where the frame does not have it.
  @inline(__always)
  func charge(_ cost: Int64) -> Bool {
    if cost <= pointee.base.budget {
      pointee.base.budget &-= cost
      return true
    }
    return chargeReserve(cost)
  }

  @inline(never)
  private func chargeReserve(_ cost: Int64) -> Bool {
    let missing = cost &- pointee.base.budget
    if missing > pointee.reserve { return false }
    pointee.reserve &-= missing
    pointee.base.budget = 0
    return true
  }
}
