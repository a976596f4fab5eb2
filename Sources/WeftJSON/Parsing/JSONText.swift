import Glibc

/// The bytes of a text in memory of their own, with zeros behind them: NUL is nowhere allowed in JSON, so that a
/// scan needs no test for the end, and may look at eight bytes where one is left.
struct JSONText: ~Copyable {
  let base: UnsafeMutablePointer<UInt8>
  let count: Int

  static let padding = 16

  /// Copies the bytes; `nil` when there is no memory for them.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let memory = malloc(bytes.count &+ Self.padding) else { return nil }
    if let source = bytes.baseAddress { memcpy(memory, source, bytes.count) }
    memset(memory + bytes.count, 0, Self.padding)
    base = memory.assumingMemoryBound(to: UInt8.self)
    count = bytes.count
  }

  /// Hands the bytes over; the receiver frees them.
  consuming func take() -> UnsafeMutablePointer<UInt8> {
    let taken = base
    discard self
    return taken
  }

  deinit { free(base) }
}
