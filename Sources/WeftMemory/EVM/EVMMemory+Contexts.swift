import Glibc

// The forms for interpreters, which know that the active context is theirs and need no handle.
extension EVMMemory {
  /// Suspends the active context and makes an empty child of it active. The return data is gone.
  /// - Throws: `memoryLimitExceeded` for a 1,026th context, `outOfMemory`.
  @inlinable
  @inline(__always)
  public mutating func enterChild() throws(EVMMemoryError) {
    if _slowPath(top >= frameEnd) {
      try enterChildSlowly()
      return
    }
    pushChild(at: base + size)
  }

  @inlinable
  @inline(__always)
  mutating func pushChild(at start: UnsafeMutableRawPointer) {
    let frame = top
    frame.pointee.suspend(base, size)
    top = frame + 1
    base = start
    size = 0
    if windowAndNumbering != 0 {
      if isNumbered {
        frame.pointee.id = contextID
        renumber()
      }
      dropWindow()
    }
  }

  /// Gives the active context a number that no context had.
  @inlinable
  @inline(__always)
  mutating func renumber() {
    contextID = nextID
    nextID &+= 1
  }

  /// Forgets the return data, where no bytes are kept.
  @inlinable
  @inline(__always)
  mutating func dropWindow() {
    windowCount = 0
    roomEnd = room
  }

  /// Ends the active context, its parent is active again and has no return data.
  ///
  /// For memory there is no difference between a call that succeeded and one that was reverted.
  /// - Throws: `noChildContextToRevertOrCommit` in the root.
  @inlinable
  @inline(__always)
  public mutating func leaveChild() throws(EVMMemoryError) {
    if _slowPath(top <= frameFloor) {
      try leaveChildSlowly(output: 0..<0, keepsBytes: false)
      return
    }
    popChild()
    if _slowPath(windowAndNumbering != 0) {
      restoreNumber()
      dropWindow()
    }
  }

  /// Ends the active context; the range of its bytes becomes the parent's return data, in place.
  ///
  /// - Parameter output: offsets in the child; no bytes are possible at any offset.
  /// - Throws: `noChildContextToRevertOrCommit` in the root, `invalidOffset` for output past the child's end,
  ///   `invalidSize` for negative offsets.
  @inlinable
  @inline(__always)
  public mutating func leaveChild(output: Range<Int>) throws(EVMMemoryError) {
    if top <= frameFloor {
      try leaveChildSlowly(output: output, keepsBytes: false)
      return
    }
    let (start, end) = (output.lowerBound, output.upperBound)
    if start == end {
      try leaveChild()
    } else {
      guard start >= 0, end <= size else { throw Self.outputError(start) }
      window = base + start
      windowCount = end &- start
      popChild()
      restoreNumber()
      roomEnd = 0
    }
  }

  /// Why the output `start..<…`, which is not empty and not inside its context, was refused.
  @usableFromInline
  @inline(never)
  static func outputError(_ start: Int) -> EVMMemoryError { start < 0 ? .invalidSize : .invalidOffset }

  /// Activates the last suspended context; the caller has checked that there is one.
  @inlinable
  @inline(__always)
  mutating func popChild() {
    top -= 1
    base = top.pointee.base
    size = top.pointee.size
  }

  /// Gives the active context the number that it had before its child.
  @inlinable
  @inline(__always)
  mutating func restoreNumber() {
    if isNumbered { contextID = top.pointee.id }
  }

  /// Makes room for a frame, or enters behind bytes that are kept.
  @usableFromInline
  @inline(never)
  mutating func enterChildSlowly() throws(EVMMemoryError) {
    guard depth &+ 1 < Self.contextLimit else { throw .memoryLimitExceeded }
    if depth == frameCapacity { try enlargeFrames(to: frameCapacity == 0 ? 8 : frameCapacity &* 2) }
    let start = totalSize
    pushChild(at: buffer + start)
    if options.contains(.retainCommitted) { retainedEnd = start }
    updateRoomEnd()
  }

  mutating func enlargeFrames(to count: Int) throws(EVMMemoryError) {
    let newCapacity = min(count, Self.contextLimit &- 1)
    guard takeAllocation(),
      let memory = realloc(frameCapacity == 0 ? nil : frames, newCapacity &* MemoryLayout<Frame>.stride)
    else { throw .outOfMemory }
    let count = depth
    frames = memory.assumingMemoryBound(to: Frame.self)
    top = frames + count
    // Entering compares with what a frame held before.
    memset(top, 0, (newCapacity &- count) &* MemoryLayout<Frame>.stride)
    frameCapacity = newCapacity
    // With bytes to keep, every call takes the slow path.
    let isPlain = !options.contains(.retainCommitted)
    frameEnd = isPlain ? frames + newCapacity : frames
    frameFloor = isPlain ? frames : Self.lastFrame
  }

  /// The end of a child where committed bytes may be kept, and the error where there is no child.
  @usableFromInline
  @inline(never)
  mutating func leaveChildSlowly(output: Range<Int>, keepsBytes: Bool) throws(EVMMemoryError) {
    guard top > frames else { throw .noChildContextToRevertOrCommit }
    let (start, end) = (output.lowerBound, output.upperBound)
    if start == end {
      windowCount = 0
    } else {
      guard start >= 0, end <= size else { throw Self.outputError(start) }
      window = base + start
      windowCount = end &- start
    }
    if options.contains(.retainCommitted) { retainedEnd = keepsBytes ? totalSize : contextCheckpoint }
    popChild()
    restoreNumber()
    updateRoomEnd()
  }
}

// The documents' forms, without handles: the active context is the child.
extension EVMMemory {
  /// Ends the active context after a success; see `leaveChild(output:)`. With `retainCommitted` its bytes stay behind
  /// the parent until the parent grows or ends.
  /// - Throws: as `leaveChild(output:)`.
  @inlinable
  public mutating func commitChildContext(output: Range<Int> = 0..<0) throws(EVMMemoryError) {
    try leaveChildOrKeep(output: output)
  }

  @inlinable
  @inline(__always)
  mutating func leaveChildOrKeep(output: Range<Int>) throws(EVMMemoryError) {
    if top <= frameFloor {
      try leaveChildSlowly(output: output, keepsBytes: true)
    } else {
      try leaveChild(output: output)
    }
  }

  /// Ends the active context after a failure; see `leaveChild(output:)`. Its parent is as it was before the call.
  /// - Throws: as `leaveChild(output:)`.
  @inlinable
  public mutating func revertChildContext(output: Range<Int> = 0..<0) throws(EVMMemoryError) {
    try leaveChild(output: output)
  }

  /// Runs `body` in a child and ends it: committed with the output that `body` returns, reverted where it throws.
  ///
  /// Children that `body` has left open are reverted.
  /// - Throws: what `body` throws; `noChildContextToRevertOrCommit` where it has ended its own context; the errors of
  ///   `enterChild` and `leaveChild(output:)`.
  public mutating func withChildContext(
    _ body: (inout EVMMemory) throws(EVMMemoryError) -> Range<Int>
  ) throws(EVMMemoryError) {
    let child = try newChildContext()
    let output: Range<Int>
    do throws(EVMMemoryError) {
      output = try body(&self)
      try close(to: child)
    } catch {
      if (try? close(to: child)) != nil { try leaveChild() }
      throw error
    }
    do throws(EVMMemoryError) {
      try commitChildContext(output: output)
    } catch {
      try leaveChild()
      throw error
    }
  }

  /// Reverts every context below one that lives.
  private mutating func close(to context: Context) throws(EVMMemoryError) {
    guard context.id != contextID else { return }
    guard Self.isSuspended(context.id, context.depth, frames, namedFrames) else {
      throw .noChildContextToRevertOrCommit
    }
    while depth > context.depth { try leaveChild() }
  }

  /// Bytes of committed children that are kept behind the active context.
  public var retainedBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + size, count: max(0, retainedEnd &- contextEnd))
  }
}
