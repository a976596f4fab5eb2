import Glibc

/// A vector of trivial elements in reserved address space: it grows without moving, up to a limit.
@usableFromInline
struct ReservedVector<Element: BitwiseCopyable>: ~Copyable, Sendable {
  let reserve: MappedReserve
  @usableFromInline let limit: Int
  @usableFromInline private(set) var count = 0

  init(limit: Int) throws(MemoryError) {
    let (bytes, overflow) = UInt64(clamping: limit).multipliedReportingOverflow(
      by: UInt64(MemoryLayout<Element>.stride))
    guard !overflow else { throw .outOfMemory(bytes: .max) }
    reserve = try MappedReserve(byteCount: bytes)
    self.limit = max(0, limit)
  }

  @usableFromInline
  var base: UnsafeMutablePointer<Element> { reserve.base.assumingMemoryBound(to: Element.self) }

  var remaining: Int { limit &- count }

  /// Appends; the caller has checked `remaining`.
  mutating func append(_ element: Element) {
    base[count] = element
    count &+= 1
  }

  /// Appends trivial bytes; the caller has checked `remaining`.
  mutating func append(copying source: UnsafeRawPointer, count added: Int) {
    copyBytes(base + count, source, added &* MemoryLayout<Element>.stride)
    count &+= added
  }

  /// Forgets the elements from `newCount` on.
  mutating func truncate(to newCount: Int) {
    if newCount >= 0, newCount < count { count = newCount }
  }

  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

/// `copyMemory` without its trap for negative counts, which no caller has.
@inline(__always)
func copyBytes(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ byteCount: Int) {
  memcpy(target, source, byteCount)
}
