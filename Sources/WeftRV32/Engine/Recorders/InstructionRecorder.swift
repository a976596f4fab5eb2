/// Recorded runs, online form: one 32-byte `InstructionRecord` per instruction, with the times of the previous
/// accesses looked up beside the registers and beside memory.
///
/// Fields are written in the order in which they become known, so that few values are alive at once.
enum InstructionRecorder: Recorder {
  @inline(__always) static var budgetUnit: Int64 { 1 &<< 32 }
  @inline(__always) static func memorySize(_ s: ExecutionState) -> UInt64 { s.context.pointee.memory_size }

  @inline(__always)
  static func registers(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, value: 2, time: 5, record)
    read(s, s.rs2, 1, value: 3, time: 6, record)
    overwrite(s, s.rd, 2, record)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func immediate(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, value: 2, time: 5, record)
    record[3] = 0
    record[6] = 0
    overwrite(s, s.rd, 2, record)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func load(_ s: ExecutionState, offset: UInt32, value: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, value: 2, time: 5, record)
    access(s, offset, 1, value: 3, time: 6, record)
    overwriteUnlessZero(s, 2, record)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func store(_ s: ExecutionState, offset: UInt32, word: @autoclosure () -> UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, value: 2, time: 5, record)
    read(s, s.source, 1, value: 3, time: 6, record)
    access(s, offset, 2, value: 4, time: 7, record)
    return s.recorded(step: 3)
  }

  @inline(__always)
  static func branch(_ s: ExecutionState) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, value: 2, time: 5, record)
    read(s, s.source, 1, value: 3, time: 6, record)
    record[4] = 0
    record[7] = 0
    return s.recorded(step: 2)
  }

  @inline(__always)
  static func jumpRegister(_ s: ExecutionState, link: UInt32) -> ExecutionState {
    let record = begin(s)
    read(s, s.rs1, 0, value: 2, time: 5, record)
    record[3] = 0
    record[6] = 0
    overwriteUnlessZero(s, 1, record)
    return s.recorded(step: 2)
  }

  @inline(__always)
  static func write(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    let record = begin(s)
    clear(record)
    overwriteUnlessZero(s, 0, record)
    return s.recorded(step: 1)
  }

  @inline(__always)
  static func idle(_ s: ExecutionState) -> ExecutionState {
    let record = begin(s)
    clear(record)
    record[4] = 0
    record[7] = 0
    return s.recorded(step: 1)
  }

  // MARK: Fields of a record, by word

  @inline(__always) private static func begin(_ s: ExecutionState) -> Registers {
    let record = s.record
    record[0] = s.programCounter
    record[1] = s.clock
    return record
  }

  @inline(__always) private static func clear(_ record: Registers) {
    record[2] = 0
    record[3] = 0
    record[5] = 0
    record[6] = 0
  }

  @inline(__always) private static func read(
    _ s: ExecutionState, _ register: Int, _ delta: UInt32, value: Int, time: Int, _ record: Registers
  ) {
    record[value] = s.registers[register]
    record[time] = s.registers[register &+ ExecutionState.registerTimesOffset]
    s.registers[register &+ ExecutionState.registerTimesOffset] = s.clock &+ delta
  }

  @inline(__always) private static func overwrite(
    _ s: ExecutionState, _ register: Int, _ delta: UInt32, _ record: Registers
  ) {
    read(s, register, delta, value: 4, time: 7, record)
  }

  /// `x0` is not written: its record fields are 0 and the scratch slot takes the rest.
  @inline(__always) private static func overwriteUnlessZero(
    _ s: ExecutionState, _ delta: UInt32, _ record: Registers
  ) {
    let rd = s.rd
    let times = s.registers + ExecutionState.registerTimesOffset
    record[4] = rd == ExecutionState.discardedRegister ? 0 : s.registers[rd]
    record[7] = rd == ExecutionState.discardedRegister ? 0 : times[rd]
    times[rd] = s.clock &+ delta
  }

  @inline(__always) private static func access(
    _ s: ExecutionState, _ offset: UInt32, _ delta: UInt32, value: Int, time: Int, _ record: Registers
  ) {
    let word = s.memory + Int(offset & ~3)
    record[value] = word.loadUnaligned(as: UInt32.self)
    record[time] = word.loadUnaligned(fromByteOffset: ExecutionState.memoryTimesOffset, as: UInt32.self)
    word.storeBytes(
      of: s.clock &+ delta, toByteOffset: ExecutionState.memoryTimesOffset, as: UInt32.self)
  }
}

extension ExecutionState {
  /// The clock of a recorded run: the time of the next access.
  @inline(__always) var clock: UInt32 { UInt32(truncatingIfNeeded: budget) }

  @inline(__always) fileprivate var record: UnsafeMutablePointer<UInt32> {
    // The cursor always holds the address of a mapped record: see `RV32Processor`.
    UnsafeMutablePointer(bitPattern: UInt(truncatingIfNeeded: sizeOrCursor)).unsafelyUnwrapped
  }

  @inline(__always) fileprivate func recorded(step: Int64) -> ExecutionState {
    var state = self
    state.sizeOrCursor &+= UInt64(InstructionRecord.stride)
    state.budget &+= step
    return state
  }
}
