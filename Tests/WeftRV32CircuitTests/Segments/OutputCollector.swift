import Synchronization

/// Bytes that come from another thread.
final class OutputCollector: Sendable {
  private let collected = Mutex<[UInt8]>([])

  func append(_ bytes: [UInt8]) { collected.withLock { $0 += bytes } }

  var bytes: [UInt8] { collected.withLock { $0 } }
}
