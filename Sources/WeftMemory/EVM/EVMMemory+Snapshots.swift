import Glibc

extension EVMMemory {
  /// All contexts of a memory at a moment, as plain data.
  public struct Snapshot: Hashable, Sendable {
    /// A context's place and number.
    public struct ContextState: Hashable, Sendable {
      /// Where it begins in `bytes`.
      public var checkpoint: Int
      public var size: Int
      /// The number it had, 0 where contexts have none; `restore` gives new ones.
      public var id: UInt64

      public init(checkpoint: Int, size: Int, id: UInt64 = 0) {
        self.checkpoint = checkpoint
        self.size = size
        self.id = id
      }
    }

    /// Root first, the active context last.
    public var contexts: [ContextState]
    /// The buffer up to the end of the last context, and of committed bytes that are kept behind it.
    public var bytes: [UInt8]
    public var returnData: [UInt8]
    /// Where committed bytes that are kept end, which may be inside the last context that has grown over them.
    public var retainedEnd: Int

    public init(
      contexts: [ContextState], bytes: [UInt8], returnData: [UInt8] = [], retainedEnd: Int = 0
    ) {
      self.contexts = contexts
      self.bytes = bytes
      self.returnData = returnData
      self.retainedEnd = retainedEnd
    }
  }

  /// A copy of all contexts and of the return data.
  public func snapshot() -> Snapshot {
    var contexts: [Snapshot.ContextState] = []
    contexts.reserveCapacity(depth &+ 1)
    var frame = frames
    while frame < top {
      let id = isNumbered ? frame.pointee.id : 0
      contexts.append(.init(checkpoint: frame.pointee.base - buffer, size: frame.pointee.size, id: id))
      frame += 1
    }
    contexts.append(.init(checkpoint: contextCheckpoint, size: size, id: contextID))
    let bytes = UnsafeRawBufferPointer(start: buffer, count: totalSize)
    return Snapshot(
      contexts: contexts, bytes: Array(bytes), returnData: Array(returnData), retainedEnd: retainedEnd)
  }

  /// Makes contexts and return data those of a snapshot. Handles given before become stale.
  /// - Throws: `invalidSize` where the snapshot contradicts itself or this memory's options, `memoryLimitExceeded` where
  ///   it has more bytes or contexts than this memory may have, `outOfMemory`. The memory is then as before.
  public mutating func restore(_ snapshot: Snapshot) throws(EVMMemoryError) {
    let contexts = snapshot.contexts
    guard contexts.count <= Self.contextLimit else { throw .memoryLimitExceeded }
    let keeps = options.contains(.retainCommitted)
    guard let active = contexts.last, Self.areConsistent(contexts, snapshot.bytes.count, keeps: keeps) else {
      throw .invalidSize
    }
    guard snapshot.bytes.count <= limit else { throw .memoryLimitExceeded }
    try moveWindowAside()
    if snapshot.bytes.count > capacity { try enlarge(to: snapshot.bytes.count) }
    if contexts.count &- 1 > frameCapacity { try enlargeFrames(to: contexts.count &- 1) }
    try setReturnData(snapshot.returnData)  // the last that can fail

    snapshot.bytes.span.bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { memcpy(buffer, start, bytes.count) }
    }
    usedEnd = max(usedEnd, snapshot.bytes.count)
    top = frames
    for context in contexts.dropLast() {
      if isNumbered { renumber() }
      top.initialize(to: Frame(base: buffer + context.checkpoint, size: context.size, id: contextID))
      top += 1
    }
    base = buffer + active.checkpoint
    size = active.size
    if isNumbered { renumber() }
    // Bytes behind the last context are kept ones, whatever else the snapshot says.
    let isBehind = snapshot.bytes.count > active.checkpoint &+ active.size
    let stated = min(max(snapshot.retainedEnd, 0), snapshot.bytes.count) & ~31
    retainedEnd = keeps ? (isBehind ? snapshot.bytes.count : stated) : 0
    updateRoom()
    updateRoomEnd()
  }

  /// Whether contexts follow one another in multiples of 32 and fill `byteCount` bytes.
  private static func areConsistent(
    _ contexts: [Snapshot.ContextState], _ byteCount: Int, keeps: Bool
  ) -> Bool {
    var end = 0
    for (index, context) in contexts.enumerated() {
      guard context.size >= 0, context.checkpoint >= 0, (context.size | context.checkpoint) & 31 == 0,
        context.checkpoint == end || (keeps && index > 0 && context.checkpoint > end)
      else { return false }
      let (next, overflow) = context.checkpoint.addingReportingOverflow(context.size)
      if overflow { return false }
      end = next
    }
    return byteCount == end || (keeps && byteCount > end && byteCount & 31 == 0)
  }

  /// A copy of the active context's bytes.
  public func snapshotContext() -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: base, count: size))
  }

  /// Makes the active context hold exactly these bytes; its size is their number, rounded up to 32 with zeros.
  /// - Throws: `memoryLimitExceeded`, `outOfMemory`.
  public mutating func restoreContext(_ bytes: [UInt8]) throws(EVMMemoryError) {
    try ensureContextCapacity(bytes.count)
    shrink(to: bytes.count)
    try setData(bytes, at: 0)
    memset(base + bytes.count, 0, size &- bytes.count)
  }

  /// Makes a context, which must be active, hold exactly these bytes.
  /// - Throws: `childContextActive`, `invalidOffset` where it has ended, `memoryLimitExceeded`, `outOfMemory`.
  public mutating func restoreContext(
    _ bytes: [UInt8], in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try restoreContext(bytes)
  }
}

extension EVMMemory {
  /// What is wrong with the state, for tests and debug builds; `nil` when nothing is.
  var invariantViolation: String? {
    if (size | contextCheckpoint | limit) & 31 != 0 { return "a size is no multiple of 32" }
    if totalSize > limit || totalSize > capacity { return "the contexts exceed limit or buffer" }
    if depth < 0 || depth > frameCapacity || depth >= Self.contextLimit { return "depth \(depth)" }
    if roomEnd != 0, roomEnd != room { return "room \(roomEnd)" }
    if room != Self.room(buffer, limit, usedEnd, capacity) { return "room" }
    let keeps = options.contains(.retainCommitted)
    var end = 0
    var id: UInt64 = 0
    for index in 0...depth {
      let isActive = index == depth
      let frame = isActive ? Frame(base: base, size: size, id: contextID) : frames[index]
      let checkpoint = frame.base - buffer
      if (frame.size | checkpoint) & 31 != 0 { return "context \(index) is no multiple of 32" }
      if checkpoint != end, !keeps || checkpoint < end || index == 0 {
        return "context \(index) begins at \(checkpoint), not at \(end)"
      }
      if isNumbered, frame.id <= id || frame.id >= nextID {
        return "context \(index) has number \(frame.id)"
      }
      end = checkpoint &+ frame.size
      id = frame.id
    }
    let isBehind = windowCount != 0 && window != side
    if isBehind, window < base + size || window + windowCount > buffer + capacity || roomEnd != 0 {
      return "the return data is not behind the active context"
    }
    return nil
  }
}
