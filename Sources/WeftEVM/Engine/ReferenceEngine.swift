import CWeftABI

/// The reference engine: a loop over the bytes of code, with gas and stack checked before each instruction.
///
/// It runs the same bodies as the threaded engine. Debug builds and inspectors use it, and the threaded engine where
/// a frame cannot go on, to find out exactly why.
enum ReferenceEngine {
  /// Why it stopped.
  enum Stop {
    /// As the context's status says.
    case status
    /// The frame that it was to end has ended; its caller runs now.
    case frameEnded
    /// The instructions asked for have been executed.
    case counted
  }

  /// Runs the frame in the context from its program counter on.
  ///
  /// - Parameters:
  ///   - instructions: at most so many.
  ///   - onlyThisFrame: stops when another frame runs.
  @inline(never)
  static func run(_ c: EVMContext, instructions: inout UInt64, onlyThisFrame: Bool) -> Stop {
    c.pointee.base.status = EngineStatus.running
    let engine = c.engine
    let entries = engine.pointee.table.entries
    let slot = engine.pointee.instruction
    let first = c.frame
    var state = ExecutionState(c)
    while instructions > 0 {
      instructions &-= 1
      let frame = c.frame
      let analysis = frame.analysis
      let counter = frame.pointee.program_counter
      let isInside = counter < UInt64(truncatingIfNeeded: analysis.pointee.size)
      let position = Int(truncatingIfNeeded: counter)
      // Behind the last byte stands a STOP, whatever an extension makes of opcode 0.
      let opcode = Opcode(isInside ? analysis.pointee.code[position] : 0)
      let entry = isInside ? entries[Int(opcode.rawValue)] : stop
      if let inspector = engine.pointee.inspector {
        state.spill()
        inspector.step(StepInfo(c, opcode: opcode, staticGas: entry.staticGas), FrameView(c))
      }
      state.next = Slot(slot)
      if let reason = refusal(state, entry) {
        state = Looped.halt(state, reason)
      } else {
        state.gas &-= Int64(entry.staticGas)
        let count = opcode.immediateByteCount
        prepare(slot, engine.pointee.constant, analysis, position, count)
        frame.pointee.program_counter = counter &+ 1 &+ UInt64(truncatingIfNeeded: count)
        switch entry.kind {
        case .standard: state = executeStandard(opcode, state)
        case .service: state = Looped.carryOut(state, ExtensionService.self)
        case .handler: state = ForeignHandler.run(state, entry)
        case .undefined: state = Looped.halt(state, .undefinedInstruction)
        }
      }
      if c.pointee.base.status != EngineStatus.running {
        engine.pointee.lastCounter = counter
        return .status
      }
      if onlyThisFrame, c.frame != first {
        state.spill()
        return .frameEnded
      }
    }
    state.spill()
    return .counted
  }

  private static var stop: OpcodeTable.Entry { OpcodeTable.Entry(kind: .standard, flow: .ends) }

  /// Why an instruction cannot begin.
  @inline(__always)
  private static func refusal(_ s: ExecutionState, _ entry: OpcodeTable.Entry) -> EVMHalt? {
    if entry.kind == .undefined { return .undefinedInstruction }
    let base = UnsafeMutableRawPointer(s.context.pointee.stack_base.unsafelyUnwrapped)
    let height = (UnsafeMutableRawPointer(s.top) - base) &>> 5
    let inputs = Int(entry.inputs)
    if height < inputs { return .stackUnderflow }
    if height &- inputs &+ Int(entry.outputs) > Line.stackLimit { return .stackOverflow }
    return s.gas < Int64(entry.staticGas) ? .outOfGas : nil
  }

  /// Gives an instruction its payload: what it pushes, or where it stands.
  @inline(__always)
  private static func prepare(
    _ slot: UnsafeMutablePointer<weft_instruction>, _ constant: UnsafeMutablePointer<UInt256>,
    _ analysis: CodeAnalysis.Pointer, _ counter: Int, _ count: Int
  ) {
    if count == 0 {
      slot.payload = UInt64(truncatingIfNeeded: counter)
      return
    }
    constant.pointee = analysis.pointee.pushedValue(at: counter &+ 1, count: count)
    slot.payload = count <= 8 ? constant.pointee.limb0 : UInt64(UInt(bitPattern: constant))
  }
}

/// A handler of an extension in the reference engine: it runs alone and comes back at the next instruction.
enum ForeignHandler {
  @inline(never)
  static func run(_ s: ExecutionState, _ entry: OpcodeTable.Entry) -> ExecutionState {
    guard let handler = UnsafeRawPointer(bitPattern: entry.handler) else { return Looped.halt(s, .extensionFailed) }
    s.spill()
    let slots = s.context.engine.pointee.instruction
    // What it jumps on to comes straight back.
    slots[1].handler = HandlerTable.address(weft_evm_return)
    let body = unsafeBitCast(handler, to: Handler.self)
    body(Slot(slots), s.top, s.memory, s.memorySize, s.gas, s.baseContext)
    if s.context.pointee.base.status == EngineStatus.starved {
      s.context.pointee.base.status = EngineStatus.running
      return Looped.halt(ExecutionState(s.context), .outOfGas)
    }
    return ExecutionState(s.context)
  }
}
