import Glibc

/// A file that is written in pieces and appears under its name only when it is complete.
final class StreamedFile {
  private let path: String
  private let descriptor: Int32
  /// Where the bytes go until `commit`; `nil` for devices and pipes, which are written directly.
  private var temporaryPath: String?
  private var buffer: [UInt8] = []
  private var failure: FileDescriptor.Failure?

  init(path: String) throws(CommandError) {
    var status = stat()
    let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    if kind == S_IFDIR { throw .output(path, "is a directory") }
    let temporaryPath = kind == S_IFREG ? "\(path).\(getpid()).partial" : nil
    let descriptor =
      temporaryPath.map { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666) }
      ?? open(path, O_WRONLY | O_CLOEXEC)
    if descriptor < 0 { throw .output(path, FileDescriptor.Failure(code: errno).description) }
    self.path = path
    self.descriptor = descriptor
    self.temporaryPath = temporaryPath
  }

  deinit {
    close(descriptor)
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// Adds a text. An error is kept for `commit`.
  func write(_ text: String) {
    buffer += text.utf8
    if buffer.count >= 1 << 16 { flush() }
  }

  private func flush() {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard failure == nil else { return }
    do throws(FileDescriptor.Failure) {
      try FileDescriptor.writeAll(buffer, to: descriptor)
    } catch {
      failure = error
    }
  }

  /// Writes what is left and gives the file its name.
  func commit() throws(CommandError) {
    flush()
    if let failure { throw .output(path, failure.description) }
    guard let temporaryPath else { return }
    if rename(temporaryPath, path) != 0 {
      throw .output(path, FileDescriptor.Failure(code: errno).description)
    }
    self.temporaryPath = nil
  }
}
