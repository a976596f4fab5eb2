import Synchronization
import Weft

/// Takes the records of a streamed run, as a prover that keeps up would: all are counted, some words of each chunk
/// are read.
final class RecordConsumer: Sendable {
  /// Bytes of a chunk: small enough to stay in a core's own cache.
  private static let chunkBytes = 256 << 10
  /// Words that are read of each chunk.
  private static let samplesPerChunk = 4

  private let bytes = Atomic<Int>(0)
  private let sum = Atomic<UInt64>(0)

  /// Bytes handed over so far.
  var byteCount: Int { bytes.load(ordering: .relaxed) }
  /// The sum of the words read; the same for the same run.
  var checksum: UInt64 { sum.load(ordering: .relaxed) }

  var stream: RecordStream {
    RecordStream(chunkBytes: Self.chunkBytes) { [self] in consume($0) }
  }

  private func consume(_ chunk: UnsafeRawBufferPointer) {
    guard chunk.count >= 8 else { return }
    bytes.wrappingAdd(chunk.count, ordering: .relaxed)
    for index in 0..<Self.samplesPerChunk {
      let offset = (chunk.count &- 8) / Self.samplesPerChunk &* index
      sum.wrappingAdd(
        chunk.loadUnaligned(fromByteOffset: offset, as: UInt64.self), ordering: .relaxed)
    }
  }
}
