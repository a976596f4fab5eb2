import WeftMemory

/// A memory of plain arrays, one per context: what the checksums of all others are compared with.
struct ModelMemory: BenchmarkedMemoryKind {
  var benchmarked: BenchmarkedMemory {
    @inline(__always) get { .model(self) }
  }

  private struct State {
    var contexts: [[UInt8]] = [[]]
    var output: [UInt8] = []
    var limit = Int.max
  }

  private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

  private var contexts: [[UInt8]] {
    _read { yield state.pointee.contexts }
    nonmutating _modify { yield &state.pointee.contexts }
  }

  private var output: [UInt8] {
    get { state.pointee.output }
    nonmutating set { state.pointee.output = newValue }
  }

  private var active: [UInt8] {
    _read { yield contexts[contexts.count - 1] }
    nonmutating _modify { yield &contexts[contexts.count - 1] }
  }

  private func cover(_ end: Int) throws(EVMMemoryError) {
    guard contexts.reduce(0, { $0 + $1.count }) - active.count + end <= state.pointee.limit else {
      throw .memoryLimitExceeded
    }
    while active.count < end { active += [UInt8](repeating: 0, count: 32) }
  }

  private func read(_ offset: Int, _ count: Int) throws(EVMMemoryError) -> ArraySlice<UInt8> {
    guard offset >= 0, offset + count <= active.count else { throw .invalidOffset }
    return active[offset..<offset + count]
  }

  private func write(_ bytes: some Collection<UInt8>, at offset: Int) throws(EVMMemoryError) {
    try cover(offset + bytes.count)
    active.replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }
}

extension ModelMemory {
  func deallocate() { state.deallocate() }

  func initialize(capacity: Int, limit: Int?) throws(EVMMemoryError) {
    state.initialize(to: State(limit: limit ?? .max))
  }

  func deinitialize() { state.deinitialize(count: 1) }

  func keep() {}

  func reset() {
    contexts = [[]]
    output = []
  }

  var contextSize: Int { active.count }

  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 { try read(offset, 1).reduce(0, |) }

  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word { EVMMemory.Word(try read(offset, 32)) }

  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    var limbs: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in try read(offset, 32).enumerated() {
      limbs[3 - index / 8] = limbs[3 - index / 8] << 8 | UInt64(byte)
    }
    return (limbs[0], limbs[1], limbs[2], limbs[3])
  }

  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    _ = try read(offset, count)
    return active.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[offset..<offset + count]) }
  }

  func setByte(_ value: UInt8, at offset: Int) throws(EVMMemoryError) {
    try write([value], at: offset)
  }

  func setWord(_ value: EVMMemory.Word, at offset: Int) throws(EVMMemoryError) {
    try write(value.bytes, at: offset)
  }

  func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int
  ) throws(EVMMemoryError) {
    var bytes: [UInt8] = []
    for limb in [limb3, limb2, limb1, limb0] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: limb >> shift))
      }
    }
    try write(bytes, at: offset)
  }

  func setData(_ source: UnsafeRawBufferPointer, at offset: Int) throws(EVMMemoryError) {
    try write(source, at: offset)
  }

  func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int
  ) throws(EVMMemoryError) {
    let part = Array(source.dropFirst(sourceOffset).prefix(count))
    try write(part + [UInt8](repeating: 0, count: count - part.count), at: offset)
  }

  func copy(from source: Int, to target: Int, count: Int) throws(EVMMemoryError) {
    try cover(max(source, target) + count)
    try write(Array(try read(source, count)), at: target)
  }

  func ensureContextCapacity(_ newSize: Int) throws(EVMMemoryError) -> Int {
    let before = active.count
    try cover(newSize)
    return (active.count - before) / 32
  }

  func resizeContext(to newSize: Int) throws(EVMMemoryError) {
    try cover(newSize)
    active.removeLast(active.count - (newSize + 31) / 32 * 32)
  }

  func enterChild() throws(EVMMemoryError) {
    contexts.append([])
    output = []
  }

  func leaveChild() throws(EVMMemoryError) { try leaveChild(output: 0..<0) }

  func leaveChild(output range: Range<Int>) throws(EVMMemoryError) {
    output = Array(try read(range.lowerBound, range.count))
    contexts.removeLast()
  }

  func copyReturnData(toArea target: Int, count: Int) throws(EVMMemoryError) -> Int {
    let part = Array(output.prefix(count))
    try write(part, at: target)
    return part.count
  }
}
