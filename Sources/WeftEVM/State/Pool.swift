import Glibc

/// A growing array of plain values outside Swift's own arrays: no bounds trap, no abort where memory runs out.
///
/// Indices stay valid while it grows, pointers do not. Where the system refuses memory, `isExhausted` is set and
/// further values go to the first place: whoever uses the pool looks at the flag before it believes a result.
struct Pool<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity: Int
  private(set) var isExhausted = false

  /// - Parameter capacity: at least 1.
  init(capacity: Int) {
    let stride = MemoryLayout<Element>.stride
    if let memory = malloc(max(capacity, 1) &* stride) {
      base = memory.assumingMemoryBound(to: Element.self)
      self.capacity = max(capacity, 1)
    } else {
      // Not even the first few elements: nothing can be stored, nothing is read back.
      base = UnsafeMutablePointer<Element>.allocate(capacity: 1)
      self.capacity = 1
      isExhausted = true
    }
  }

  deinit { free(base) }

  /// A pointer that is valid until the next `append`. The index must come from this pool.
  @inline(__always)
  subscript(_ index: Int) -> UnsafeMutablePointer<Element> { base + index }

  /// Adds a value and gives its index.
  @inline(__always) @discardableResult
  mutating func append(_ element: Element) -> Int {
    if count == capacity, !grow() { return 0 }
    (base + count).initialize(to: element)
    count &+= 1
    return count &- 1
  }

  /// Drops the values behind the first `newCount`.
  @inline(__always)
  mutating func truncate(to newCount: Int) { count = min(count, max(newCount, 0)) }

  @inline(never)
  private mutating func grow() -> Bool {
    let stride = MemoryLayout<Element>.stride
    let (doubled, overflow) = capacity.multipliedReportingOverflow(by: 2 &* stride)
    guard !overflow, let memory = realloc(base, doubled) else {
      isExhausted = true
      return false
    }
    base = memory.assumingMemoryBound(to: Element.self)
    capacity &*= 2
    return true
  }
}
