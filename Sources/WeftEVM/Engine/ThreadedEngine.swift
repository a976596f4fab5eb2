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
        // Destinations at the head of a line have no slots, but a price.
        let destinations = UInt64(clamping: Line(rawValue: c.pointee.line).gas &- restOfLine(c))
        if !endFrame(c, counter: counter(c) &- destinations, prepaid: 0) { return }
      case EngineStatus.starved:
        if !endFrame(c, counter: counter(c), prepaid: restOfLine(c)) { return }
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

  /// The program counter of the slot at `next`.
  static func counter(_ c: EVMContext) -> UInt64 {
    let analysis = c.frame.analysis.pointee
    let index = c.pointee.base.next.unsafelyUnwrapped - UnsafePointer(analysis.slots)
    return UInt64(analysis.counters[index])
  }

  /// Static gas of the instruction at `next` and those behind it in its line.
  private static func restOfLine(_ c: EVMContext) -> Int64 {
    let analysis = c.frame.analysis.pointee
    let entries = c.engine.pointee.table.entries
    var index = c.pointee.base.next.unsafelyUnwrapped - UnsafePointer(analysis.slots)
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
