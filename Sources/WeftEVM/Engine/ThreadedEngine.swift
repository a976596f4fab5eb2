import CWeftABI

/// The threaded engine: enters the line in the context and goes on until the outermost frame ends or the host is
/// wanted.
///
/// In optimised builds the handlers tail-call one another, so that the stack stays flat however long the run is and
/// however deep its frames. Without optimisation each of them returns to the loop here.
enum ThreadedEngine {
  /// Runs; afterwards the context's status is `finished`, `paused` or `failed`.
  static func run(_ c: EVMContext) {
    while true {
      c.pointee.base.status = EngineStatus.running
      Threaded.enter(ExecutionState(c), Line(rawValue: c.pointee.line))
      #if DEBUG
        while c.pointee.base.status == EngineStatus.running { Threaded.jump(ExecutionState(c)) }
      #endif
      switch c.pointee.base.status {
      case EngineStatus.lineRefused:
        if refill(c) {
          c.pointee.base.status = EngineStatus.paused
          return
        }
        let next = c.pointee.base.next.unsafelyUnwrapped
        let head = counter(c, c.frame, next, head: Line(rawValue: c.pointee.line))
        if !endFrame(c, counter: head, prepaid: 0) { return }
      case EngineStatus.starved:
        let next = c.pointee.base.next.unsafelyUnwrapped
        let prepaid = restOfLine(c, c.frame, next)
        if !endFrame(c, counter: counter(c, c.frame, next), prepaid: prepaid) { return }
      default: return
      }
    }
  }

  /// Gives a line that does not fit the slice more of the frame's gas; `false` where the frame cannot run it.
  private static func refill(_ c: EVMContext) -> Bool {
    let line = Line(rawValue: c.pointee.line)
    let height = (c.top - stackBase(c))
    if c.gas < line.gas || height < line.needs || height > Line.stackLimit &- line.grows { return false }
    let total = c.gas
    let budget = min(total, max(c.engine.pointee.slice, line.gas))
    c.pointee.base.budget = budget
    c.pointee.reserve = total &- budget
    return true
  }

  /// Lets the reference engine find out how the frame ends, which surely halts before it leaves its line.
  ///
  /// - Returns: `false` where the execution is over.
  private static func endFrame(_ c: EVMContext, counter: UInt64, prepaid: Int64) -> Bool {
    let frame = c.frame
    frame.pointee.program_counter = counter
    c.pointee.base.budget = c.gas &+ prepaid
    c.pointee.reserve = 0
    var instructions = UInt64.max
    let inspector = c.engine.pointee.inspector
    c.engine.pointee.inspector = nil
    let stop = ReferenceEngine.run(c, instructions: &instructions, onlyThisFrame: true)
    c.engine.pointee.inspector = inspector
    return stop == .frameEnded
  }

  private static func stackBase(_ c: EVMContext) -> Words {
    UnsafeMutableRawPointer(c.pointee.stack_base.unsafelyUnwrapped).assumingMemoryBound(to: UInt256.self)
  }

  /// Lets the reference engine go on where this one has paused: gives every frame its program counter.
  static func handOver(_ c: EVMContext) {
    let running = c.frame
    let line = Line(rawValue: c.pointee.line)
    running.pointee.program_counter = counter(c, running, c.pointee.base.next.unsafelyUnwrapped, head: line)
    c.pointee.base.budget = c.gas
    c.pointee.reserve = 0
    var frame = running
    while frame.pointee.depth > 0 {
      frame -= 1
      frame.pointee.program_counter = counter(
        c, frame, frame.pointee.next.unsafelyUnwrapped, head: Line(rawValue: frame.pointee.line))
    }
  }

  /// Where the running frame is.
  static func counter(_ c: EVMContext) -> UInt64 {
    counter(c, c.frame, c.pointee.base.next.unsafelyUnwrapped)
  }

  /// The program counter of a slot, or of the line that begins with it.
  ///
  /// Destinations at the head of a line have no slots, but a price.
  private static func counter(_ c: EVMContext, _ frame: FramePointer, _ slot: Slot, head: Line? = nil) -> UInt64 {
    let analysis = frame.analysis.pointee
    let counter = UInt64(analysis.counters[slot - UnsafePointer(analysis.slots)])
    guard let head else { return counter }
    return counter &- UInt64(clamping: head.gas &- restOfLine(c, frame, slot))
  }

  /// Static gas of the instruction in a slot and those behind it in its line.
  private static func restOfLine(_ c: EVMContext, _ frame: FramePointer, _ slot: Slot) -> Int64 {
    let analysis = frame.analysis.pointee
    let entries = c.engine.pointee.table.entries
    var index = slot - UnsafePointer(analysis.slots)
    var counter = Int(analysis.counters[index])
    var gas: Int64 = 0
    while true {
      // The decoder's own slots stand where a line ends or goes on elsewhere.
      while index < analysis.slotCount, Int(analysis.counters[index]) == counter {
        let handler = analysis.slots[index].handler
        if handler == HandlerTable.line { return gas }
        if handler == HandlerTable.link {
          return gas &+ analysis.landings[Int(analysis.landingAt[counter])].line.gas
        }
        index &+= 1
      }
      guard counter < analysis.size else { return gas }
      let opcode = analysis.code[counter]
      let entry = entries[Int(opcode)]
      gas &+= Int64(entry.staticGas)
      if entry.flow != .continues { return gas }
      counter &+= 1 &+ Opcode(opcode).immediateByteCount
    }
  }
}
