import Glibc

/// Which pages of a reserve the system has filled, so that sparse memory is scanned in proportion to its use.
///
/// Asks the page map rather than `mincore`, which reports a swapped-out page as absent.
enum PresentPages {
  /// The chunks of a mapping that may hold something other than zeros, ascending.
  /// - Parameters:
  ///   - base: the start of the mapping, on a page border.
  ///   - byteCount: bytes to look at.
  ///   - chunkBytes: bytes per chunk, a multiple of 4096.
  static func chunks(base: UnsafeRawPointer, byteCount: Int, chunkBytes: Int) -> [Int] {
    let chunkCount = (byteCount &+ chunkBytes &- 1) / chunkBytes
    // So few are looked at faster than asked about.
    if chunkCount <= 4 { return Array(0..<max(0, chunkCount)) }
    let pageBytes = Int(getpagesize())
    let map = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)
    guard map >= 0, pageBytes <= chunkBytes else {
      if map >= 0 { close(map) }
      return Array(0..<chunkCount)
    }
    defer { close(map) }

    var present: [Int] = []
    let firstPage = UInt(bitPattern: base) / UInt(pageBytes)
    let pageCount = (byteCount &+ pageBytes &- 1) / pageBytes
    let pagesPerChunk = chunkBytes / pageBytes
    var buffer = [UInt64](repeating: 0, count: 8192)
    var page = 0
    while page < pageCount {
      let wanted = min(buffer.count, pageCount &- page)
      let read = buffer.withUnsafeMutableBytes {
        pread(map, $0.baseAddress, wanted &* 8, off_t((Int(bitPattern: firstPage) &+ page) &* 8))
      }
      guard read == wanted &* 8 else { return Array(0..<chunkCount) }
      for index in 0..<wanted where buffer[index] >> 62 != 0 {  // present or swapped out
        let chunk = (page &+ index) / pagesPerChunk
        if present.last != chunk { present.append(chunk) }
      }
      page &+= wanted
    }
    return present
  }

  /// Makes a chunk read as zeros and gives its pages back.
  static func clear(_ start: UnsafeMutableRawPointer, byteCount: Int) {
    let pageBytes = Int(getpagesize())
    if Int(bitPattern: start) % pageBytes == 0, byteCount % pageBytes == 0,
      madvise(start, byteCount, MADV_DONTNEED) == 0
    {
      return
    }
    memset(start, 0, byteCount)
  }
}
