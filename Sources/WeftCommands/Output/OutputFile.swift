import Glibc

/// A file that appears under its name only when it is complete.
///
/// It is opened before the work begins, so that a folder that cannot be written costs no run.
struct OutputFile: ~Copyable {
  let path: String
  private let descriptor: Int32
  /// Where the bytes go until `commit`; `nil` for devices and pipes, which are written directly.
  private var temporaryPath: String?

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

  /// Writes the contents and gives the file its name.
  consuming func commit(_ text: String) throws(CommandError) {
    do {
      try FileDescriptor.writeAll(Array(text.utf8), to: descriptor)
    } catch {
      throw .output(path, error.description)
    }
    guard let temporaryPath else { return }
    if rename(temporaryPath, path) != 0 {
      throw .output(path, FileDescriptor.Failure(code: errno).description)
    }
    self.temporaryPath = nil
  }
}
