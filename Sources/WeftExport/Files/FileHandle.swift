import Glibc

/// An open file that closes itself. Errors carry the path.
struct FileHandle: ~Copyable {
  let path: String
  let descriptor: Int32

  /// A new file; there must be none of that name.
  init(creating path: String) throws(ExportError) {
    descriptor = try Self.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, "create")
    self.path = path
  }

  /// A file that is there: a regular one, no link and nothing that blocks.
  init(reading path: String) throws(ExportError) {
    let descriptor = try Self.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, "open")
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .malformed(path, "is no regular file")
    }
    self.descriptor = descriptor
    self.path = path
  }

  init(directory path: String) throws(ExportError) {
    descriptor = try Self.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, "open directory")
    self.path = path
  }

  private static func open(
    _ path: String, _ flags: Int32, _ operation: String
  ) throws(ExportError) -> Int32 {
    let descriptor = Glibc.open(path, flags, 0o666)
    guard descriptor >= 0 else { throw .system(path, operation) }
    return descriptor
  }

  deinit { close(descriptor) }

  func byteCount() throws(ExportError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(path, "status") }
    return Int(status.st_size)
  }

  /// Writes all bytes behind what was written before.
  func write(_ bytes: UnsafeRawBufferPointer) throws(ExportError) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count {
      let written = Glibc.write(descriptor, base + start, bytes.count - start)
      if written >= 0 { start += written } else if errno != EINTR { throw .system(path, "write") }
    }
  }

  func write(_ bytes: [UInt8]) throws(ExportError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(ExportError) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Fills a buffer from an offset.
  /// - Returns: how many bytes there were.
  func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(ExportError) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    var start = 0
    while start < buffer.count {
      let count = pread(descriptor, base + start, buffer.count - start, off_t(offset + start))
      if count == 0 { break }
      if count > 0 { start += count } else if errno != EINTR { throw .system(path, "read") }
    }
    return start
  }

  /// The first bytes, `count` of them or as many as there are.
  func read(count: Int) throws(ExportError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled = try bytes.withUnsafeMutableBufferPointer { (bytes) throws(ExportError) -> Int in
      try read(UnsafeMutableRawBufferPointer(bytes), at: 0)
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Waits until the contents, or a directory's names, are on the disk.
  func synchronize() throws(ExportError) {
    guard fsync(descriptor) == 0 else { throw .system(path, "fsync") }
  }

  /// Says that a range will not be read soon: Linux then begins to write it to the disk, and `synchronize` has less to
  /// wait for.
  func beginWriteback(from offset: Int, count: Int) {
    posix_fadvise(descriptor, off_t(offset), off_t(count), POSIX_FADV_DONTNEED)
  }

  /// Takes the directory for this process; false where another one has it.
  func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}
