import CMemoryBaseline
import Glibc
import WeftMemory

/// A memory of one context, resized to the byte: the flat memory of the design documents, for comparison only.
struct FlatEVMMemory: BenchmarkedMemoryKind {
  var benchmarked: BenchmarkedMemory {
    @inline(__always) get { .flat(self) }
  }

  private struct State {
    var base: UnsafeMutableRawPointer
    var size = 0
    var capacity: Int
    let limit: Int
  }

  private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

  private var base: UnsafeMutableRawPointer {
    @inline(__always) get { state.pointee.base }
  }

  var contextSize: Int {
    @inline(__always) get { state.pointee.size }
  }

  @inline(never)
  private func grow(to size: Int) throws(EVMMemoryError) {
    guard size >= 0 else { throw .invalidSize }
    guard size <= state.pointee.limit else { throw .memoryLimitExceeded }
    let capacity = state.pointee.capacity
    if size > capacity {
      let newCapacity = max(size, capacity > Int.max / 2 ? size : capacity * 2)
      guard let buffer = realloc(base, newCapacity) else { throw .outOfMemory }
      state.pointee.base = buffer
      state.pointee.capacity = newCapacity
    }
    memset(base + contextSize, 0, size - contextSize)
    state.pointee.size = size
  }

  @inline(__always)
  private func cover(_ offset: Int, _ count: Int) throws(EVMMemoryError) {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard offset >= 0, count >= 0, !overflow else { throw .invalidSize }
    if end > contextSize { try grow(to: end) }
  }

  @inline(__always)
  private func require(_ offset: Int, _ count: Int) throws(EVMMemoryError) {
    let (end, overflow) = offset.addingReportingOverflow(count)
    guard offset >= 0, count >= 0, !overflow else { throw .invalidSize }
    guard end <= contextSize else { throw .invalidOffset }
  }
}

extension FlatEVMMemory {
  func deallocate() { state.deallocate() }

  @inline(__always)
  func initialize(capacity: Int, limit: Int?) throws(EVMMemoryError) {
    guard capacity >= 0, let buffer = malloc(capacity) else { throw .outOfMemory }
    state.initialize(to: State(base: buffer, capacity: capacity, limit: limit ?? .max))
  }

  @inline(__always)
  func deinitialize() { free(base) }

  @inline(__always)
  func keep() { memory_baseline_keep(state) }

  @inline(__always)
  func reset() { state.pointee.size = 0 }

  @inline(__always)
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 {
    try require(offset, 1)
    return base.loadUnaligned(fromByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word {
    try require(offset, 32)
    return base.loadUnaligned(fromByteOffset: offset, as: EVMMemory.Word.self)
  }

  @inline(__always)
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    try word(at: offset).limbs
  }

  @inline(__always)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    try require(offset, count)
    return UnsafeRawBufferPointer(start: base + offset, count: count)
  }

  @inline(__always)
  func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    try cover(offset, 1)
    base.storeBytes(of: value, toByteOffset: offset, as: UInt8.self)
  }

  @inline(__always)
  func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError) {
    try cover(offset, 32)
    base.storeBytes(of: value, toByteOffset: offset, as: EVMMemory.Word.self)
  }

  @inline(__always)
  func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int
  ) throws(EVMMemoryError) {
    try setWord(EVMMemory.Word(limbs: limb0, limb1, limb2, limb3), at: offset)
  }

  @inline(__always)
  func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    guard let start = source.baseAddress, source.count > 0 else { return }
    try cover(offset, source.count)
    memcpy(base + offset, start, source.count)
  }

  @inline(__always)
  func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int
  ) throws(EVMMemoryError) {
    try cover(offset, count)
    let start = min(max(0, sourceOffset), source.count)
    let available = min(count, source.count - start)
    if available > 0, let bytes = source.baseAddress { memcpy(base + offset, bytes + start, available) }
    memset(base + offset + available, 0, count - available)
  }

  @inline(__always)
  func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    try cover(source, count)
    try cover(target, count)
    memmove(base + target, base + source, count)
  }

  @inline(__always)
  func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    if newSize <= contextSize { return 0 }
    let before = (contextSize + 31) / 32
    try grow(to: newSize)
    return (contextSize + 31) / 32 - before
  }

  @inline(__always)
  func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    if newSize > contextSize {
      try grow(to: newSize)
    } else {
      guard newSize >= 0 else { throw .invalidSize }
      state.pointee.size = newSize
    }
  }
}
