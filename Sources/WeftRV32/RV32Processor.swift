import CWeftABI
import WeftMachine
import WeftMemory

/// Executes one RV32 program: owns its decoded text and what the handlers need, and carries out what they leave.
public final class RV32Processor: Processor {
  let program: RV32Program
  let table: InstructionTable
  let configuration: Machine.Configuration
  let text: Text
  /// Looked up once: every store of a machine program near its text is compared with it.
  let toHostOffset: UInt32?
  let context: Context
  private let registerCells: RegisterCells
  /// What the extensions keep for this machine, in the order of registration.
  private let instances: [any ExtensionInstance]
  /// Those of them that are C code.
  private let natives: [NativeInstance]
  public private(set) var guest: Guest
  public private(set) var records: RecordBuffer?
  var meter: Meter?
  var machineMode: MachineMode?
  public private(set) var services: [ServiceSpan] = []

  private var mode = RunMode.fast
  /// Whether nothing has happened since the memory was filled.
  var isPristine = true
  /// Follows calls while a profile is taken.
  var profiler: CallProfiler?
  /// While the host calls a function: returning to `hostReturnAddress` ends the run.
  var returnsToHost = false
  var hasReturned = false
  /// The instruction at `pc` has begun, with the time and the place of its first access in the record.
  var unfinished: (programCounter: UInt32, timestamp: UInt32, firstRecord: Int)?
  /// Address of the next instruction.
  var pc: UInt32
  public internal(set) var retiredInstructions: UInt64 = 0

  init(
    _ program: RV32Program, table: InstructionTable, configuration: Machine.Configuration
  ) throws(MachineError) {
    self.program = program
    self.table = table
    self.configuration = configuration
    pc = program.file.entry
    toHostOffset = program.toHostOffset
    let instances = table.makeInstances()
    self.instances = instances
    natives = instances.compactMap { $0 as? NativeInstance }
    let guest = try Self.makeGuest(program, table, configuration, instances, mode: .fast)
    self.guest = guest
    text = try Text(
      segments: program.executableRanges, table: table, memoryStart: program.options.environment.memoryBase,
      calls: instances.map { ($0 as? NativeInstance)?.call },
      read: { address in guest.peekWord(at: address) })
    // Nothing may fail from here on: without a whole object nobody frees these.
    registerCells = RegisterCells()
    context = .allocate(capacity: 1)
    context.initialize(to: weft_context())
    attach()
  }

  deinit {
    guest.endInstances()
    context.deallocate()
    registerCells.deallocate()
  }

  public var programCounter: UInt64 { UInt64(pc) }
  public var isInsideInstruction: Bool { unfinished != nil }

  // MARK: Starting

  public func start(_ mode: RunMode) throws(MachineError) {
    if !isPristine || mode != self.mode {
      let mustRestoreText = text.wasChanged
      guest.endInstances()
      // An extension may refuse to be set up: then the next start is a fresh one too.
      isPristine = false
      guest = try Self.makeGuest(program, table, configuration, instances, mode: mode)
      self.mode = mode
      if mustRestoreText {
        text.redecode(text.indices) { [guest] address in guest.peekWord(at: address) }
      }
      attach()
    }
    records = nil
    if mode == .recorded(.instructionRecords) {
      let limit = configuration.recordStream?.chunkBytes ?? configuration.limits.recordBytes
      guard let buffer = RecordBuffer(stride: InstructionRecord.stride, byteLimit: limit) else {
        throw .memory(.outOfMemory(bytes: UInt64(clamping: limit)))
      }
      records = buffer
    }
    meter = mode == .metered ? Meter(slots: text.count &+ 1) : nil
    context.pointee.line_entries = meter?.lineEntries
    context.pointee.touched_leaves = guest.memory.pointee.touchedLeafMap(of: .memory)
    machineMode = program.options.environment == .machine ? MachineMode() : nil
    services = []
    unfinished = nil
    pc = program.file.entry
    retiredInstructions = 0
    isPristine = true
  }

  private static func makeGuest(
    _ program: RV32Program, _ table: InstructionTable, _ configuration: Machine.Configuration,
    _ instances: [any ExtensionInstance], mode: RunMode
  ) throws(MachineError) -> Guest {
    let guest: Guest
    do throws(MemoryError) {
      var memory = try MemoryController(
        program.memoryConfiguration(configuration, table, mode: mode),
        interface: configuration.memoryInterface, mode: mode)
      try memory.setInitialMemory(program.startImage(configuration))
      guest = Guest(
        memory: memory, memoryStart: program.options.environment.memoryBase,
        streams: HostStreams(input: configuration.input), publicValueCount: configuration.publicValueCount,
        outputLimit: configuration.limits.outputBytes, outputHandler: configuration.outputHandler)
      guest.heap = program.heap(configuration)
      guest.systemCallNumbers = table.systemCallNumbers
      guest.phantoms = table.phantoms
    } catch { throw .memory(error) }
    do throws(ExtensionFailure) {
      for instance in instances { try instance.begin(guest) }
    } catch {
      for instance in instances { instance.end() }
      throw .extensionFailed(error)
    }
    guest.instances = instances
    return guest
  }

  /// Points the handlers' context at the guest's memory.
  private func attach() {
    let isWritable = program.options.environment.allowsWritableText
    let base = UInt64(guest.memoryStart)
    let executable = isWritable ? [] : program.executableRanges
    guest.protectedText = executable.map {
      Range(uncheckedBounds: ($0.lowerBound &- base, $0.upperBound &- base))
    }
    guest.willWrite = isWritable ? { [weak self] in self?.noteWrite($0) } : nil
    context.pointee.struct_size = UInt32(MemoryLayout<weft_context>.size)
    context.pointee.text = UnsafePointer(text.slots)
    context.pointee.text_slots = UInt32(truncatingIfNeeded: text.count)
    let low = UInt32(truncatingIfNeeded: UInt(bitPattern: text.slots))
    context.pointee.pc_bias = text.start &- (low &>> 2)
    context.pointee.memory_size = guest.memorySize
    context.pointee.memory_start = guest.memoryStart
    context.pointee.leave = unsafeBitCast(weft_rv32_fast_service as Handler, to: UInt.self)
    closeWindow()
  }

  /// Lets handlers store wherever it is safe without asking the host: around the text, which is protected or has to
  /// be decoded anew, and around the word by which a machine program ends.
  func closeWindow() {
    let size = guest.memorySize
    // Handlers know one range: from the first to the last executable segment. The host knows better.
    var first = UInt64(self.text.start &- guest.memoryStart)
    var end = first &+ UInt64(truncatingIfNeeded: self.text.count) &* 4
    if let toHostOffset, UInt64(toHostOffset) < size {
      first = min(first, UInt64(toHostOffset))
      end = max(end, UInt64(toHostOffset) &+ 4)
    }
    let text = Range(uncheckedBounds: (first, end))
    let above = Range(uncheckedBounds: (end, max(size, end)))
    let isAboveLarger = above.upperBound &- end >= first
    setWindow(writable: isAboveLarger ? above : 0..<first, text: text)
  }

  /// Lets the next store through, wherever it goes.
  func openWindow() {
    setWindow(writable: 0..<min(guest.memorySize, UInt64(UInt32.max) & ~3), text: 0..<0)
  }

  private func setWindow(writable: Range<UInt64>, text: Range<UInt64>) {
    context.pointee.writable_offset = UInt32(truncatingIfNeeded: writable.lowerBound)
    context.pointee.writable_size = UInt32(clamping: writable.upperBound &- writable.lowerBound)
    context.pointee.text_offset = UInt32(truncatingIfNeeded: text.lowerBound)
    context.pointee.text_size = UInt32(clamping: text.upperBound &- text.lowerBound)
  }

  // MARK: Running

  public func run(atMost count: UInt64) -> ProcessorStop {
    text.prepare(for: mode)
    isPristine = false
    var left = count
    var services = 0
    // Host code can take long: after some of it the machine looks at its clock again.
    while left > 0, services < Self.servicesPerSlice {
      guard let index = text.index(of: pc) else {
        if returnsToHost, pc == Self.hostReturnAddress {
          hasReturned = true
          return .exited(code: 0)
        }
        if let stop = take(fetchTrap()) { return stop }
        continue
      }
      let room = makeRecordRoom()
      if room == 0 { return .limit(recordLimit) }
      let budget = min(left, room)
      // Only handlers leave calls to the host, as a profile needs it.
      let engine = profiler == nil ? configuration.engine : .threaded
      var executed = execute(from: index, budget: budget, engine: engine)
      if context.pointee.status == UInt32(WEFT_BUDGET_SPENT), executed < budget,
        let index = text.index(of: pc)
      {
        // The next line is longer than what is left: one instruction at a time.
        executed &+= execute(from: index, budget: budget &- executed, engine: .reference)
      }
      left &-= executed
      var status = context.pointee.status
      if status == UInt32(WEFT_STEP_FAILED), hasService(at: pc) { status = UInt32(WEFT_SERVICE) }
      if status == UInt32(WEFT_STEP_FAILED) || status == UInt32(WEFT_ATTENTION) {
        services &+= 1
        if let stop = finishStep(status) { return stop }
      }
      for native in natives {
        if let misuse = native.takeThreadMisuse(), let stop = take(misuse) { return stop }
      }
      if status == UInt32(WEFT_SERVICE) {
        let before = retiredInstructions
        services &+= 1
        if let stop = service() { return stop }
        left &-= min(left, retiredInstructions &- before)
      }
    }
    return .budgetSpent
  }

  /// Whether Swift code does what the step function at an address has declined.
  private func hasService(at address: UInt32) -> Bool {
    guard let index = text.index(of: address), case .native(let native, _) = text.service(at: index) else {
      return false
    }
    return native.service != nil
  }

  private static let servicesPerSlice = 1024

  private func fetchTrap() -> Trap {
    pc & 3 == 0
      ? Trap(.instructionAccessFault, programCounter: UInt64(pc), value: UInt64(pc))
      : Trap(.instructionAddressMisaligned, programCounter: UInt64(pc), value: UInt64(pc))
  }

  /// Runs an engine from a slot; gives the number of instructions retired.
  func execute(from index: Int, budget: UInt64, engine: Engine) -> UInt64 {
    switch mode {
    case .fast: execute(from: index, budget: budget, engine: engine, FastRecorder.self)
    case .metered: execute(from: index, budget: budget, engine: engine, MeteredRecorder.self)
    case .recorded(.accessLog): execute(from: index, budget: budget, engine: engine, AccessLogRecorder.self)
    case .recorded(.instructionRecords):
      execute(from: index, budget: budget, engine: engine, InstructionRecorder.self)
    }
  }

  private func execute<R: Recorder>(from index: Int, budget: UInt64, engine: Engine, _: R.Type) -> UInt64 {
    let start = state(at: index, budget: budget, R.self)
    switch engine {
    case .reference:
      runReference(start, operations: text.operations, R.self)
    case .threaded where mode == .fast && !natives.isEmpty:
      runThreadedWithExtensions(start)
    case .threaded:
      runThreaded(start, R.self)
    }
    let left = UInt64(clamping: context.pointee.budget / R.budgetUnit)
    commit()
    let executed = budget &- left
    retiredInstructions &+= executed
    let slot = UInt32(truncatingIfNeeded: UInt(bitPattern: context.pointee.next))
    pc = context.pointee.pc_bias &+ slot &>> 2
    return executed
  }

  /// Opens the calls of C extensions while the engine runs: their step functions work in place.
  private func runThreadedWithExtensions(_ start: ExecutionState) {
    let first = UInt64(context.pointee.writable_offset)
    let writable = Range(uncheckedBounds: (first, first &+ UInt64(context.pointee.writable_size)))
    context.pointee.steps = UnsafePointer(text.steps.base)
    for native in natives { native.openDirectly(guest, writable: writable) }
    context.pointee.next = nil
    runThreaded(start, FastRecorder.self)
    for native in natives { native.shut() }
    if context.pointee.next == nil {
      // A full handler came back instead of going on: how far the guest has got is lost with it.
      hasLostControl = true
      context.pointee.next = start.next
      context.pointee.budget = start.budget
      context.pointee.status = UInt32(WEFT_STEP_FAILED)
    }
  }
  private var hasLostControl = false

  /// What made the engine stop at a step function, or at a handler that ended without a jump.
  private func stepTrap() -> Trap {
    if hasLostControl {
      hasLostControl = false
      return Trap(
        .misuse(
          extension: natives.map(\.name).joined(separator: "' or '"),
          rule: "a full handler returned; it ends with WEFT_RETIRE or WEFT_LEAVE"))
    }
    let number = Int(context.pointee.next?.pointee.immediate ?? 0)
    let call = text.steps.base[number].call
    guard let native = natives.first(where: { $0.call == call }) else {
      return .failure("a step function failed")
    }
    let (isStray, hasReason) = (guest.registers[0] != 0, native.hasFailure)
    guest.registers[0] = 0
    guard isStray, !hasReason, let index = text.index(of: pc),
      case .native(let instruction, _) = text.service(at: index)
    else { return native.takeFailure() }
    return native.zeroRegisterMisuse(instruction.mnemonic)
  }

  /// What a step function left to the host: its failure, or a request.
  private func finishStep(_ status: UInt32) -> ProcessorStop? {
    for native in natives { native.call.pointee.attention = 0 }
    if status == UInt32(WEFT_STEP_FAILED) {
      let trap = stepTrap()
      // What it asked for does not happen; what it has written stays, and may be text.
      guest.clearRequests()
      finishTextWrite()
      return take(trap)
    }
    if let target = guest.jumpTarget {
      pc = target
      guest.jumpTarget = nil
    }
    finishTextWrite()
    return guest.exitCode.map { .exited(code: $0) }
  }

  /// The state that enters a slot: the size or the cursor, the budget with or without the clock.
  func state<R: Recorder>(at index: Int, budget: UInt64, _: R.Type) -> ExecutionState {
    let budget = Int64(truncatingIfNeeded: budget) &* R.budgetUnit
    // RV32 memory is part of every configuration.
    let memory = guest.memory.pointee.region(of: .memory).unsafelyUnwrapped.base
    let clock = Int64(guest.memory.pointee.timestamp)
    let (cursor, packed) =
      switch mode {
      case .fast, .metered: (guest.memorySize, budget)
      case .recorded(.accessLog):
        (UInt64(UInt(bitPattern: guest.memory.pointee.logCursor)), budget &+ clock)
      case .recorded(.instructionRecords): (records?.cursor ?? 0, budget &+ clock)
      }
    var registers = guest.registers
    if mode == .recorded(.instructionRecords) {
      registerCells.load(from: guest)
      registers = registerCells.base
    }
    return ExecutionState(UnsafePointer(text.slots) + index, registers, memory, cursor, packed, context)
  }

  /// Hands what the handlers wrote to its owner: entries and clock to the controller, records to the buffer.
  func commit() {
    let clock = UInt32(truncatingIfNeeded: context.pointee.budget)
    switch mode {
    case .fast, .metered: return
    case .recorded(.accessLog):
      let cursor = UnsafeMutablePointer<AccessLog.Entry>(bitPattern: UInt(context.pointee.cursor))
      // `recordRoom` keeps cursor and clock inside their limits.
      if let cursor { try? guest.memory.pointee.commitLog(through: cursor, timestamp: clock) }
    case .recorded(.instructionRecords):
      registerCells.store(to: guest)
      records?.commit(through: context.pointee.cursor)
      try? guest.memory.pointee.setTimestamp(clock)
    }
  }

  /// How many instructions surely fit into the records and under the clock's end.
  private var recordRoom: UInt64 {
    let memory = guest.memory
    let clock = UInt64((memory.pointee.timestampLimit &- memory.pointee.timestamp) / 3)
    switch mode {
    case .fast, .metered: return 1 << 40
    case .recorded(.accessLog):
      let stream = configuration.recordStream.map { $0.chunkBytes / 16 &- memory.pointee.accessLog.count }
      return min(clock, UInt64(clamping: min(memory.pointee.logRemaining, stream ?? .max)) / 3)
    case .recorded(.instructionRecords): return min(clock, UInt64(clamping: records?.remaining ?? 0))
    }
  }

  /// The same after records were handed to the stream, where that is needed.
  private func makeRecordRoom() -> UInt64 {
    if recordRoom == 0 { streamRecords() }
    return recordRoom
  }

  /// Hands records to the stream, if there is one.
  public func streamRecords() {
    guard let stream = configuration.recordStream else { return }
    switch mode {
    case .fast, .metered: return
    case .recorded(.instructionRecords): records?.drain(into: stream)
    case .recorded(.accessLog):
      guest.memory.pointee.drainLog { log in stream.consume(UnsafeRawBufferPointer(log.entries)) }
    }
  }

  private var recordLimit: LimitReached {
    let memory = guest.memory
    let isClock = (memory.pointee.timestampLimit &- memory.pointee.timestamp) / 3 == 0
    return isClock ? .clock : .records(bytes: configuration.limits.recordBytes)
  }

  // MARK: Services

  /// Notes what a service did to the records of the run.
  func recordService(at programCounter: UInt32, timestamp: UInt32, firstRecord: Int) {
    switch mode {
    case .fast: break
    case .metered:
      let index = text.index(of: programCounter)
      meter?.count(
        index, length: index.map { text.slots[$0].length } ?? 1,
        ticks: UInt64(guest.memory.pointee.timestamp &- timestamp))
    case .recorded(.accessLog):
      services.append(
        ServiceSpan(
          programCounter: programCounter, nextProgramCounter: guest.jumpTarget ?? programCounter &+ 4,
          firstEntry: firstRecord, count: guest.memory.pointee.accessLog.count &- firstRecord))
    case .recorded(.instructionRecords):
      records?.append(
        InstructionRecord(
          service: programCounter, timestamp: timestamp, firstRecord: firstRecord,
          count: guest.memory.pointee.records.count &- firstRecord,
          ticks: guest.memory.pointee.timestamp &- timestamp))
    }
  }

  /// Notes that the program goes on at its trap handler: a tick without an access, so that time grows. Gives a stop
  /// where there is no room for it.
  func recordTrap(handler: UInt32) -> ProcessorStop? {
    if mode == .metered { meter?.countTrap() }
    guard case .recorded(let form) = mode else { return nil }
    if makeRecordRoom() == 0 { return .limit(recordLimit) }
    let (timestamp, first) = (guest.memory.pointee.timestamp, nextRecordIndex)
    do throws(Trap) {
      try guest.reserve(accesses: 1)
      try guest.idle()
    } catch { return limit(error) ?? .trapped(error) }
    switch form {
    case .accessLog:
      services.append(
        ServiceSpan(
          programCounter: pc, nextProgramCounter: handler, firstEntry: first, count: 1, isTrap: true))
    case .instructionRecords:
      records?.append(InstructionRecord(trapAt: pc, timestamp: timestamp, firstRecord: first))
    }
    return nil
  }

  /// Index of the next log entry or memory record.
  var nextRecordIndex: Int {
    mode == .recorded(.accessLog)
      ? guest.memory.pointee.accessLog.count : guest.memory.pointee.records.count
  }

  // MARK: Writes to text

  /// An instruction may write several words: all of them are decoded anew when it has retired.
  private func noteWrite(_ range: Range<UInt64>) {
    let pending = pendingTextWrite ?? range
    pendingTextWrite = Range(
      uncheckedBounds: (
        min(pending.lowerBound, range.lowerBound), max(pending.upperBound, range.upperBound)
      ))
  }
  var pendingTextWrite: Range<UInt64>?
}
