import WeftMemory

/// The guest as host code sees it: its memory, its streams, and a few things it can ask for.
///
/// Services and system calls get one. In recorded runs the logged accesses go through the `MemoryController` and
/// take their place in the record; *peeks* never do.
public final class Guest {
  /// The one controller of the machine.
  package let memory: UnsafeMutablePointer<MemoryController>
  package let mode: RunMode
  /// Input and output.
  public var streams: HostStreams
  /// Set when the guest asks to end.
  public private(set) var exitCode: UInt32?
  /// Where the next instruction is, when a service has jumped.
  package var jumpTarget: UInt32?

  /// Address of the first byte of RV32 memory.
  public let memoryStart: UInt32
  /// Bytes of RV32 memory.
  public let memorySize: UInt64
  /// Text that nobody may write to, as offsets from the start of memory.
  package var protectedText: [Range<UInt64>] = []
  /// Called with offsets before host code changes memory that may hold decoded text.
  package var willWrite: ((Range<UInt64>) -> Void)?

  /// The heap between the program's image and the stack: `end` moves by `brk`, the others stay.
  package var heap = Heap(start: 0, end: 0, limit: 0)
  package struct Heap: Sendable {
    package var start, end, limit: UInt32
    package init(start: UInt32, end: UInt32, limit: UInt32) {
      (self.start, self.end, self.limit) = (start, end, limit)
    }
  }
  /// Numbers of registered system calls by name.
  package var systemCallNumbers: [String: UInt32] = [:]
  /// Registered phantom instructions by number.
  package var phantoms: [UInt32: PhantomInstruction] = [:]
  /// What extensions keep for this machine, in the order of registration.
  package var instances: [any ExtensionInstance] = []
  package let publicValueCount: Int
  package let outputLimit: Int
  private let outputHandler: Machine.OutputHandler?
  /// Instructions retired before the present one.
  public package(set) var retiredInstructions: UInt64 = 0

  package init(
    memory: consuming MemoryController, memoryStart: UInt32, streams: HostStreams, publicValueCount: Int,
    outputLimit: Int, outputHandler: Machine.OutputHandler? = nil
  ) {
    self.outputHandler = outputHandler
    mode = memory.mode
    memorySize = memory.region(of: .memory).map { UInt64($0.byteCount) } ?? 0
    self.memoryStart = memoryStart
    self.streams = streams
    self.publicValueCount = max(publicValueCount, 0)
    self.outputLimit = outputLimit
    self.memory = .allocate(capacity: 1)
    self.memory.initialize(to: memory)
  }

  deinit {
    if !isFinalized { memory.deinitialize(count: 1) }
    memory.deallocate()
  }

  private var isFinalized = false

  /// Tells what extensions keep that this guest's memory goes away.
  package func endInstances() {
    for instance in instances { instance.end() }
  }

  /// Hands the controller over; the guest must not be used afterwards.
  package func takeMemory() -> MemoryController {
    endInstances()
    isFinalized = true
    return memory.move()
  }

  // MARK: Requests

  /// Ends the run after the present instruction.
  public func exit(code: UInt32) { exitCode = code }

  /// Forgets an exit that the guest asked for.
  package func clearRequests() {
    exitCode = nil
    jumpTarget = nil
  }

  /// Goes on at `address` instead of the next instruction.
  public func jump(to address: UInt32) { jumpTarget = address }

  /// The number of a registered system call.
  public func systemCallNumber(named name: String) -> UInt32? { systemCallNumbers[name] }

  /// The phantom instruction that an extension registered under a number.
  public func phantom(_ number: UInt32) -> PhantomInstruction? { phantoms[number] }

  /// What the extension keeps that registered its instance as number `index`.
  public func instance(_ index: Int) -> (any ExtensionInstance)? {
    instances.indices.contains(index) ? instances[index] : nil
  }

  /// Moves the end of the heap to `address`, if that lies inside it; gives the end.
  public func moveBreak(to address: UInt32) -> UInt32 {
    if heap.start <= address, address <= heap.limit { heap.end = address }
    return heap.end
  }

  /// Whether accesses are recorded, or counted as those of recorded runs are, and time advances.
  public var isRecording: Bool { mode != .fast }

  /// Writes guest output.
  ///
  /// - Throws: `Trap.Cause.outputLimit` when that would pass the limit; nothing is written then, and the run ends with
  ///   `LimitReached.output` before the instruction that wrote.
  public func write(
    _ bytes: UnsafeRawBufferPointer, to stream: HostStreams.OutputStream
  ) throws(Trap) {
    guard bytes.count <= outputLimit &- streams.written else { throw Trap(.outputLimit) }
    streams.write(bytes, to: stream)
    outputHandler?(stream, bytes)
  }

  /// The same with bytes of the host's own.
  public func write(_ bytes: [UInt8], to stream: HostStreams.OutputStream) throws(Trap) {
    let failure: Trap? = bytes.withUnsafeBytes { buffer in
      do throws(Trap) {
        try write(buffer, to: stream)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }
}

extension MemoryError {
  /// The same error as a fault of the guest.
  package var trap: Trap { Trap(.memory(self)) }
}

extension Guest {
  /// Makes sure that `accesses` more accesses fit the clock and the records.
  ///
  /// - Parameter idle: ticks without an access, which take time only.
  /// - Throws: a trap that ends the run at its limit; nothing has changed then.
  public func reserve(accesses: Int, idle: UInt64 = 0) throws(Trap) {
    guard isRecording else { return }
    let current = memory.pointee.timestamp
    let requested = UInt64(current) &+ UInt64(max(accesses, 0)) &+ idle
    if requested > memory.pointee.timestampLimit {
      throw Trap(.memory(.timestampViolation(nil, current: current, requested: requested)))
    }
    let room =
      switch mode {
      case .fast, .metered: Int.max
      case .recorded(.accessLog): memory.pointee.logRemaining
      case .recorded(.instructionRecords): memory.pointee.recordsRemaining
      }
    if accesses > room { throw Trap(.memory(.logLimitReached(nil, limit: room))) }
  }
}
