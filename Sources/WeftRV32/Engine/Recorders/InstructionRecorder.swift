/// Recorded runs, online form: one 32-byte `InstructionRecord` per instruction, with the times of the previous
/// accesses looked up on the spot.
///
/// Each register stands next to the time of its last access (`RegisterCells`), so that both move as one 64-bit word;
/// the times of memory lie at a fixed distance from it. Fields are written in the order in which they become known,
/// so that few values are alive at once.
enum InstructionRecorder: Recorder {
  @inline(__always) static var budgetUnit: Int64 { 1 &<< 32 }
  @inline(__always) static func memorySize(_ s: ExecutionState) -> UInt64 { s.context.pointee.memory_size }
  @inline(__always) static func value(_ s: ExecutionState, _ register: Int) -> UInt32 {
    s.registers[2 &* register]
  }

  @inline(__always)
  static func registers(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, record.first)
    read(s, s.rs2, 1, record.second)
    overwrite(s, value, 2, record.third)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func immediate(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, record.first)
    record.second.pointee = 0
    overwrite(s, value, 2, record.third)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func load(_ s: ExecutionState, offset: UInt32, value: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, record.first)
    access(s, offset, 1, record.second)
    overwriteUnlessZero(s, value, 2, record.third)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func store(_ s: ExecutionState, offset: UInt32, word: @autoclosure () -> UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, record.first)
    read(s, s.source, 1, record.second)
    access(s, offset, 2, record.third)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func branch(_ s: ExecutionState) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, record.first)
    read(s, s.source, 1, record.second)
    record.third.pointee = 0
    return s.recorded(step: 2)
  }

  @inline(__always)
  static func jumpRegister(_ s: ExecutionState, link: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, record.first)
    record.second.pointee = 0
    overwriteUnlessZero(s, link, 1, record.third)
    return s.recorded(step: 2)
  }

  @inline(__always)
  static func write(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    let record = begin(s)
    record.first.pointee = 0
    record.second.pointee = 0
    overwriteUnlessZero(s, value, 0, record.third)
    return s.recorded(step: 1)
  }

  @inline(__always)
  static func idle(_ s: ExecutionState) -> ExecutionState {
    let record = begin(s)
    record.first.pointee = 0
    record.second.pointee = 0
    record.third.pointee = 0
    return s.recorded(step: 1)
  }

  // MARK: The parts of a record

  /// A record as four 64-bit words: program counter and clock, then a value and a time for each access.
  private struct Words {
    let base: UnsafeMutablePointer<UInt64>
    @inline(__always) var first: UnsafeMutablePointer<UInt64> { base + 1 }
    @inline(__always) var second: UnsafeMutablePointer<UInt64> { base + 2 }
    @inline(__always) var third: UnsafeMutablePointer<UInt64> { base + 3 }
  }

  @inline(__always) private static func begin(_ s: ExecutionState) -> Words {
    // The cursor always holds the address of a mapped record: see `RV32Processor.state(at:)`.
    let base = UnsafeMutableRawPointer(bitPattern: UInt(truncatingIfNeeded: s.sizeOrCursor)).unsafelyUnwrapped
    base.storeBytes(of: s.programCounter, as: UInt32.self)
    base.storeBytes(of: s.clock, toByteOffset: 4, as: UInt32.self)
    return Words(base: base.assumingMemoryBound(to: UInt64.self))
  }

  @inline(__always) private static func cell(_ s: ExecutionState, _ register: Int) -> UnsafeMutablePointer<
    UInt64
  > {
    UnsafeMutableRawPointer(s.registers).assumingMemoryBound(to: UInt64.self) + register
  }

  /// A value with the time `delta` after the clock.
  @inline(__always) private static func now(_ s: ExecutionState, _ delta: UInt32, _ value: UInt32) -> UInt64 {
    UInt64(value) | UInt64(truncatingIfNeeded: s.budget &+ Int64(delta)) &<< 32
  }

  /// Keeps value and last time of a register, and makes now its last time.
  @inline(__always) private static func read(
    _ s: ExecutionState, _ register: Int, _ delta: UInt32, _ word: UnsafeMutablePointer<UInt64>
  ) {
    let cell = cell(s, register)
    let kept = cell.pointee
    word.pointee = kept
    // The whole word, though only the time changes: a load of 64 bits cannot be served from a pending store of 32.
    cell.pointee = now(s, delta, UInt32(truncatingIfNeeded: kept))
  }

  /// Keeps value and last time of rd, and writes it.
  @inline(__always) private static func overwrite(
    _ s: ExecutionState, _ value: UInt32, _ delta: UInt32, _ word: UnsafeMutablePointer<UInt64>
  ) {
    let cell = cell(s, s.rd)
    word.pointee = cell.pointee
    cell.pointee = now(s, delta, value)
  }

  /// The same for instructions whose destination may be `x0`: then the fields are 0 and a scratch cell is written.
  @inline(__always) private static func overwriteUnlessZero(
    _ s: ExecutionState, _ value: UInt32, _ delta: UInt32, _ word: UnsafeMutablePointer<UInt64>
  ) {
    let cell = cell(s, s.rd)
    word.pointee = s.rd == ExecutionState.discardedRegister ? 0 : cell.pointee
    cell.pointee = now(s, delta, value)
  }

  /// Keeps the aligned word of memory around `offset` and its last time, and makes now its last time.
  @inline(__always) private static func access(
    _ s: ExecutionState, _ offset: UInt32, _ delta: UInt32, _ word: UnsafeMutablePointer<UInt64>
  ) {
    let memory = s.memory + Int(offset & ~3)
    let fields = UnsafeMutableRawPointer(word)
    fields.storeBytes(of: memory.loadUnaligned(as: UInt32.self), as: UInt32.self)
    let time = memory.loadUnaligned(fromByteOffset: ExecutionState.memoryTimesOffset, as: UInt32.self)
    fields.storeBytes(of: time, toByteOffset: 4, as: UInt32.self)
    memory.storeBytes(
      of: s.clock &+ delta, toByteOffset: ExecutionState.memoryTimesOffset, as: UInt32.self)
  }
}

extension ExecutionState {
  /// The clock of a recorded run: the time of the next access.
  @inline(__always) var clock: UInt32 { UInt32(truncatingIfNeeded: budget) }

  @inline(__always) fileprivate func recorded(step: Int64) -> ExecutionState {
    var state = self
    state.sizeOrCursor &+= UInt64(InstructionRecord.stride)
    state.budget &+= step
    return state
  }
}
