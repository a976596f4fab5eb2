import Glibc

/// The analyses of codes by hash, the least recently used ones dropped beyond a limit.
///
/// One engine has one cache: decoded instructions name its handlers, and decoding goes on while code runs.
struct CodeCache: ~Copyable {
  private var index: [UInt256: CodeAnalysis.Pointer] = [:]
  private var footprint = 0
  private var clock: UInt64 = 0
  /// Bytes that the cached analyses may come to take together.
  private let limit: Int
  /// The last analysis found: loops call the same contract again and again.
  private var last: CodeAnalysis.Pointer?

  init(limit: Int) { self.limit = limit }

  deinit { for analysis in index.values { CodeAnalysis.release(analysis) } }

  var count: Int { index.count }

  /// The analysis of a code, made now if need be.
  ///
  /// - Returns: `nil` where the system has no memory.
  @inline(__always)
  mutating func analysis(
    hash: UInt256, _ bytes: () -> UnsafeRawBufferPointer
  ) -> CodeAnalysis.Pointer? {
    if let last, last.pointee.hash == hash { return last }
    return find(hash, bytes)
  }

  @inline(never)
  private mutating func find(
    _ hash: UInt256, _ bytes: () -> UnsafeRawBufferPointer
  ) -> CodeAnalysis.Pointer? {
    clock &+= 1
    if let known = index[hash] {
      known.pointee.lastUse = clock
      last = known
      return known
    }
    guard let made = CodeAnalysis.make(bytes(), hash: hash) else { return nil }
    made.pointee.lastUse = clock
    if footprint &+ made.pointee.footprint > limit { evict(for: made.pointee.footprint) }
    footprint &+= made.pointee.footprint
    index[hash] = made
    last = made
    return made
  }

  /// Drops unused analyses, oldest first, until there is room; those that frames run stay.
  private mutating func evict(for more: Int) {
    last = nil
    let candidates = index.values.filter { $0.pointee.users == 0 }
      .sorted { $0.pointee.lastUse < $1.pointee.lastUse }
    for analysis in candidates {
      // A quarter more than needed, so that not every code sorts again.
      if footprint &+ more <= limit &- limit / 4 { return }
      index[analysis.pointee.hash] = nil
      footprint &-= analysis.pointee.footprint
      CodeAnalysis.release(analysis)
    }
  }
}
