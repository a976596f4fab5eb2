import CWeftABI
import Glibc
import WeftExtensionKit

// The ways to bytes that more than one instruction takes.
extension Step {
  /// Whether there is nothing to do.
  func isEmpty(count: UInt32) throws(StepFailure) -> Bool {
    guard count <= bulkMemoryLimit else { throw failure(1, "bulk-memory: more than 16 MiB at once") }
    return count == 0
  }

  func isEmpty(count: UInt32, scratchpadOffset offset: UInt32) throws(StepFailure) -> Bool {
    if count == 0 { return true }
    guard offset <= bulkScratchpadSize, count <= bulkScratchpadSize &- offset else {
      throw failure(2, "bulk-memory: outside the scratchpad")
    }
    return false
  }

  /// Guest memory in place where that can be, else a copy that the host has seen being read.
  func withBytes(
    at address: UInt32, count: UInt32, _ body: (UnsafeRawBufferPointer) throws(StepFailure) -> Void
  ) throws(StepFailure) {
    if let bytes = peek(at: address, count: count) { return try body(bytes) }
    try withBuffer(count: count) { buffer throws(StepFailure) in
      try load(into: buffer, at: address)
      try body(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Bytes of the scratchpad.
  func withScratchpad(
    at offset: UInt32, count: UInt32, _ body: (UnsafeRawBufferPointer) throws(StepFailure) -> Void
  ) throws(StepFailure) {
    try withBuffer(count: count) { buffer throws(StepFailure) in
      try load(into: buffer, space: 0, at: offset)
      try body(UnsafeRawBufferPointer(buffer))
    }
  }

  /// -1, 0 or 1, as the first bytes that differ are ordered. All bytes of both ranges are read, so that the time
  /// depends on their places alone, and a range that leaves memory traps wherever they differ.
  func order(of first: UInt32, and second: UInt32, count: UInt32) throws(StepFailure) -> Int32 {
    var order: Int32 = 0
    try withBytes(at: first, count: count) { one throws(StepFailure) in
      try withBytes(at: second, count: count) { other throws(StepFailure) in
        order = Self.order(one, other)
      }
    }
    return order
  }

  private static func order(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int32 {
    guard let one = first.baseAddress, let other = second.baseAddress else { return 0 }
    return memcmp(one, other, min(first.count, second.count)).signum()
  }

  private func withBuffer(
    count: UInt32, _ body: (UnsafeMutableRawBufferPointer) throws(StepFailure) -> Void
  ) throws(StepFailure) {
    guard let memory = malloc(Int(count)) else { throw failure(3, "bulk-memory: the host is out of memory") }
    defer { free(memory) }
    try body(UnsafeMutableRawBufferPointer(start: memory, count: Int(count)))
  }
}
