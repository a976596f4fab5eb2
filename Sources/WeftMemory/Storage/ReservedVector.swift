/// A vector of trivial elements in reserved address space: it grows without moving, up to a limit.
struct ReservedVector<Element: BitwiseCopyable>: ~Copyable, Sendable {
  let reserve: MappedReserve
  let limit: Int
  private(set) var count = 0

  init(limit: Int) throws(MemoryError) {
    let (bytes, overflow) = UInt64(clamping: limit).multipliedReportingOverflow(
      by: UInt64(MemoryLayout<Element>.stride))
    guard !overflow else { throw .outOfMemory(bytes: .max) }
    reserve = try MappedReserve(byteCount: bytes)
    self.limit = max(0, limit)
  }

  var base: UnsafeMutablePointer<Element> { reserve.base.assumingMemoryBound(to: Element.self) }

  var remaining: Int { limit &- count }

  /// Appends; the caller has checked `remaining`.
  mutating func append(_ element: Element) {
    base[count] = element
    count &+= 1
  }

  /// Appends trivial bytes; the caller has checked `remaining`.
  mutating func append(copying source: UnsafeRawPointer, count added: Int) {
    UnsafeMutableRawPointer(base + count).copyMemory(
      from: source, byteCount: added &* MemoryLayout<Element>.stride)
    count &+= added
  }

  /// Forgets the elements from `newCount` on.
  mutating func truncate(to newCount: Int) {
    if newCount >= 0, newCount < count { count = newCount }
  }

  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
