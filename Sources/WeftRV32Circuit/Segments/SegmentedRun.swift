import WeftCircuit
import WeftMachine
import WeftMemory
import WeftMemoryCircuit
import WeftRV32

/// A long run, cut into segments whose traces keep given limits.
///
/// The program is executed once in a metered run, which counts rows instead of recording them. Where the next chunk could
/// pass a limit the state is kept: a segment begins there. Whoever wants traces executes the segment again, recorded;
/// segments are independent of each other by then.
///
/// ```swift
/// var run = try SegmentedRun(program)
/// let digests = try await run.mapTraces(inFlight: 2) { cut, made in made.traces.fingerprint }
/// ```
///
/// Where a run is cut depends on program, input and limits alone. A segment is measured now and then, the more seldom the
/// more room is left; where a chunk has passed a limit all the same, the run goes back and is cut before the chunk.
public struct SegmentedRun: ~Copyable {
  public let tracer: SegmentTracer
  public let limits: SegmentLimits
  private let meter: SegmentMeter
  private let configuration: Machine.Configuration
  private var machine: Machine
  /// What the present segment begins with.
  private var start: SegmentStart
  private var tree: MemoryMerkleTree
  private var index = 0
  private var ending: ExitStatus?
  private var (output, errorOutput): ([UInt8], [UInt8]) = ([], [])
  private var elapsed = Duration.zero
  /// Threads that hash memory where the run is cut.
  private let threads: Int

  /// Instructions before a segment is first measured.
  private static var firstStep: UInt64 { 1 << 10 }
  private static var longestStep: UInt64 { 1 << 22 }

  /// - Parameters:
  ///   - configuration: memory is persistent whatever it says; its limits hold for the run as a whole.
  ///   - threads: threads that hash memory where the run is cut.
  ///   - interruptHandle: stops the run from another thread; the segments so far stay.
  /// - Throws: `invalidSegmentLimits`, and what `SegmentTracer` throws.
  public init(
    _ program: RV32Program, configuration: Machine.Configuration = Machine.Configuration(),
    extensions: [any VMExtension] = [], limits: SegmentLimits = SegmentLimits(), threads: Int = 1,
    interruptHandle: InterruptHandle = InterruptHandle()
  ) throws(RV32CircuitError) {
    if let fault = limits.fault { throw .invalidSegmentLimits(fault) }
    let tracer = try SegmentTracer(program, configuration: configuration, extensions: extensions)
    let beginning = try Self.beginning(tracer, limits, threads: threads)
    self.init(
      tracer, limits, configuration, beginning,
      machine: try Self.startedMachine(tracer, interruptHandle), threads: threads)
  }

  private init(
    _ tracer: SegmentTracer, _ limits: SegmentLimits, _ configuration: Machine.Configuration,
    _ beginning: (SegmentStart, MemoryMerkleTree, SegmentMeter), machine: consuming Machine, threads: Int
  ) {
    (self.tracer, self.limits, self.configuration, self.threads) = (tracer, limits, configuration, threads)
    (start, tree, meter) = beginning
    self.machine = machine
  }

  /// What the first segment begins with, and what measures segments.
  private static func beginning(
    _ tracer: SegmentTracer, _ limits: SegmentLimits, threads: Int
  ) throws(RV32CircuitError) -> (SegmentStart, MemoryMerkleTree, SegmentMeter) {
    var machine = try startedMachine(tracer)
    let meter = SegmentMeter(tracer.circuit, tracer.program, limits, textAddresses: machine.textAddresses)
    var start: SegmentStart
    do throws(MachineError) { start = try machine.segmentStart() } catch { throw .machine(error) }
    do throws(MemoryCircuitError) {
      let dimensions = tracer.circuit.memory.dimensions
      let tree = try MemoryMerkleTree(start.image, dimensions, threads: threads)
      start.image = start.image.stating(tree.root.digest)
      return (start, tree, meter)
    } catch { throw .memoryCircuit(error) }
  }

  private static func startedMachine(
    _ tracer: SegmentTracer, _ handle: InterruptHandle = InterruptHandle()
  ) throws(RV32CircuitError) -> Machine {
    do throws(MachineError) {
      var machine = try tracer.machine(handle)
      try machine.start(.metered)
      return machine
    } catch { throw .machine(error) }
  }

  /// What the run has given so far.
  public var outcome: Outcome {
    var outcome = machine.outcome
    outcome.exit = ending ?? .paused
    outcome.duration = elapsed
    (outcome.output, outcome.errorOutput) = (output, errorOutput)
    return outcome
  }

  // MARK: Cutting

  /// The next segment; nil when the run has ended.
  ///
  /// A run that ends by a limit or a trap has segments for what retired.
  /// - Throws: `instructionTooLarge` for an instruction that passes the limits by itself, `machine`.
  public mutating func next() throws(RV32CircuitError) -> CutSegment? {
    guard ending == nil else { return nil }
    var done: UInt64 = 0
    var measure = try meter.measure(machine)
    var step = Self.firstStep
    while step > 0, ending == nil {
      let (executed, status) = try advance(by: step, done: done)
      let now = try meter.measure(machine)
      // A clock that has come to its end shows nothing but a chunk that was too long.
      let isLate = status == .limit(.clock)
      if let excess = meter.excess(now)
        ?? (isLate ? "its time goes beyond \(SegmentLimits.lastTimestamp)" : nil)
      {
        try rewind(to: done)
        if done > 0 { break }
        guard executed > 1 else {
          throw .instructionTooLarge(address: machine.programCounter, reason: excess)
        }
        step = executed / 2
        continue
      }
      done += executed
      ending = status
      step = ending == nil ? nextStep(after: step, done, executed, now, since: measure) : 0
      measure = now
    }
    // A trap, or a limit, right where the last segment ended.
    if done == 0, ending != nil, index > 0 { return nil }
    return try cut(after: done, measure)
  }

  /// Executes some instructions: how many, and how the run ended if it did.
  private mutating func advance(
    by step: UInt64, done: UInt64
  ) throws(RV32CircuitError) -> (executed: UInt64, status: ExitStatus?) {
    let before = machine.retiredInstructions
    let left = configuration.limits.instructions.map { $0 - min($0, before) } ?? .max
    let room = limits.instructions.map { $0 - done } ?? .max
    let clock = ContinuousClock()
    let begin = clock.now
    let status: ExitStatus
    do throws(MachineError) {
      status = try machine.step(min(step, left, room)).exit
    } catch { throw .machine(error) }
    elapsed += begin.duration(to: clock.now)
    let executed = machine.retiredInstructions - before
    guard case .limit(.instructions) = status else { return (executed, status) }
    if executed == left { return (executed, .limit(.instructions(before + left))) }
    if let limit = configuration.limits.wallClock, elapsed >= limit {
      let (seconds, attoseconds) = limit.components
      return (executed, .limit(.wallClock(seconds: Double(seconds) + Double(attoseconds) / 1e18)))
    }
    return (executed, nil)
  }

  /// How many instructions may be executed before the segment is measured again; 0 where it has to end.
  ///
  /// Twice as many like the last ones would have to keep the limits.
  private func nextStep(
    after step: UInt64, _ done: UInt64, _ executed: UInt64, _ now: SegmentMeter.Measure,
    since earlier: SegmentMeter.Measure
  ) -> UInt64 {
    let room = limits.instructions.map { $0 - done } ?? .max
    guard room > 0 else { return 0 }
    var next = min(4 * step, Self.longestStep)
    while meter.excess(now.projected(since: earlier, instructions: executed, further: 2 * next)) != nil {
      next /= 2
      // What is left is not worth another look.
      if next <= done / 32 { return 0 }
    }
    return min(next, room)
  }

  /// Goes back to `count` instructions behind the start of the segment.
  private mutating func rewind(to count: UInt64) throws(RV32CircuitError) {
    do throws(MachineError) {
      try machine.start(.metered, from: start)
      if count > 0 { _ = try machine.step(count) }
    } catch { throw .machine(error) }
  }

  /// Ends the segment here and begins the next one.
  private mutating func cut(
    after count: UInt64, _ measure: SegmentMeter.Measure
  ) throws(RV32CircuitError) -> CutSegment {
    let result = CutSegment(
      segment: Segment(
        index: index, origin: tracer.origin, start: start, instructionCount: count), tree: tree,
      size: meter.segmentSize(measure), ending: ending)
    deliverOutput()
    index += 1
    if ending != nil { return result }
    do throws(MachineError) {
      start = try machine.segmentStart(updating: start.image)
    } catch { throw .machine(error) }
    do throws(MemoryCircuitError) {
      tree = try tree.updated(machine.touchedLeaves, in: start.image, threads: threads)
    } catch { throw .memoryCircuit(error) }
    start.image = start.image.stating(tree.root.digest)
    machine.beginSegment()
    return result
  }

  /// Hands on what the guest wrote in the segment. Not as it is written: the run may go back.
  private mutating func deliverOutput() {
    let outcome = machine.outcome
    for (stream, bytes) in [
      (HostStreams.OutputStream.output, outcome.output), (.errorOutput, outcome.errorOutput),
    ] where !bytes.isEmpty {
      bytes.withUnsafeBytes { configuration.outputHandler?(stream, $0) }
    }
    output += outcome.output
    errorOutput += outcome.errorOutput
  }
}

/// A segment as it was cut from a run.
public struct CutSegment: Sendable {
  public let segment: Segment
  /// The tree of the memory that it begins with.
  public let tree: MemoryMerkleTree
  /// The most that its traces take.
  public let size: SegmentSize
  /// How the run ended in it; nil where the run goes on.
  public let ending: ExitStatus?

  public var isLast: Bool { ending != nil }
}
