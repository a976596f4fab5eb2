@testable import WeftMemory

/// What an `EVMMemory` must do, said with arrays: one per context, nothing shared.
struct EVMMemoryModel {
  struct Context: Equatable {
    var bytes: [UInt8] = []
    var checkpoint = 0
    var handle: EVMMemory.Context?
  }

  var contexts = [Context()]
  var returnData: [UInt8] = []
  /// Behind committed bytes that are kept.
  var retainedEnd = 0
  let limit: Int
  let keeps: Bool

  init(limit: Int, keeps: Bool = false) {
    self.limit = limit
    self.keeps = keeps
  }

  var active: Context {
    get { contexts[contexts.count - 1] }
    set { contexts[contexts.count - 1] = newValue }
  }
  var end: Int { active.checkpoint + active.bytes.count }
  var total: Int { max(end, retainedEnd) }

  /// The size of the active context after growth that covers a range.
  func grown(_ offset: Int, _ count: Int) throws(EVMMemoryError) -> Int {
    if offset < 0 || count < 0 { throw .invalidSize }
    let (end, overflow) = offset.addingReportingOverflow(count)
    if overflow { throw .invalidSize }
    if end <= active.bytes.count { return active.bytes.count }
    if end > limit - active.checkpoint { throw .memoryLimitExceeded }
    return (end + 31) / 32 * 32
  }

  mutating func cover(_ offset: Int, _ count: Int) throws(EVMMemoryError) {
    let size = try grown(offset, count)
    active.bytes += [UInt8](repeating: 0, count: size - active.bytes.count)
  }

  func read(_ offset: Int, _ count: Int, in bytes: [UInt8]) throws(EVMMemoryError) -> [UInt8] {
    if count == 0 { return [] }
    if offset < 0 || count < 0 { throw .invalidSize }
    let (end, overflow) = offset.addingReportingOverflow(count)
    if overflow { throw .invalidSize }
    if end > bytes.count { throw .invalidOffset }
    return Array(bytes[offset..<end])
  }

  mutating func write(_ data: [UInt8], _ offset: Int) throws(EVMMemoryError) {
    if data.isEmpty { return }
    try cover(offset, data.count)
    active.bytes.replaceSubrange(offset..<offset + data.count, with: data)
  }

  mutating func writeBounded(
    _ data: [UInt8], _ source: Int, _ offset: Int, _ count: Int
  ) throws(EVMMemoryError) {
    if count == 0 { return }
    if count < 0 { throw .invalidSize }
    _ = try grown(offset, count)
    var part = source >= 0 && source < data.count ? Array(data[source...].prefix(count)) : []
    part += [UInt8](repeating: 0, count: count - part.count)
    try write(part, offset)
  }

  mutating func copy(_ source: Int, _ target: Int, _ count: Int) throws(EVMMemoryError) {
    if count == 0 { return }
    if count < 0 || source < 0 || target < 0 { throw .invalidSize }
    try cover(max(source, target), count)
    try write(Array(active.bytes[source..<source + count]), target)
  }

  mutating func resize(_ size: Int) throws(EVMMemoryError) {
    try cover(0, size)
    active.bytes.removeLast(active.bytes.count - (size + 31) / 32 * 32)
  }

  mutating func enter() throws(EVMMemoryError) {
    if contexts.count == 1025 { throw .memoryLimitExceeded }
    contexts.append(Context(checkpoint: total))
    if keeps { retainedEnd = total }
    returnData = []
  }

  mutating func leave(_ output: Range<Int>, commits: Bool) throws(EVMMemoryError) {
    if contexts.count == 1 { throw .noChildContextToRevertOrCommit }
    var data: [UInt8] = []
    if output.lowerBound != output.upperBound {
      if output.lowerBound < 0 { throw .invalidSize }
      if output.upperBound > active.bytes.count { throw .invalidOffset }
      data = Array(active.bytes[output])
    }
    if keeps { retainedEnd = commits ? total : active.checkpoint }
    contexts.removeLast()
    returnData = data
  }

  mutating func copyReturnData(_ source: Int, _ target: Int, _ count: Int) throws(EVMMemoryError) {
    if source < 0 || count < 0 { throw .invalidSize }
    let (end, overflow) = source.addingReportingOverflow(count)
    if overflow { throw .invalidSize }
    if end > returnData.count { throw .invalidOffset }
    try write(Array(returnData[source..<end]), target)
  }

  mutating func reset() {
    contexts = [Context()]
    returnData = []
    retainedEnd = 0
  }
}

extension SeededGenerator {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// What a call of an EVM memory threw, or nil.
func evmFailure(_ body: () throws(EVMMemoryError) -> Void) -> EVMMemoryError? {
  do throws(EVMMemoryError) {
    try body()
    return nil
  } catch {
    return error
  }
}
