import Synchronization

/// Numbers memories whose contexts were given handles.
private let handleTags = Atomic<UInt64>(0)

extension EVMMemory {
  /// A context by name: plain data, so that one that is kept too long reaches nothing.
  @frozen
  public struct Context: Hashable, Sendable, BitwiseCopyable {
    /// Never given twice.
    public let id: UInt64
    /// Contexts above it, 0 for the root.
    public let depth: Int

    @inlinable
    init(id: UInt64, depth: Int) {
      self.id = id
      self.depth = depth
    }
  }

  /// Contexts are numbered from 1 once there is a handle; from this bit on stands the memory's own number.
  @inlinable static var tagShift: UInt64 { 40 }

  /// The active context.
  @inlinable
  public var activeContext: Context {
    mutating get {
      if !isNumbered { numberContexts() }
      return Context(id: contextID, depth: depth)
    }
  }

  /// The outermost context.
  @inlinable
  public var rootContext: Context {
    mutating get {
      let active = activeContext
      return top == frames ? active : Context(id: frames.pointee.id, depth: 0)
    }
  }

  /// Numbers the contexts, differently from those of all other memories.
  @usableFromInline
  @inline(never)
  mutating func numberContexts() {
    let mask = (UInt64(1) << (64 - Self.tagShift)) - 1
    let number = handleTags.wrappingAdd(1, ordering: .relaxed).newValue & mask
    nextID = (number == 0 ? 1 : number) << Self.tagShift | 1
    windowAndNumbering |= Self.numbering
    var frame = frames
    while frame < top {
      renumber()
      frame.pointee.id = contextID
      frame += 1
    }
    renumber()
  }

  /// Suspended contexts that a handle can name.
  @inlinable var namedFrames: Int { isNumbered ? depth : 0 }

  /// Whether a context that is not active is an ancestor of the active one.
  @usableFromInline
  @inline(never)
  static func isSuspended(
    _ id: UInt64, _ depth: Int, _ frames: UnsafeMutablePointer<Frame>, _ count: Int
  ) -> Bool {
    depth >= 0 && depth < count && frames[depth].id == id
  }

  /// Why a context that is not active cannot be changed.
  @usableFromInline
  @inline(never)
  static func inactiveError(
    _ id: UInt64, _ depth: Int, _ frames: UnsafeMutablePointer<Frame>, _ count: Int
  ) -> EVMMemoryError {
    isSuspended(id, depth, frames, count) ? .childContextActive : .invalidOffset
  }

  /// Lets only the active context pass.
  @inlinable
  @inline(__always)
  func requireActive(_ context: Context) throws(EVMMemoryError) {
    if context.id != contextID { throw Self.inactiveError(context.id, context.depth, frames, namedFrames) }
  }

  /// What a context that is not active holds.
  @usableFromInline
  @inline(never)
  static func ancestor(
    _ id: UInt64, _ depth: Int, _ frames: UnsafeMutablePointer<Frame>, _ count: Int
  ) throws(EVMMemoryError) -> Contents {
    guard isSuspended(id, depth, frames, count) else { throw .invalidOffset }
    return Contents(base: frames[depth].base, size: frames[depth].size)
  }

  /// What a live context holds.
  @inlinable
  @inline(__always)
  func contents(of context: Context) throws(EVMMemoryError) -> Contents {
    if context.id == contextID { return active }
    return try Self.ancestor(context.id, context.depth, frames, namedFrames)
  }
}

// Beginning and ending.
extension EVMMemory {
  /// Enters a child of the active context.
  /// - Throws: as `enterChild`.
  @inlinable
  public mutating func newChildContext() throws(EVMMemoryError) -> Context {
    try enterChild()
    return activeContext
  }

  /// Enters a child of a context, which must be the active one.
  /// - Throws: `childContextActive` for a suspended parent, `invalidOffset` for one that has ended; as `enterChild`.
  @inlinable
  public mutating func newChildContext(of parent: Context) throws(EVMMemoryError) -> Context {
    try requireActive(parent)
    return try newChildContext()
  }

  /// Ends the child of a context after a success.
  /// - Parameter output: offsets in the child; they become the return data.
  /// - Throws: `noChildContextToRevertOrCommit` where the context has no child, `childContextActive` where the child
  ///   has one itself, `invalidOffset` for a context that has ended or output past the child's end, `invalidSize`.
  @inlinable
  public mutating func commitChildContext(
    of parent: Context, output: Range<Int> = 0..<0
  ) throws(EVMMemoryError) {
    if parent.id == contextID { throw .noChildContextToRevertOrCommit }
    guard Self.isSuspended(parent.id, parent.depth, frames, namedFrames) else { throw .invalidOffset }
    guard parent.depth &+ 1 == depth else { throw .childContextActive }
    try leaveChildOrKeep(output: output)
  }

  /// Ends the child of a context after a failure, and with it all contexts below.
  /// - Parameter output: offsets in the child; they become the return data.
  /// - Throws: `noChildContextToRevertOrCommit` where the context has no child, `invalidOffset` for a context that has
  ///   ended or output past the child's end, `invalidSize`.
  @inlinable
  public mutating func revertChildContext(
    of parent: Context, output: Range<Int> = 0..<0
  ) throws(EVMMemoryError) {
    if parent.id == contextID { throw .noChildContextToRevertOrCommit }
    guard Self.isSuspended(parent.id, parent.depth, frames, namedFrames) else { throw .invalidOffset }
    if parent.depth &+ 1 < depth {
      let child = frames[parent.depth &+ 1]
      if !output.isEmpty, output.lowerBound < 0 || output.upperBound > child.size {
        throw Self.outputError(output.lowerBound)
      }
      while parent.depth &+ 1 < depth { try leaveChild() }
    }
    try leaveChild(output: output)
  }
}

// Access by handle: ancestors can be read inside their size, only the active context can be changed.
extension EVMMemory {
  /// - Throws: `invalidOffset` past the end or where the context has ended, `invalidSize`.
  @inlinable
  @inline(__always)
  public func byte(at offset: Int, in context: Context) throws(EVMMemoryError) -> UInt8 {
    try contents(of: context).byte(at: offset)
  }

  /// - Throws: as `byte(at:in:)`.
  @inlinable
  @inline(__always)
  public func word(at offset: Int, in context: Context) throws(EVMMemoryError) -> Word {
    try contents(of: context).word(at: offset)
  }

  /// The big-endian 256-bit number at `offset`, the least significant limb first.
  /// - Throws: as `byte(at:in:)`.
  @inlinable
  @inline(__always)
  public func limbs(
    at offset: Int, in context: Context
  ) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    try contents(of: context).limbs(at: offset)
  }

  /// - Throws: as `byte(at:in:)`.
  @inlinable
  @inline(__always)
  public func bytes(
    at offset: Int, count: Int, in context: Context
  ) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    try contents(of: context).bytes(at: offset, count: count)
  }

  /// Bytes of a live context.
  /// - Throws: `invalidOffset` where it has ended.
  @inlinable
  public func contextSize(of context: Context) throws(EVMMemoryError) -> Int {
    try contents(of: context).size
  }

  /// Words of a live context.
  /// - Throws: `invalidOffset` where it has ended.
  @inlinable
  public func contextWords(of context: Context) throws(EVMMemoryError) -> Int {
    try contextSize(of: context) &>> 5
  }

  /// The gas that growing a live context to `newSize` bytes would cost.
  /// - Throws: `invalidOffset` where it has ended, `invalidSize`.
  @inlinable
  public func expansionCost(to newSize: Int, in context: Context) throws(EVMMemoryError) -> UInt64 {
    let size = try contextSize(of: context)
    guard newSize >= 0 else { throw .invalidSize }
    return Self.expansionCost(from: size, to: newSize)
  }

  /// - Throws: `childContextActive` in a suspended context, `invalidOffset` where it has ended; as `setByte(_:at:)`.
  @inlinable
  @inline(__always)
  public mutating func setByte(
    _ value: UInt8, at offset: Int, in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try setByte(value, at: offset)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  @inline(__always)
  public mutating func setWord(
    _ value: Word, at offset: Int, in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try setWord(value, at: offset)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  @inline(__always)
  public mutating func setLimbs(
    _ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, at offset: Int, in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try setLimbs(limb0, limb1, limb2, limb3, at: offset)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  @inline(__always)
  public mutating func setData(
    _ source: UnsafeRawBufferPointer, at offset: Int, in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try setData(source, at: offset)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  @inline(__always)
  public mutating func setData(
    _ source: UnsafeRawBufferPointer, sourceOffset: Int, at offset: Int, count: Int, in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try setData(source, sourceOffset: sourceOffset, at: offset, count: count)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  @inline(__always)
  public mutating func copy(
    from source: Int, to target: Int, count: Int, in context: Context
  ) throws(EVMMemoryError) {
    try requireActive(context)
    try copy(from: source, to: target, count: count)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  @discardableResult
  public mutating func ensureContextCapacity(
    _ newSize: Int, in context: Context
  ) throws(EVMMemoryError) -> Int {
    try requireActive(context)
    return try ensureContextCapacity(newSize)
  }

  /// - Throws: as `setByte(_:at:in:)`.
  @inlinable
  public mutating func resizeContext(to newSize: Int, in context: Context) throws(EVMMemoryError) {
    try requireActive(context)
    try resizeContext(to: newSize)
  }
}
