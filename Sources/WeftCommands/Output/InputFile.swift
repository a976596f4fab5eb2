import Glibc

/// Reads input for guests: a file, a pipe, or "-" for standard input.
enum InputFile {
  /// Most bytes of one input. Checked while reading, since pipes do not tell their length.
  static let byteLimit = 1 << 30

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func read(_ path: String, console: Console) throws(CommandError) -> [UInt8] {
    if path == "-" {
      if let input = console.input { return input }
      return try read(descriptor: STDIN_FILENO, name: "standard input")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw .input(path, FileDescriptor.Failure(code: errno).description) }
    defer { close(descriptor) }
    return try read(descriptor: descriptor, name: path)
  }

  private static func read(descriptor: Int32, name: String) throws(CommandError) -> [UInt8] {
    let bytes: [UInt8]?
    do {
      bytes = try FileDescriptor.readAll(from: descriptor, limit: byteLimit)
    } catch {
      throw .input(name, error.description)
    }
    guard let bytes else { throw .input(name, "more than \(byteLimit) bytes") }
    return bytes
  }
}
