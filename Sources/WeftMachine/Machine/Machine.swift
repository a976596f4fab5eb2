import WeftMemory

/// Runs one program at a time on its own `MemoryController`, within limits.
///
/// ```swift
/// var machine = try Machine(program)
/// let outcome = try machine.run()
/// print(outcome.exit, outcome.outputText)
/// ```
///
/// A machine is active until `finalize()` consumes it and gives the `Run` that chips turn into traces.
public struct Machine: ~Copyable {
  /// Gets bytes that a guest has just written to one of its output streams; they are valid during the call.
  public typealias OutputHandler = @Sendable (HostStreams.OutputStream, UnsafeRawBufferPointer) -> Void

  public struct Configuration: Sendable {
    public var limits = Limits()
    public var engine = Engine.standard
    /// Input items of the guest, read one after the other; each run starts with the first.
    public var input: [[UInt8]] = []
    /// How many public values a guest may reveal, words of four bytes.
    public var publicValueCount = 32
    /// How proofs tie the memory of RV32 runs to the world outside: by the program's start image, or by Merkle roots, so
    /// that segments of a run chain.
    public var memoryInterface = MemoryInterface.imageTable
    /// Gets what the guest writes, as it writes it; it is in the `Outcome` all the same.
    public var outputHandler: OutputHandler?
    /// Takes the records of recorded runs while they last; `nil` keeps them for `Run`.
    public var recordStream: RecordStream?

    public init() {}
  }

  public let configuration: Configuration
  /// The instructions that the machine knows.
  public let table: InstructionTable
  /// Stops or pauses the machine from another thread.
  public let interruptHandle: InterruptHandle
  package private(set) var processor: any Processor
  private var state = State.loaded
  /// Where the first instruction of the run is.
  private var initialProgramCounter: UInt64 = 0
  var elapsed = Duration.zero

  private enum State {
    case loaded
    case active
    case ended(ExitStatus)
  }

  /// Makes a machine and loads a program into it.
  ///
  /// - Parameter interruptHandle: to stop the machine with, where it is needed before the machine is there.
  /// - Throws: `registration` for clashes between extensions, `program` when it does not fit the configuration.
  public init(
    _ program: some Program, configuration: Configuration = Configuration(),
    extensions: [any VMExtension] = [], interruptHandle: InterruptHandle = InterruptHandle()
  ) throws(MachineError) {
    let (table, processor) = try Self.prepare(program, configuration, extensions)
    self.table = table
    self.configuration = configuration
    self.processor = processor
    self.interruptHandle = interruptHandle
  }

  /// Everything about making a machine that can fail.
  private static func prepare(
    _ program: some Program, _ configuration: Configuration, _ extensions: [any VMExtension]
  ) throws(MachineError) -> (InstructionTable, any Processor) {
    if let fault = configuration.limits.fault { throw .invalidLimit(fault) }
    let table: InstructionTable
    do throws(RegistrationError) {
      table = try InstructionTables.table(program.instructionSetExtensions, extensions)
    } catch { throw .registration(error) }
    return (table, try program.makeProcessor(table: table, configuration: configuration))
  }

  /// Loads another program of the same instruction set; the old one and its state are gone.
  public mutating func load(_ program: some Program) throws(MachineError) {
    processor = try program.makeProcessor(table: table, configuration: configuration)
    state = .loaded
  }

  /// Starts the program from its beginning, with fresh memory, without executing anything yet.
  public mutating func start(_ mode: RunMode = .fast) throws(MachineError) {
    // A start that fails leaves nothing to go on with.
    state = .loaded
    try processor.start(mode)
    elapsed = .zero
    noteStart()
  }

  /// The program begins where the processor is.
  mutating func noteStart() {
    initialProgramCounter = processor.programCounter
    state = .active
    lastStatus = .paused
  }

  /// Runs the program from its beginning until it ends or a limit is reached.
  public mutating func run(_ mode: RunMode = .fast) throws(MachineError) -> Outcome {
    try start(mode)
    return execute(atMost: configuration.limits.instructions)
  }

  /// Goes on after a pause, a limit or `step`; a machine that was not started starts. The limits count anew.
  ///
  /// - Throws: `notResumable` when the guest has ended or trapped.
  public mutating func resume() throws(MachineError) -> Outcome {
    try prepare()
    return execute(atMost: configuration.limits.instructions)
  }

  /// Executes at most `count` instructions. Stopping there is reported as the instruction limit.
  public mutating func step(_ count: UInt64 = 1) throws(MachineError) -> Outcome {
    try prepare()
    return execute(atMost: count)
  }

  /// What the run has given so far, with the exit status of its last stop.
  public var outcome: Outcome { makeOutcome(lastStatus) }

  /// How often each instruction retired: name, owner, count, most frequent first. Empty unless metered; EVM
  /// programs count in recorded runs as well.
  public var instructionCounts: [InstructionCount] {
    zip(table.entries, processor.instructionCounts).compactMap { entry, count in
      count == 0
        ? nil
        : InstructionCount(mnemonic: entry.executor.mnemonic, owner: entry.owner, count: count)
    }.sorted { ($1.count, $0.mnemonic) < ($0.count, $1.mnemonic) }
  }

  /// Bytes of memory in pages that the guest's loads and stores have touched; `nil` unless metered.
  public var touchedMemory: Int? { processor.touchedMemory }

  /// The instruction at an address as the registry sees it; `nil` where there is no code.
  public func instruction(at address: UInt64) -> Instruction? {
    guard let (word, entry) = processor.instruction(at: address) else { return nil }
    return Instruction(
      address: address, word: word, mnemonic: entry.map { table.entries[$0].executor.mnemonic },
      owner: entry.map { table.entries[$0].owner })
  }

  /// Ends the run: memory and records, ready for chips.
  ///
  /// - Throws: `memory` when the controller finds itself inconsistent.
  public consuming func finalize() throws(MachineError) -> Run {
    let (outcome, counts) = (self.outcome, instructionCounts)
    let (records, services) = (processor.records, processor.services)
    let (first, programCounter) = (initialProgramCounter, processor.programCounter)
    let nested = processor.guest.instances.flatMap(\.instructionCounts)
    let isInside = processor.isInsideInstruction
    do throws(MemoryError) {
      let memory = try processor.guest.takeMemory().finalize()
      return Run(
        outcome: outcome, memory: memory, instructionCounts: counts, nestedInstructionCounts: nested,
        isInsideInstruction: isInside, records: records, services: services, initialProgramCounter: first,
        programCounter: programCounter)
    } catch { throw .memory(error) }
  }

  // MARK: Execution

  /// Makes an ended machine usable again, after its state has been replaced.
  package mutating func reactivate() {
    state = .active
    lastStatus = .paused
  }

  /// Ends a run whose state cannot be relied on any more.
  package mutating func end(_ status: ExitStatus) {
    state = .ended(status)
    lastStatus = status
  }

  /// Starts a machine that was not started.
  mutating func prepare() throws(MachineError) {
    switch state {
    case .loaded: try start()
    case .active: return
    case .ended(let status): throw .notResumable(status)
    }
  }

  /// Instructions between looks at the clock and the interrupt handle: far below 50 ms on every engine.
  private static var sliceLength: UInt64 {
    #if DEBUG
      1 << 14
    #else
      1 << 20
    #endif
  }

  private mutating func execute(atMost limit: UInt64?) -> Outcome {
    let clock = ContinuousClock()
    let begin = clock.now
    let deadline = configuration.limits.wallClock.map { begin.advanced(by: $0) }
    let first = processor.retiredInstructions
    var status: ExitStatus?
    while status == nil {
      switch interruptHandle.take() {
      case .none: break
      case .pause: status = .paused
      case .stop: status = .limit(.stopped)
      }
      if status != nil { break }
      let done = processor.retiredInstructions &- first
      let left = limit.map { $0 &- done } ?? .max
      if left == 0, let limit {
        status = .limit(.instructions(limit))
      } else if let deadline, clock.now >= deadline {
        status = .limit(.wallClock(seconds: configuration.limits.wallClockSeconds))
      } else {
        status = ExitStatus(processor.run(atMost: min(left, Self.sliceLength)))
      }
    }
    processor.streamRecords()
    elapsed += begin.duration(to: clock.now)
    let final = status ?? .paused
    lastStatus = final
    switch final {
    case .limit, .paused: state = .active
    case .halted, .trapped: state = .ended(final)
    }
    return makeOutcome(final)
  }

  private var lastStatus = ExitStatus.paused

  private func makeOutcome(_ status: ExitStatus) -> Outcome {
    let guest = processor.guest
    return Outcome(
      exit: status, instructions: processor.retiredInstructions, duration: elapsed,
      engine: configuration.engine, output: guest.streams.output, errorOutput: guest.streams.errorOutput,
      publicValues: guest.publicValues)
  }
}

extension ExitStatus {
  /// `nil` when the processor has only come to the end of a slice.
  fileprivate init?(_ stop: ProcessorStop) {
    switch stop {
    case .budgetSpent: return nil
    case .exited(let code): self = .halted(code: code)
    case .trapped(let trap): self = .trapped(trap)
    case .limit(let limit): self = .limit(limit)
    }
  }
}

extension Limits {
  /// What is wrong with the limits, if anything.
  fileprivate var fault: String? {
    if memory == 0 || memory > 1 << 32 || memory & 4095 != 0 {
      return "memory of \(memory) bytes: must be a multiple of 4096, at most 4 GiB"
    }
    if outputBytes < 0 { return "output limit of \(outputBytes) bytes" }
    if recordBytes < 4096 { return "record limit of \(recordBytes) bytes: must be at least 4096" }
    return nil
  }

  fileprivate var wallClockSeconds: Double {
    guard let (seconds, attoseconds) = wallClock?.components else { return 0 }
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
