import Glibc

extension ExtensionLoader {
  /// Whether a file names the entry function of extensions: a look at its bytes, which opens nothing.
  ///
  /// True for every extension; a library that only mentions the name is found out when it is loaded.
  public static func isExtension(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else {
      return false
    }
    guard let bytes = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0), bytes != MAP_FAILED
    else { return false }
    defer { munmap(bytes, Int(status.st_size)) }
    return UnsafeRawBufferPointer(start: bytes, count: Int(status.st_size))
      .contains(bytes: Array(ObjectLoader.entrySymbol.utf8))
  }
}

extension UnsafeRawBufferPointer {
  /// Whether `text` stands anywhere in these bytes.
  fileprivate func contains(bytes text: [UInt8]) -> Bool {
    guard let first = text.first, text.count <= count, let start = baseAddress else { return false }
    var place = start
    let end = start + count
    while let found = memchr(place, Int32(first), end - place) {
      let candidate = UnsafeRawPointer(found)
      guard end - candidate >= text.count else { return false }
      if memcmp(candidate, text, text.count) == 0 { return true }
      place = candidate + 1
    }
    return false
  }
}
