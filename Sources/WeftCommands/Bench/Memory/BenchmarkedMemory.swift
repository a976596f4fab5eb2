import WeftMemory

/// The memory that a workload runs on.
///
/// One type with a case per kind, and no protocol: where the case is a constant, all of this disappears, while calls of
/// witnesses with typed throws stay calls.
enum BenchmarkedMemory {
  case memory(EVMMemoryReference)
  case byHandle(EVMMemoryByHandle)
  case flat(FlatEVMMemory)
  case model(ModelMemory)
}

/// One of the memories that are measured. What it can do is reached through `benchmarked`, whose case is a constant
/// where the type is known.
protocol BenchmarkedMemoryKind {
  var benchmarked: BenchmarkedMemory { get }
}

extension BenchmarkedMemory {
  var contextSize: Int {
    @inline(__always) get {
      switch self {
      case .memory(let memory): memory.contextSize
      case .byHandle(let memory): memory.contextSize
      case .flat(let memory): memory.contextSize
      case .model(let memory): memory.contextSize
      }
    }
  }

  @inline(__always)
  func keep() {
    switch self {
    case .memory(let memory): memory.keep()
    case .byHandle(let memory): memory.keep()
    case .flat(let memory): memory.keep()
    case .model(let memory): memory.keep()
    }
  }

  @inline(__always)
  func deinitialize() {
    switch self {
    case .memory(let memory): memory.deinitialize()
    case .byHandle(let memory): memory.deinitialize()
    case .flat(let memory): memory.deinitialize()
    case .model(let memory): memory.deinitialize()
    }
  }

  @inline(__always)
  func deallocate() {
    switch self {
    case .memory(let memory): memory.deallocate()
    case .byHandle(let memory): memory.deallocate()
    case .flat(let memory): memory.deallocate()
    case .model(let memory): memory.deallocate()
    }
  }

  @inline(__always)
  func initialize(capacity: Int, limit: Int?) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.initialize(capacity: capacity, limit: limit)
    case .byHandle(let memory): try memory.initialize(capacity: capacity, limit: limit)
    case .flat(let memory): try memory.initialize(capacity: capacity, limit: limit)
    case .model(let memory): try memory.initialize(capacity: capacity, limit: limit)
    }
  }

  @inline(__always)
  func reset() {
    switch self {
    case .memory(let memory): memory.reset()
    case .byHandle(let memory): memory.reset()
    case .flat(let memory): memory.reset()
    case .model(let memory): memory.reset()
    }
  }

  @inline(__always)
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 {
    switch self {
    case .memory(let memory): return try memory.byte(at: offset)
    case .byHandle(let memory): return try memory.byte(at: offset)
    case .flat(let memory): return try memory.byte(at: offset)
    case .model(let memory): return try memory.byte(at: offset)
    }
  }

  @inline(__always)
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word {
    switch self {
    case .memory(let memory): return try memory.word(at: offset)
    case .byHandle(let memory): return try memory.word(at: offset)
    case .flat(let memory): return try memory.word(at: offset)
    case .model(let memory): return try memory.word(at: offset)
    }
  }

  @inline(__always)
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    switch self {
    case .memory(let memory): return try memory.limbs(at: offset)
    case .byHandle(let memory): return try memory.limbs(at: offset)
    case .flat(let memory): return try memory.limbs(at: offset)
    case .model(let memory): return try memory.limbs(at: offset)
    }
  }

  @inline(__always)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    switch self {
    case .memory(let memory): return try memory.bytes(at: offset, count: count)
    case .byHandle(let memory): return try memory.bytes(at: offset, count: count)
    case .flat(let memory): return try memory.bytes(at: offset, count: count)
    case .model(let memory): return try memory.bytes(at: offset, count: count)
    }
  }

  @inline(__always)
  func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.setByte(value, at: offset)
    case .byHandle(let memory): try memory.setByte(value, at: offset)
    case .flat(let memory): try memory.setByte(value, at: offset)
    case .model(let memory): try memory.setByte(value, at: offset)
    }
  }

  @inline(__always)
  func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.setWord(value, at: offset)
    case .byHandle(let memory): try memory.setWord(value, at: offset)
    case .flat(let memory): try memory.setWord(value, at: offset)
    case .model(let memory): try memory.setWord(value, at: offset)
    }
  }

  @inline(__always)
  func setLimbs(_ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int)
    throws(EVMMemoryError)
  {
    switch self {
    case .memory(let memory): try memory.setLimbs(limb0, limb1, limb2, limb3, at: offset)
    case .byHandle(let memory): try memory.setLimbs(limb0, limb1, limb2, limb3, at: offset)
    case .flat(let memory): try memory.setLimbs(limb0, limb1, limb2, limb3, at: offset)
    case .model(let memory): try memory.setLimbs(limb0, limb1, limb2, limb3, at: offset)
    }
  }

  @inline(__always)
  func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.setData(source, at: offset)
    case .byHandle(let memory): try memory.setData(source, at: offset)
    case .flat(let memory): try memory.setData(source, at: offset)
    case .model(let memory): try memory.setData(source, at: offset)
    }
  }

  @inline(__always)
  func setData(_ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int)
    throws(EVMMemoryError)
  {
    switch self {
    case .memory(let memory): try memory.setData(source, sourceOffset: sourceOffset, at: offset, count: count)
    case .byHandle(let memory):
      try memory.setData(source, sourceOffset: sourceOffset, at: offset, count: count)
    case .flat(let memory): try memory.setData(source, sourceOffset: sourceOffset, at: offset, count: count)
    case .model(let memory): try memory.setData(source, sourceOffset: sourceOffset, at: offset, count: count)
    }
  }

  @inline(__always)
  func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.copy(from: source, to: target, count: count)
    case .byHandle(let memory): try memory.copy(from: source, to: target, count: count)
    case .flat(let memory): try memory.copy(from: source, to: target, count: count)
    case .model(let memory): try memory.copy(from: source, to: target, count: count)
    }
  }

  @inline(__always)
  func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    switch self {
    case .memory(let memory): return try memory.ensureContextCapacity(newSize)
    case .byHandle(let memory): return try memory.ensureContextCapacity(newSize)
    case .flat(let memory): return try memory.ensureContextCapacity(newSize)
    case .model(let memory): return try memory.ensureContextCapacity(newSize)
    }
  }

  @inline(__always)
  func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.resizeContext(to: newSize)
    case .byHandle(let memory): try memory.resizeContext(to: newSize)
    case .flat(let memory): try memory.resizeContext(to: newSize)
    case .model(let memory): try memory.resizeContext(to: newSize)
    }
  }

  @inline(__always)
  func enterChild() throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.enterChild()
    case .byHandle(let memory): try memory.enterChild()
    case .flat: throw .noChildContextToRevertOrCommit
    case .model(let memory): try memory.enterChild()
    }
  }

  @inline(__always)
  func leaveChild() throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.leaveChild()
    case .byHandle(let memory): try memory.leaveChild()
    case .flat: throw .noChildContextToRevertOrCommit
    case .model(let memory): try memory.leaveChild()
    }
  }

  @inline(__always)
  func leaveChild(output: Range<Int>) throws(EVMMemoryError) {
    switch self {
    case .memory(let memory): try memory.leaveChild(output: output)
    case .byHandle(let memory): try memory.leaveChild(output: output)
    case .flat: throw .noChildContextToRevertOrCommit
    case .model(let memory): try memory.leaveChild(output: output)
    }
  }

  @inline(__always)
  func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int {
    switch self {
    case .memory(let memory): return try memory.copyReturnData(toArea: target, count: count)
    case .byHandle(let memory): return try memory.copyReturnData(toArea: target, count: count)
    case .flat: throw .noChildContextToRevertOrCommit
    case .model(let memory): return try memory.copyReturnData(toArea: target, count: count)
    }
  }
}
