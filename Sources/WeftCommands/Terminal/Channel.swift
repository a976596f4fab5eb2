import Glibc
import Synchronization

/// Where a command writes: a file descriptor, or a buffer in tests.
public final class Channel: Sendable {
  /// Whether a person reads it.
  public let isTerminal: Bool
  /// "standard output", for messages.
  let name: String
  /// `nil` keeps what is written in `buffer`.
  private let descriptor: Int32?
  private let buffer = Mutex<[UInt8]>([])

  /// Writes to an open file descriptor, which stays the caller's.
  public init(descriptor: Int32, name: String) {
    isTerminal = isatty(descriptor) == 1
    self.name = name
    self.descriptor = descriptor
  }

  /// Keeps what is written.
  public init(bufferNamed name: String, isTerminal: Bool = false) {
    self.isTerminal = isTerminal
    self.name = name
    descriptor = nil
  }

  /// What a buffer has kept; empty for descriptors.
  public var contents: [UInt8] { buffer.withLock { $0 } }

  func write(_ text: String) throws(CommandError) { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws(CommandError) {
    guard let descriptor else {
      buffer.withLock { $0 += bytes }
      return
    }
    do {
      try FileDescriptor.writeAll(bytes, to: descriptor)
    } catch {
      throw .output(name, error.description)
    }
  }
}
