import CMemoryBaseline
import WeftMemory

/// An `EVMMemory` in its place.
struct EVMMemoryReference: BenchmarkedMemoryKind {
  var benchmarked: BenchmarkedMemory {
    @inline(__always) get { .memory(self) }
  }

  private let memory = UnsafeMutablePointer<EVMMemory>.allocate(capacity: 1)

  func deallocate() { memory.deallocate() }

  @inline(__always)
  func initialize(capacity: Int, limit: Int?) throws(EVMMemoryError) {
    memory.initialize(to: try EVMMemory(initialCapacity: capacity, limit: limit))
  }

  @inline(__always)
  func deinitialize() { memory.deinitialize(count: 1) }

  @inline(__always)
  func keep() { memory_baseline_keep(memory) }

  var contextSize: Int {
    @inline(__always) get { memory.pointee.contextSize }
  }

  @inline(__always)
  func reset() {
    memory.pointee.reset()
  }

  @inline(__always)
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 {
    try memory.pointee.byte(at: offset)
  }

  @inline(__always)
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word {
    try memory.pointee.word(at: offset)
  }

  @inline(__always)
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    try memory.pointee.limbs(at: offset)
  }

  @inline(__always)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    try memory.pointee.bytes(at: offset, count: count)
  }

  @inline(__always)
  func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    try memory.pointee.setByte(value, at: offset)
  }

  @inline(__always)
  func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError) {
    try memory.pointee.setWord(value, at: offset)
  }

  @inline(__always)
  func setLimbs(_ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int)
    throws(EVMMemoryError)
  {
    try memory.pointee.setLimbs(limb0, limb1, limb2, limb3, at: offset)
  }

  @inline(__always)
  func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    try memory.pointee.setData(source, at: offset)
  }

  @inline(__always)
  func setData(_ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int)
    throws(EVMMemoryError)
  {
    try memory.pointee.setData(source, sourceOffset: sourceOffset, at: offset, count: count)
  }

  @inline(__always)
  func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    try memory.pointee.copy(from: source, to: target, count: count)
  }

  @inline(__always)
  func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    try memory.pointee.ensureContextCapacity(newSize)
  }

  @inline(__always)
  func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    try memory.pointee.resizeContext(to: newSize)
  }

  @inline(__always)
  func enterChild() throws(EVMMemoryError) {
    try memory.pointee.enterChild()
  }

  @inline(__always)
  func leaveChild() throws(EVMMemoryError) {
    try memory.pointee.leaveChild()
  }

  @inline(__always)
  func leaveChild(output: Range<Int>) throws(EVMMemoryError) {
    try memory.pointee.leaveChild(output: output)
  }

  @inline(__always)
  func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int {
    try memory.pointee.copyReturnData(toArea: target, count: count)
  }
}
