import Glibc

/// Growing bytes outside Swift's own arrays; see `Pool`.
struct ByteBuffer: ~Copyable {
  private(set) var base: UnsafeMutableRawPointer?
  private(set) var count = 0
  private var capacity = 0
  private(set) var isExhausted = false

  deinit { free(base) }

  /// Adds bytes and gives where they begin. The bytes must not be this buffer's own.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Int {
    let start = count
    if bytes.count > capacity &- count, !grow(bytes.count) { return start }
    if let base, let source = bytes.baseAddress { memcpy(base + start, source, bytes.count) }
    count &+= bytes.count
    return start
  }

  mutating func truncate(to newCount: Int) { count = min(count, max(newCount, 0)) }

  /// The bytes of a range that lies inside.
  func bytes(_ offset: Int, _ length: Int) -> UnsafeRawBufferPointer {
    guard let base, offset >= 0, length >= 0, offset <= count, length <= count &- offset else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: base + offset, count: length)
  }

  private mutating func grow(_ more: Int) -> Bool {
    let (wanted, overflow) = count.addingReportingOverflow(more)
    let size = max(wanted, capacity &* 2, 4096)
    guard !overflow, let memory = realloc(base, size) else {
      isExhausted = true
      return false
    }
    base = memory
    capacity = size
    return true
  }
}
