import WeftMemory

/// What the workloads of `weft bench memory` ask of a memory, so that all kinds run the same code.
protocol BenchmarkedMemory: ~Copyable {
  static func make(capacity: Int, limit: Int?) throws(EVMMemoryError) -> Self
  mutating func reset()
  var contextSize: Int { get }
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer
  mutating func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError)
  mutating func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError)
  mutating func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int) throws(EVMMemoryError)
  mutating func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError)
  mutating func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int) throws(EVMMemoryError)
  mutating func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError)
  mutating func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int
  mutating func resizeContext(to newSize: Int) throws(EVMMemoryError)
}

/// A memory with call contexts.
protocol CheckpointedMemory: BenchmarkedMemory, ~Copyable {
  mutating func enterChild() throws(EVMMemoryError)
  mutating func leaveChild() throws(EVMMemoryError)
  mutating func leaveChild(output: Range<Int>) throws(EVMMemoryError)
  mutating func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int
}

extension EVMMemory: CheckpointedMemory {
  @inline(__always)
  static func make(capacity: Int, limit: Int?) throws(EVMMemoryError) -> EVMMemory {
    try EVMMemory(initialCapacity: capacity, limit: limit)
  }
}

/// `EVMMemory` as hosts use it: every call names its context.
struct EVMMemoryByHandle: ~Copyable {
  private var memory: EVMMemory
  private var context: EVMMemory.Context
  /// The handles that the frames of a host would hold.
  private var parents: InlineArray<8, EVMMemory.Context>
  private var depth = 0

  init(_ memory: consuming EVMMemory) {
    var memory = memory
    context = memory.activeContext
    parents = InlineArray(repeating: context)
    self.memory = memory
  }
}

extension EVMMemoryByHandle: CheckpointedMemory {
  @inline(__always)
  static func make(capacity: Int, limit: Int?) throws(EVMMemoryError) -> EVMMemoryByHandle {
    EVMMemoryByHandle(try EVMMemory(initialCapacity: capacity, limit: limit))
  }

  @inline(__always)
  mutating func reset() {
    memory.reset()
    context = memory.activeContext
    depth = 0
  }

  var contextSize: Int {
    @inline(__always) get { memory.contextSize }
  }

  @inline(__always)
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 { try memory.byte(at: offset, in: context) }

  @inline(__always)
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word {
    try memory.word(at: offset, in: context)
  }

  @inline(__always)
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    try memory.limbs(at: offset, in: context)
  }

  @inline(__always)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    try memory.bytes(at: offset, count: count, in: context)
  }

  @inline(__always)
  mutating func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    try memory.setByte(value, at: offset, in: context)
  }

  @inline(__always)
  mutating func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError) {
    try memory.setWord(value, at: offset, in: context)
  }

  @inline(__always)
  mutating func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int
  ) throws(EVMMemoryError) {
    try memory.setLimbs(limb0, limb1, limb2, limb3, at: offset, in: context)
  }

  @inline(__always)
  mutating func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    try memory.setData(source, at: offset, in: context)
  }

  @inline(__always)
  mutating func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int
  ) throws(EVMMemoryError) {
    try memory.setData(source, sourceOffset: sourceOffset, at: offset, count: count, in: context)
  }

  @inline(__always)
  mutating func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    try memory.copy(from: source, to: target, count: count, in: context)
  }

  @inline(__always)
  mutating func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    try memory.ensureContextCapacity(newSize, in: context)
  }

  @inline(__always)
  mutating func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    try memory.resizeContext(to: newSize, in: context)
  }

  @inline(__always)
  mutating func enterChild() throws(EVMMemoryError) {
    let parent = context
    context = try memory.newChildContext(of: parent)
    parents[depth & 7] = parent
    depth &+= 1
  }

  @inline(__always)
  mutating func leaveChild() throws(EVMMemoryError) { try leaveChild(output: 0..<0) }

  @inline(__always)
  mutating func leaveChild(output: Range<Int>) throws(EVMMemoryError) {
    depth &-= 1
    context = parents[depth & 7]
    try memory.commitChildContext(of: context, output: output)
  }

  @inline(__always)
  mutating func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int {
    try memory.copyReturnData(toArea: target, count: count)
  }
}
