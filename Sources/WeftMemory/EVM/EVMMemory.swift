import Glibc

/// The memory of one EVM transaction: all call contexts in one growable buffer.
///
/// ```
/// buffer  [ root ................ ][ child ...... ][ grandchild .. ] free
///         ^0                       ^checkpoint 1   ^checkpoint 2   ^total
/// ```
///
/// Exactly one context is *active*, the innermost; offsets are relative to it. A child begins at its parent's end with
/// size 0, its parent does not change while it lives, and when it ends, reverted or committed, its bytes are gone but
/// for the return data. Sizes are multiples of 32. Bytes that were never written read 0, whatever was there before.
///
/// ```swift
/// var memory = try EVMMemory(limit: 1 << 24)
/// try memory.setByte(0xff, at: 0)
/// try memory.enterChild()
/// try memory.setByte(1, at: 31)
/// try memory.leaveChild(output: 0..<32)
/// try memory.copyReturnData(from: 0, to: 64, count: 32)
/// ```
///
/// One memory belongs to one executing thread; parallel execution takes several.
@frozen
public struct EVMMemory: ~Copyable {
  // What accesses use: the active context.

  /// Its first byte.
  @usableFromInline var base: UnsafeMutableRawPointer
  /// Its length, a multiple of 32.
  @usableFromInline var size: Int
  /// Up to this address it grows with no other check: `room`, or 0 while something behind it must be kept.
  @usableFromInline var roomEnd: UInt

  // What entering and leaving use.

  /// Where the next suspended context goes.
  @usableFromInline var top: UnsafeMutablePointer<Frame>
  /// From here on, entering takes the slow path: no room, or committed bytes are kept.
  @usableFromInline var frameEnd: UnsafeMutablePointer<Frame>
  /// Up to here, leaving takes the slow path: no child, or committed bytes are kept.
  @usableFromInline var frameFloor: UnsafeMutablePointer<Frame>
  /// Bytes of return data, and `numbering` where contexts have numbers: what both see to besides. One test of both, as
  /// mostly there is neither, and what a call costs is the number of its loads and stores.
  @usableFromInline var windowAndNumbering: UInt
  /// `roomEnd` with nothing behind the context: the buffer and the least of limit, used bytes, and capacity less what is
  /// cleared ahead.
  @usableFromInline var room: UInt
  /// The return data, behind the active context or in the side buffer.
  @usableFromInline var window: UnsafeMutableRawPointer

  /// The first byte of the root.
  @usableFromInline var buffer: UnsafeMutableRawPointer

  // Cold.

  /// The suspended contexts, root first.
  @usableFromInline var frames: UnsafeMutablePointer<Frame>
  /// The allocation that the buffer is in; `nil` where it was not allocated.
  @usableFromInline var block: UnsafeMutableRawPointer?
  /// Bytes of the buffer.
  @usableFromInline var capacity: Int
  /// Most bytes of all contexts together, a multiple of 32.
  @usableFromInline var limit: Int
  /// The buffer has never been used from here on, and reads 0.
  @usableFromInline var usedEnd: Int
  // What a new memory has none of lies together, so that a few wide stores clear it.

  /// The number of the active context; numbers only increase. 0 while nobody has asked for a context by name.
  @usableFromInline var contextID: UInt64
  /// The number of the next context.
  @usableFromInline var nextID: UInt64
  /// Frames there is room for; 0 until the first child.
  @usableFromInline var frameCapacity: Int
  /// Behind the committed bytes that are kept; 0 without `retainCommitted`.
  @usableFromInline var retainedEnd: Int
  /// Return data that had to leave the buffer, or that never was in it.
  @usableFromInline var side: UnsafeMutableRawPointer?
  @usableFromInline var sideCapacity: Int
  /// Which of the next allocations is to fail, 1 for the next one; 0 for none. Tests set it.
  @usableFromInline var failingAllocation: Int
  @usableFromInline var storage: Storage
  @usableFromInline var options: Options

  /// A suspended context.
  ///
  /// Base and size lie apart: joined, they would be read and written by one wider move, which has to wait for the two
  /// stores that its bytes came from.
  @frozen
  @usableFromInline
  struct Frame: BitwiseCopyable {
    /// An address and no place in the buffer: calls come far more often than a buffer that moves.
    @usableFromInline var base: UnsafeMutableRawPointer
    /// Set where contexts have numbers.
    @usableFromInline var id: UInt64
    @usableFromInline var size: Int

    @inlinable
    init(base: UnsafeMutableRawPointer, size: Int, id: UInt64) {
      self.base = base
      self.id = id
      self.size = size
    }

    /// Keeps a context's place and size.
    ///
    /// A caller that calls again and again is here already, mostly. Then nothing is stored, and leaving need not wait
    /// for what entering has just stored, which is what most of a call's time went to.
    @inlinable
    @inline(__always)
    mutating func suspend(_ base: UnsafeMutableRawPointer, _ size: Int) {
      if _slowPath(self.base != base || self.size != size) {
        self.base = base
        self.size = size
      }
    }
  }

  /// Whose the buffer is.
  @frozen
  @usableFromInline
  enum Storage: UInt8 {
    /// From `malloc`; it may move when it grows.
    case allocated
    /// Reserved address space of its own, which never moves.
    case reserved
    /// A region of a memory controller.
    case borrowed
  }

  /// How a memory behaves where hosts differ.
  @frozen
  public struct Options: OptionSet, Sendable {
    public let rawValue: UInt8

    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `commitChildContext` keeps the child's bytes for inspection: the next child begins behind them. The parent
    /// never sees them, and takes their space back when it grows.
    @inlinable public static var retainCommitted: Self { Self(rawValue: 1) }
  }

  /// Most contexts at once: the root and 1,024 calls.
  @inlinable public static var contextLimit: Int { 1025 }
  /// Bytes reserved by default, more than any block's gas can fill.
  @inlinable public static var defaultReserve: Int { 1 << 28 }

  /// A memory with an allocated buffer, which doubles as needed.
  /// - Parameters:
  ///   - initialCapacity: bytes to begin with, cut to the limit.
  ///   - limit: most bytes of all contexts together; `nil` for none.
  /// - Throws: `invalidSize` for negative numbers, `outOfMemory`.
  @inlinable
  @inline(__always)
  public init(
    initialCapacity: Int = 4096, limit: Int? = nil, options: Options = []
  ) throws(EVMMemoryError) {
    let limit = (limit ?? .max) & ~31
    let capacity = (min(initialCapacity, limit) &+ 31) & ~31
    guard limit >= 0, UInt(bitPattern: initialCapacity) <= UInt(bitPattern: Self.largestBuffer),
      let block = malloc(capacity &+ Self.alignment)
    else {
      throw Self.allocationFailure(initialCapacity, limit)
    }
    self.init(
      buffer: Self.aligned(block), block: block, capacity: capacity, usedEnd: capacity, limit: limit,
      storage: .allocated,
      options: options)
  }

  /// Everything else follows from the buffer.
  @inlinable
  @inline(__always)
  init(
    buffer: UnsafeMutableRawPointer, block: UnsafeMutableRawPointer? = nil, capacity: Int, usedEnd: Int,
    limit: Int, storage: Storage, options: Options
  ) {
    let noFrames = UnsafeMutablePointer<Frame>(bitPattern: 64).unsafelyUnwrapped
    let room = Self.room(buffer, limit, usedEnd, capacity)
    base = buffer
    self.buffer = buffer
    self.block = block
    size = 0
    roomEnd = room
    windowAndNumbering = 0
    contextID = 0
    nextID = 0
    top = noFrames
    frameEnd = noFrames
    frameFloor = options.contains(.retainCommitted) ? Self.lastFrame : noFrames
    self.room = room
    window = buffer
    frames = noFrames
    frameCapacity = 0
    self.capacity = capacity
    self.limit = limit
    self.usedEnd = usedEnd
    retainedEnd = 0
    side = nil
    sideCapacity = 0
    failingAllocation = 0
    self.storage = storage
    self.options = options
  }

  @inlinable
  deinit {
    // Most memories of short life have neither.
    if frameCapacity | sideCapacity != 0 { Self.release(frameCapacity == 0 ? nil : frames, side) }
    if let block {
      free(block)
    } else {
      Self.release(buffer, capacity, storage)
    }
  }

  /// A pointer no frame reaches.
  @inlinable
  static var lastFrame: UnsafeMutablePointer<Frame> {
    UnsafeMutablePointer(bitPattern: UInt.max & ~63).unsafelyUnwrapped
  }

  /// Allocated buffers begin on a cache line: clearing and copying is up to a third slower where every other vector
  /// lies across two of them.
  @inlinable static var alignment: Int { 64 }

  /// The first aligned byte of an allocation, which has `alignment` bytes more than the buffer.
  @inlinable
  @inline(__always)
  static func aligned(_ block: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    block + ((0 &- Int(bitPattern: block)) & (alignment &- 1))
  }

  /// No buffer may be larger: the system is not asked for more.
  @inlinable static var largestBuffer: Int { 1 << 39 }

  /// Bytes that the quick path of growth clears at once, so there must be as many behind `room`.
  @inlinable static var zeroedAhead: Int { 128 }

  /// The address up to which contexts grow quickly.
  @inlinable
  @inline(__always)
  static func room(
    _ buffer: UnsafeMutableRawPointer, _ limit: Int, _ usedEnd: Int, _ capacity: Int
  ) -> UInt {
    UInt(bitPattern: buffer + max(0, min(limit, usedEnd, capacity &- zeroedAhead)))
  }
}

// The active context and the whole.
extension EVMMemory {
  /// Bytes of the active context, a multiple of 32 (MSIZE).
  @inlinable public var contextSize: Int { size }

  /// Words of the active context.
  @inlinable public var contextWords: Int { size &>> 5 }

  /// The first byte of the active context.
  ///
  /// Interpreters keep it in a register, beside `contextSize`, and load both again after anything that grows, enters
  /// or leaves.
  @inlinable public var contextBase: UnsafeMutableRawPointer { base }

  /// Where the active context begins in the buffer.
  @inlinable public var contextCheckpoint: Int { base - buffer }

  /// Contexts above the active one: 0 in the root.
  @inlinable public var depth: Int { top - frames }

  /// Bytes of all contexts together.
  @inlinable public var totalSize: Int { max(contextEnd, retainedEnd) }

  /// Where the active context ends in the buffer.
  @inlinable var contextEnd: Int { contextCheckpoint &+ size }

  /// Words of all contexts together.
  @inlinable public var totalWords: Int { totalSize &>> 5 }

  /// Most bytes of all contexts together; `Int.max` rounded down to a multiple of 32 where there is no limit.
  @inlinable public var memoryLimit: Int { limit }

  /// Bytes that the contexts can fill before the buffer grows.
  @inlinable public var bufferCapacity: Int { capacity }

  /// Calls `body` with all bytes of the active context: unchecked access for many operations at once.
  ///
  /// The bytes are valid during the call only.
  @inlinable
  public mutating func withUnsafeContext<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableRawBufferPointer(start: base, count: size))
  }

  /// Drops all contexts and the return data and begins again with an empty root. The buffer stays as large as it is.
  ///
  /// All handles become stale.
  @inlinable
  @inline(__always)
  public mutating func reset() {
    base = buffer
    size = 0
    top = frames
    roomEnd = room
    // One test for what few memories have.
    if _slowPath(windowAndNumbering | UInt(bitPattern: retainedEnd) != 0) {
      windowCount = 0
      retainedEnd = 0
      if isNumbered { renumber() }
    }
  }

  /// In `windowAndNumbering`: contexts have numbers.
  @inlinable static var numbering: UInt { 1 << 63 }

  @inlinable var isNumbered: Bool { windowAndNumbering >= Self.numbering }

  /// Bytes of return data.
  @inlinable var windowCount: Int {
    get { Int(bitPattern: windowAndNumbering & ~Self.numbering) }
    set { windowAndNumbering = windowAndNumbering & Self.numbering | UInt(bitPattern: newValue) }
  }
}
