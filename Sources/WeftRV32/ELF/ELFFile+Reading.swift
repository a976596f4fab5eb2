import Glibc

extension ELFFile {
  /// Reads a regular file and checks it like `init(_:environment:memoryLimit:)`.
  ///
  /// Directories, FIFOs and devices are refused without reading from them, and a file over `byteLimit` before
  /// any memory is set aside for it.
  ///
  /// - Throws: `ELFError`, with the system's text where the file cannot be opened or read.
  public init(
    contentsOf path: String, environment: GuestEnvironment, memoryLimit: UInt64
  ) throws(ELFError) {
    try self.init(Self.read(path), environment: environment, memoryLimit: memoryLimit)
  }

  private static func read(_ path: String) throws(ELFError) -> [UInt8] {
    // Without O_NONBLOCK, opening a FIFO would wait for a writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw ELFError(.cannotOpen(errno: errno)) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ELFError(.cannotRead(errno: errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw ELFError(.isDirectory)
    default: throw ELFError(.notRegularFile)
    }
    let size = UInt64(truncatingIfNeeded: status.st_size)
    guard size <= byteLimit else {
      throw ELFError(.tooLong(byteCount: size), at: ELFField("end of file", size))
    }
    return try read(descriptor, byteCount: Int(truncatingIfNeeded: size))
  }

  /// Reads to the end of the file or `byteCount`, whichever comes first: the file may shrink or grow meanwhile.
  private static func read(_ descriptor: Int32, byteCount: Int) throws(ELFError) -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, initializedCount in
      while initializedCount < byteCount {
        guard let start = buffer.baseAddress else { return }
        let count = Glibc.read(descriptor, start + initializedCount, byteCount &- initializedCount)
        if count > 0 {
          initializedCount &+= count
        } else if count == 0 {
          return
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else { throw ELFError(.cannotRead(errno: failure)) }
    return bytes
  }
}
