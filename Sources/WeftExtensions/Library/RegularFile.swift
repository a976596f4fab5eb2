import Glibc

/// An open regular file: no folder, no pipe that never ends, no device.
struct RegularFile: ~Copyable {
  /// Why a file cannot be read, or is not what it should be. Without its path.
  struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    var description: String
  }

  /// Which file this is, and in what state: other contents give another one, as far as the file system tells.
  struct Identity: Sendable, Hashable {
    private var numbers: [Int]

    fileprivate init(_ status: stat) {
      numbers = [
        Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
        status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
      ]
    }

    /// Of what is at a path now; `nil` when nothing is.
    init?(of path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.init(status)
    }
  }

  private let descriptor: Int32
  let size: UInt64
  let identity: Identity

  init(_ path: String) throws(Fault) {
    let status: stat
    (descriptor, status) = try Self.open(path)
    size = UInt64(clamping: status.st_size)
    identity = Identity(status)
  }

  private static func open(_ path: String) throws(Fault) -> (Int32, stat) {
    guard !path.utf8.contains(0) else { throw Fault(description: "a path with a NUL byte") }
    // Not blocking: a FIFO would wait for a writer.
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 { throw systemError() }
    var status = stat()
    let fault: Fault? =
      if fstat(descriptor, &status) != 0 {
        systemError()
      } else if status.st_mode & S_IFMT == S_IFDIR {
        Fault(description: "is a directory")
      } else if status.st_mode & S_IFMT != S_IFREG {
        Fault(description: "is no regular file")
      } else {
        nil
      }
    if let fault {
      close(descriptor)
      throw fault
    }
    return (descriptor, status)
  }

  deinit { close(descriptor) }

  /// At most `count` bytes; fewer where the file ends.
  func read(at offset: UInt64, count: Int) throws(Fault) -> [UInt8] {
    guard let start = off_t(exactly: offset), start <= off_t.max &- off_t(count) else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = bytes.withUnsafeMutableBytes { buffer in
        pread(descriptor, buffer.baseAddress.map { $0 + filled }, count &- filled, start &+ off_t(filled))
      }
      if read == 0 { break }
      if read < 0, errno != EINTR { throw Self.systemError() }
      filled &+= max(0, read)
    }
    return Array(bytes[..<filled])
  }

  /// The whole file, if it has at most `limit` bytes.
  func contents(limit: Int) throws(Fault) -> [UInt8] {
    let bytes = try read(at: 0, count: min(limit &+ 1, Int(clamping: size &+ 1)))
    guard bytes.count <= limit else { throw Fault(description: "more than \(limit) bytes") }
    return bytes
  }

  private static func systemError() -> Fault {
    guard let text = strerror(errno) else { return Fault(description: "error \(errno)") }
    return Fault(description: String(cString: text))
  }
}
