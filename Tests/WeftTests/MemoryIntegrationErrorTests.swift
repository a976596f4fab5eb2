import Testing
import Weft
import WeftMemory

@Suite struct MemoryIntegrationErrorTests {
  @Test func everyErrorOfMemoryIsOfOneKindAndStaysReadable() {
    let range = MemoryRange(MemoryAddress(.memory, 6), count: 4)
    let errors: [(MemoryError, MemoryIntegrationError)] = [
      (
        .blockSizeMismatch(requested: 8, required: 4),
        .invalidConfiguration(underlying: .blockSizeMismatch(requested: 8, required: 4))
      ),
      (
        .addressOutOfBounds(range, limit: 8),
        .addressOutOfBounds(underlying: .addressOutOfBounds(range, limit: 8))
      ),
      (
        .unalignedAccess(range, alignment: 4),
        .invalidAccessSize(underlying: .unalignedAccess(range, alignment: 4))
      ),
      (
        .timestampViolation(nil, current: 5, requested: 1 << 29),
        .timestampError(underlying: .timestampViolation(nil, current: 5, requested: 1 << 29))
      ),
      (.logDrained(entries: 3), .proofGenerationError(underlying: .logDrained(entries: 3))),
      (.finalized, .busError(underlying: .finalized)),
    ]
    for (error, expected) in errors {
      let wrapped = MemoryIntegrationError(error)
      #expect(wrapped == expected)
      #expect(wrapped.underlying == error && wrapped.description == error.description)
    }
  }
}
