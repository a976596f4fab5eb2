/// What a caller outside the engine (an extension, a foreign function) asks of memory.
public enum MemoryRequest: Hashable, Sendable {
  /// Reads any number of cells.
  case read(MemoryRange)
  /// Writes any number of cells.
  case write([UInt32], to: MemoryAddress)
  /// Advances the clock.
  case advance(by: UInt32)
}

/// The answer to a `MemoryRequest`.
public enum MemoryResponse: Hashable, Sendable {
  /// The cells read, and the record of the first access it took.
  case data([UInt32], record: RecordID)
  /// Done, and the record of the first access it took.
  case acknowledged(record: RecordID)
  /// Refused; nothing has changed.
  case refused(MemoryError)
}

/// The request-and-response front of a controller, for callers whose sizes are known at run time and who
/// cannot throw. After `close()` it answers `finalized`.
public struct MemoryPort: ~Copyable, Sendable {
  private var memory: MemoryController?

  public init(_ memory: consuming MemoryController) { self.memory = consume memory }

  /// Performs a request.
  public mutating func perform(_ request: MemoryRequest) -> MemoryResponse {
    guard var memory = memory.take() else { return .refused(.finalized) }
    let response = Self.perform(request, on: &memory)
    self.memory = consume memory
    return response
  }

  private static func perform(
    _ request: MemoryRequest, on memory: inout MemoryController
  ) -> MemoryResponse {
    do throws(MemoryError) {
      switch request {
      case .read(let range):
        let access = try memory.readSequence(at: range.address, count: range.count)
        return .data(access.values, record: access.record)
      case .write(let values, let address):
        return .acknowledged(record: try memory.writeSequence(values, at: address))
      case .advance(let ticks):
        let record = ticks == 0 ? RecordID.none : memory.nextRecordID
        try memory.advanceTimestamp(by: ticks)
        return .acknowledged(record: record)
      }
    } catch {
      return .refused(error)
    }
  }

  /// Gives the controller back; nil when that was done before.
  public mutating func close() -> MemoryController? { memory.take() }
}
