import Glibc

/// Address space reserved from the system: zero-filled, private, never moved, pages appear with use.
///
/// Sizes come from configurations, so a refused mapping is an error, never a trap.
@usableFromInline
struct MappedReserve: ~Copyable, @unchecked Sendable {  // one owner, so sending it sends the memory
  @usableFromInline let base: UnsafeMutableRawPointer
  @usableFromInline let byteCount: Int

  /// - Parameter byteCount: rounded up to whole pages; 0 reserves nothing.
  @usableFromInline
  init(byteCount: UInt64) throws(MemoryError) {
    let size = (byteCount &+ 4095) & ~4095
    guard size >= byteCount, size <= UInt64(Int.max) else { throw .outOfMemory(bytes: byteCount) }
    guard size > 0 else {
      self.base = UnsafeMutableRawPointer(bitPattern: 4096).unsafelyUnwrapped
      self.byteCount = 0
      return
    }
    let length = Int(truncatingIfNeeded: size)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let base = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0), base != MAP_FAILED else {
      throw .outOfMemory(bytes: byteCount)
    }
    self.base = base
    self.byteCount = length
  }

  // Inlinable, as all that inlined code may destroy: the controller's hot accessors reach this type.
  @inlinable
  deinit { unmap() }

  @usableFromInline
  func unmap() {
    if byteCount > 0 { munmap(base, byteCount) }
  }

  /// Hands the mapping over to a caller that unmaps it.
  consuming func release() -> (base: UnsafeMutableRawPointer, byteCount: Int) {
    let result = (base, byteCount)
    discard self
    return result
  }

  /// Asks for large pages in the part of the reserve that a run is expected to fill: a fault per 4 KiB
  /// would cost more than writing the entries.
  func prepare(byteCount expected: Int) {
    // Small runs keep small pages: they should not pay for clearing two megabytes.
    let small = 256 << 10
    guard expected > small else { return }
    _ = madvise(base + small, min(expected, byteCount) &- small, MADV_HUGEPAGE)
  }
}
