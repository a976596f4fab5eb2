import WeftMemory

/// Recorded runs, general form: one `AccessLog.Entry` of 16 bytes for every access and every idle tick.
enum AccessLogRecorder: Recorder {
  @inline(__always) static var budgetUnit: Int64 { 1 &<< 32 }
  @inline(__always) static func memorySize(_ s: ExecutionState) -> UInt64 { s.context.pointee.memory_size }

  @inline(__always)
  static func registers(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    readRegister(s, s.rs1, entry: 0)
    readRegister(s, s.rs2, entry: 1)
    writeRegister(s, value, entry: 2)
    return s.setting(value).logged(entries: 3)
  }

  @inline(__always)
  static func immediate(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    readRegister(s, s.rs1, entry: 0)
    tick(s, entry: 1)
    writeRegister(s, value, entry: 2)
    return s.setting(value).logged(entries: 3)
  }

  @inline(__always)
  static func load(_ s: ExecutionState, offset: UInt32, value: UInt32) -> ExecutionState {
    readRegister(s, s.rs1, entry: 0)
    s.log[1] = AccessLog.Entry(.readMemory, pointer: offset & ~3, payload: 0)
    writeRegisterUnlessZero(s, value, entry: 2)
    return s.setting(value).logged(entries: 3)
  }

  @inline(__always)
  static func store(_ s: ExecutionState, offset: UInt32, word: @autoclosure () -> UInt32) -> ExecutionState {
    readRegister(s, s.rs1, entry: 0)
    readRegister(s, s.source, entry: 1)
    s.log[2] = AccessLog.Entry(.writeMemory, pointer: offset & ~3, payload: UInt64(word()))
    return s.logged(entries: 3)
  }

  @inline(__always)
  static func branch(_ s: ExecutionState) -> ExecutionState {
    readRegister(s, s.rs1, entry: 0)
    readRegister(s, s.source, entry: 1)
    return s.logged(entries: 2)
  }

  @inline(__always)
  static func jumpRegister(_ s: ExecutionState, link: UInt32) -> ExecutionState {
    readRegister(s, s.rs1, entry: 0)
    writeRegisterUnlessZero(s, link, entry: 1)
    return s.setting(link).logged(entries: 2)
  }

  @inline(__always)
  static func write(_ s: ExecutionState, value: UInt32) -> ExecutionState {
    writeRegisterUnlessZero(s, value, entry: 0)
    return s.setting(value).logged(entries: 1)
  }

  @inline(__always)
  static func idle(_ s: ExecutionState) -> ExecutionState {
    tick(s, entry: 0)
    return s.logged(entries: 1)
  }

  // MARK: Entries

  @inline(__always)
  private static func readRegister(_ s: ExecutionState, _ register: Int, entry: Int) {
    s.log[entry] = AccessLog.Entry(.readRegister, pointer: pointer(register), payload: 0)
  }

  @inline(__always)
  private static func writeRegister(_ s: ExecutionState, _ value: UInt32, entry: Int) {
    s.log[entry] = AccessLog.Entry(.writeRegister, pointer: pointer(s.rd), payload: UInt64(value))
  }

  @inline(__always)
  private static func writeRegisterUnlessZero(_ s: ExecutionState, _ value: UInt32, entry: Int) {
    if s.rd == ExecutionState.discardedRegister {
      tick(s, entry: entry)
    } else {
      writeRegister(s, value, entry: entry)
    }
  }

  @inline(__always)
  private static func tick(_ s: ExecutionState, entry: Int) {
    s.log[entry] = AccessLog.Entry(.advance, pointer: 0, payload: 1)
  }

  @inline(__always)
  private static func pointer(_ register: Int) -> UInt32 { UInt32(truncatingIfNeeded: register) &<< 2 }
}

extension AccessHeader {
  @inline(__always) fileprivate static var readRegister: AccessHeader {
    AccessHeader(.read, log2Count: 2, space: .registers)
  }
  @inline(__always) fileprivate static var writeRegister: AccessHeader {
    AccessHeader(.write, log2Count: 2, space: .registers)
  }
  @inline(__always) fileprivate static var readMemory: AccessHeader {
    AccessHeader(.read, log2Count: 2, space: .memory)
  }
  @inline(__always) fileprivate static var writeMemory: AccessHeader {
    AccessHeader(.write, log2Count: 2, space: .memory)
  }
}

extension ExecutionState {
  @inline(__always) fileprivate var log: UnsafeMutablePointer<AccessLog.Entry> {
    // The cursor always holds the address of a mapped entry: see `RV32Processor`.
    UnsafeMutablePointer(bitPattern: UInt(truncatingIfNeeded: sizeOrCursor)).unsafelyUnwrapped
  }

  /// Every entry of the built-in instructions is one tick.
  @inline(__always) fileprivate func logged(entries: Int) -> ExecutionState {
    var state = self
    state.sizeOrCursor &+= UInt64(entries &* MemoryLayout<AccessLog.Entry>.stride)
    state.budget &+= Int64(entries)
    return state
  }
}
