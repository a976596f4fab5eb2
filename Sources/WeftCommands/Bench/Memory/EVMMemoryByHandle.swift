import CMemoryBaseline
import WeftMemory

/// `EVMMemory` as hosts use it: every call names its context.
struct EVMMemoryByHandle: BenchmarkedMemoryKind {
  var benchmarked: BenchmarkedMemory {
    @inline(__always) get { .byHandle(self) }
  }

  private let memory = UnsafeMutablePointer<EVMMemory>.allocate(capacity: 1)
  /// The handles that the frames of a host would hold, the active context's last.
  private let handles = UnsafeMutablePointer<EVMMemory.Context>.allocate(capacity: 8)
  private let depth = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  private var context: EVMMemory.Context {
    @inline(__always) get { handles[depth.pointee] }
  }

  func deallocate() {
    memory.deallocate()
    handles.deallocate()
    depth.deallocate()
  }

  @inline(__always)
  func initialize(capacity: Int, limit: Int?) throws(EVMMemoryError) {
    memory.initialize(to: try EVMMemory(initialCapacity: capacity, limit: limit))
    depth.initialize(to: 0)
    handles.initialize(to: memory.pointee.activeContext)
  }

  @inline(__always)
  func deinitialize() { memory.deinitialize(count: 1) }

  @inline(__always)
  func keep() { memory_baseline_keep(memory) }

  @inline(__always)
  func reset() {
    memory.pointee.reset()
    depth.pointee = 0
    handles.pointee = memory.pointee.activeContext
  }

  var contextSize: Int {
    @inline(__always) get { memory.pointee.contextSize }
  }

  @inline(__always)
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 {
    try memory.pointee.byte(at: offset, in: context)
  }

  @inline(__always)
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word {
    try memory.pointee.word(at: offset, in: context)
  }

  @inline(__always)
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    try memory.pointee.limbs(at: offset, in: context)
  }

  @inline(__always)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    try memory.pointee.bytes(at: offset, count: count, in: context)
  }

  @inline(__always)
  func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    try memory.pointee.setByte(value, at: offset, in: context)
  }

  @inline(__always)
  func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError) {
    try memory.pointee.setWord(value, at: offset, in: context)
  }

  @inline(__always)
  func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int
  ) throws(EVMMemoryError) {
    try memory.pointee.setLimbs(limb0, limb1, limb2, limb3, at: offset, in: context)
  }

  @inline(__always)
  func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    try memory.pointee.setData(source, at: offset, in: context)
  }

  @inline(__always)
  func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int
  ) throws(EVMMemoryError) {
    try memory.pointee.setData(source, sourceOffset: sourceOffset, at: offset, count: count, in: context)
  }

  @inline(__always)
  func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    try memory.pointee.copy(from: source, to: target, count: count, in: context)
  }

  @inline(__always)
  func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    try memory.pointee.ensureContextCapacity(newSize, in: context)
  }

  @inline(__always)
  func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    try memory.pointee.resizeContext(to: newSize, in: context)
  }

  @inline(__always)
  func enterChild() throws(EVMMemoryError) {
    let child = try memory.pointee.newChildContext(of: context)
    depth.pointee &+= 1
    (handles + depth.pointee).initialize(to: child)
  }

  @inline(__always)
  func leaveChild() throws(EVMMemoryError) { try leaveChild(output: 0..<0) }

  @inline(__always)
  func leaveChild(output: Range<Int>) throws(EVMMemoryError) {
    depth.pointee &-= 1
    try memory.pointee.commitChildContext(of: context, output: output)
  }

  @inline(__always)
  func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int {
    try memory.pointee.copyReturnData(toArea: target, count: count)
  }
}
