/// Why a memory operation was refused. A refused operation leaves no trace: contents, clock, log and
/// statistics are as before.
///
/// Where several reasons apply, an access reports the first in the order of the cases from
/// `finalized` to `outOfMemory`.
public enum MemoryError: Error, Hashable, Sendable {
  /// The memory was finalised (dynamic façades only; in Swift such a call does not compile).
  case finalized
  /// The space is not configured, or the call is not allowed in it.
  case invalidAddressSpace(MemoryRange)
  case sizeNotPowerOfTwo(MemoryRange)
  /// The count is 0 or more than `maximum` cells.
  case invalidAccessSize(MemoryRange, maximum: Int)
  case unalignedAccess(MemoryRange, alignment: Int)
  /// The range ends behind the space, which has `limit` cells.
  case addressOutOfBounds(MemoryRange, limit: UInt64)
  /// A word access in a space whose cells are not bytes.
  case notByteCells(MemoryRange)
  /// A buffer does not have the size that the cells take.
  case bufferSizeMismatch(MemoryRange, expected: Int, actual: Int)
  /// The online form takes only accesses of exactly one aligned block.
  case accessNotABlock(MemoryRange, blockSize: Int)
  /// A value that a cell of the space cannot hold.
  case nonCanonicalCell(UInt32, at: MemoryAddress)
  /// The clock would pass its last time (`range` is nil for idle ticks) or run backwards.
  case timestampViolation(MemoryRange?, current: UInt32, requested: UInt64)
  /// The log or record buffer is full; `limit` counts entries, or bytes of its data.
  case logLimitReached(MemoryRange?, limit: Int)
  /// The layout of recorded runs has no more room for something: `limit` is how many there can be.
  case layoutLimitReached(of: String, limit: Int)
  /// The system refused to reserve so many bytes.
  case outOfMemory(bytes: UInt64)

  /// Initial contents can be set only before the first access.
  case initialMemoryAfterAccess(timestamp: UInt32)
  /// Volatile memory begins with zeros.
  case initialMemoryNotAllowed
  /// A persistent run needs a hasher for its traces.
  case missingHasher
  /// Finalisation was asked for another block size than the boundary's.
  case blockSizeMismatch(requested: Int, required: Int)
  case invalidSnapshot(SnapshotFault)
  /// The contents do not have the root that was promised for them.
  case imageRootMismatch(expected: [UInt32], actual: [UInt32])
  case invalidConfiguration([ConfigurationFault])
  /// The replayed memory differs from the memory of the run.
  case replayMismatch(ReplayMismatch)
  /// The log was handed over while the run lasted, so it cannot be replayed.
  case logDrained(entries: Int)
}

extension MemoryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .finalized:
      "the memory is finalised"
    case .invalidAddressSpace(let range):
      "invalid address space: \(range)"
    case .sizeNotPowerOfTwo(let range):
      "access size is not a power of two: \(range)"
    case .invalidAccessSize(let range, let maximum):
      "invalid access size: \(range); the size must be 1 to \(maximum)"
    case .unalignedAccess(let range, let alignment):
      "unaligned access: \(range); the pointer must be a multiple of \(alignment)"
    case .addressOutOfBounds(let range, let limit):
      "address out of bounds: \(range); the space has \(limit) cells"
    case .notByteCells(let range):
      "word access in a space without byte cells: \(range)"
    case .bufferSizeMismatch(let range, let expected, let actual):
      "buffer size mismatch: \(range) take \(expected) bytes, the buffer has \(actual)"
    case .accessNotABlock(let range, let blockSize):
      "access is not one block: \(range); this record form takes aligned blocks of \(blockSize)"
    case .nonCanonicalCell(let value, let address):
      "non-canonical cell: value \(value) does not fit 1 cell at \(address)"
    case .timestampViolation(let range, let current, let requested):
      "timestamp violation: \(range.map(\.description) ?? "idle ticks"), from \(current) to \(requested)"
    case .logLimitReached(let range, let limit):
      "log limit of \(limit) reached: \(range.map(\.description) ?? "idle ticks")"
    case .layoutLimitReached(let things, let limit):
      "a recorded run has room for \(limit) \(things)"
    case .outOfMemory(let bytes):
      "out of memory: \(bytes) bytes could not be reserved"
    case .initialMemoryAfterAccess(let timestamp):
      "initial memory cannot be set after the first access: the clock is at \(timestamp)"
    case .initialMemoryNotAllowed:
      "volatile memory begins with zeros: a non-empty image is not allowed"
    case .missingHasher:
      "persistent memory needs a hasher"
    case .blockSizeMismatch(let requested, let required):
      "block size mismatch: \(requested) requested, \(required) required"
    case .invalidSnapshot(let fault):
      "invalid snapshot: \(fault)"
    case .imageRootMismatch(let expected, let actual):
      "image root mismatch: expected \(expected), actual \(actual)"
    case .invalidConfiguration(let faults):
      "invalid memory configuration: " + faults.map(\.description).joined(separator: "; ")
    case .replayMismatch(let mismatch):
      "the replayed memory differs: \(mismatch)"
    case .logDrained(let entries):
      "\(entries) entries of the log were handed over while the run lasted: it cannot be replayed"
    }
  }
}

/// Why a snapshot cannot be restored.
public enum SnapshotFault: Hashable, Sendable, CustomStringConvertible {
  /// It was taken with another configuration, interface or mode.
  case otherConfiguration
  /// It was taken from another recorded run, whose log this one does not have.
  case otherRun
  /// The log no longer begins with the entries the snapshot had.
  case logWasTruncated(to: Int, snapshot: Int)

  public var description: String {
    switch self {
    case .otherConfiguration: "it belongs to another configuration"
    case .otherRun: "it belongs to another run"
    case .logWasTruncated(let length, let snapshot):
      "the log was cut to \(length) entries, the snapshot had \(snapshot)"
    }
  }
}

/// How a replayed memory differs from the memory of its run.
public enum ReplayMismatch: Hashable, Sendable, CustomStringConvertible {
  case contents(MemoryAddress, replayed: UInt32, online: UInt32)
  case timestamp(replayed: UInt32, online: UInt32)
  /// Splits and merges of this size are not equally many.
  case unbalancedAdapters(size: Int, splits: Int, merges: Int)
  /// An entry of the log is malformed.
  case entry(index: Int)
  /// A record of an online run is not what a replay finds.
  case record(index: Int)
  /// A final block lies at a time the run never reached.
  case blockTime(MemoryAddress, timestamp: UInt32)

  public var description: String {
    switch self {
    case .contents(let address, let replayed, let online):
      "1 cell at \(address) is \(replayed) after the replay and \(online) in the run"
    case .timestamp(let replayed, let online):
      "the clock is at \(replayed) after the replay and at \(online) in the run"
    case .unbalancedAdapters(let size, let splits, let merges):
      "\(splits) splits and \(merges) merges of size \(size)"
    case .entry(let index):
      "log entry \(index) is malformed"
    case .record(let index):
      "record \(index) differs"
    case .blockTime(let address, let timestamp):
      "the block at \(address) carries the time \(timestamp)"
    }
  }
}
