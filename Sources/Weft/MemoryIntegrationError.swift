import WeftMemory

/// What went wrong with memory, in the terms of whoever embeds it: six kinds, each with the exact reason.
public enum MemoryIntegrationError: Error, Hashable, Sendable {
  /// Parameters or start contents that a memory cannot have.
  case invalidConfiguration(underlying: MemoryError)
  /// A space that is not there, or cells outside it.
  case addressOutOfBounds(underlying: MemoryError)
  /// A number of cells or an alignment that no access can have.
  case invalidAccessSize(underlying: MemoryError)
  /// The clock would pass its end or go back.
  case timestampError(underlying: MemoryError)
  /// The run cannot go on being recorded, or what it recorded is no history of its memory.
  case proofGenerationError(underlying: MemoryError)
  /// A value that no message of memory can carry, or a request to a memory that no longer answers.
  case busError(underlying: MemoryError)

  /// Every error of memory is of one kind.
  public init(_ error: MemoryError) {
    self =
      switch error {
      case .invalidConfiguration, .initialMemoryNotAllowed, .initialMemoryAfterAccess, .blockSizeMismatch,
        .imageRootMismatch:
        .invalidConfiguration(underlying: error)
      case .invalidAddressSpace, .addressOutOfBounds: .addressOutOfBounds(underlying: error)
      case .sizeNotPowerOfTwo, .invalidAccessSize, .unalignedAccess, .notByteCells, .bufferSizeMismatch,
        .accessNotABlock:
        .invalidAccessSize(underlying: error)
      case .timestampViolation, .invalidSnapshot: .timestampError(underlying: error)
      case .logLimitReached, .layoutLimitReached, .outOfMemory, .missingHasher, .replayMismatch, .logDrained:
        .proofGenerationError(underlying: error)
      case .nonCanonicalCell, .finalized: .busError(underlying: error)
      }
  }

  /// The exact reason.
  public var underlying: MemoryError {
    switch self {
    case .invalidConfiguration(let error), .addressOutOfBounds(let error), .invalidAccessSize(let error),
      .timestampError(let error), .proofGenerationError(let error), .busError(let error):
      error
    }
  }
}

extension MemoryIntegrationError: CustomStringConvertible {
  public var description: String { underlying.description }
}
