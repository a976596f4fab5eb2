/// Takes the records of a run while it lasts, so that a long run needs no memory for them.
///
/// The machine fills a buffer that stays in the processor's cache, hands it over, and fills it again. Records that
/// were handed over are not in `Run.records`, and a streamed access log cannot be replayed afterwards.
public struct RecordStream: Sendable {
  /// Bytes of the buffer.
  public var chunkBytes: Int
  /// Gets whole `InstructionRecord`s or whole `AccessLog.Entry`s, in order, valid during the call. Data of writes
  /// above eight bytes is not part of an entry.
  public var consume: @Sendable (UnsafeRawBufferPointer) -> Void

  public init(chunkBytes: Int = 1 << 20, consume: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) {
    self.chunkBytes = max(chunkBytes, 4096)
    self.consume = consume
  }
}
