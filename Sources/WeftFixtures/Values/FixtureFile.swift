import Glibc
import WeftJSON

/// Reads files of the official tests.
public enum FixtureFile {
  /// Files above this are refused; the largest of the archive has four megabytes.
  private static let sizeLimit = 1 << 28

  /// Parses a file.
  public static func document(_ path: String) throws(FixtureError) -> JSONDocument {
    try withContents(of: path) { (bytes) throws(FixtureError) in
      do throws(JSONError) { return try JSONDocument(bytes) } catch { throw FixtureError(file: path, error) }
    }
  }

  /// The bytes of a file.
  static func bytes(_ path: String) throws(FixtureError) -> [UInt8] {
    try withContents(of: path) { (bytes) throws(FixtureError) in Array(bytes) }
  }

  private static func withContents<T>(
    of path: String, _ body: (UnsafeRawBufferPointer) throws(FixtureError) -> T
  ) throws(FixtureError) -> T {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FixtureError(file: path, reason: message(errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FixtureError(file: path, reason: message(errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FixtureError(file: path, reason: "is no file") }
    let size = Int(status.st_size)
    guard size <= sizeLimit else {
      throw FixtureError(file: path, reason: "has \(size) bytes, more than \(sizeLimit)")
    }
    guard size > 0 else { throw FixtureError(file: path, reason: "is empty") }
    guard let text = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), text != MAP_FAILED else {
      throw FixtureError(file: path, reason: message(errno))
    }
    defer { munmap(text, size) }
    return try body(UnsafeRawBufferPointer(start: text, count: size))
  }

  /// The JSON files below some paths, in the order of their names; a path that is a file stands for itself.
  public static func files(below paths: [String]) throws(FixtureError) -> [String] {
    var files: [String] = []
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else { throw FixtureError(file: path, reason: message(errno)) }
      if status.st_mode & S_IFMT == S_IFDIR {
        files += try folderContents(path)
      } else {
        files.append(path)
      }
    }
    return files
  }

  /// Whether a path is a folder.
  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func folderContents(_ folder: String) throws(FixtureError) -> [String] {
    var files: [String] = []
    var folders = [folder]
    while let folder = folders.popLast() {
      guard let stream = opendir(folder) else { throw FixtureError(file: folder, reason: message(errno)) }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name.hasPrefix(".") { continue }
        let path = "\(folder)/\(name)"
        var status = stat()
        guard stat(path, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: folders.append(path)
        case S_IFREG where name.hasSuffix(".json"): files.append(path)
        default: break
        }
      }
    }
    return files.sorted()
  }

  /// The system's text for an error number.
  static func message(_ code: Int32) -> String { String(cString: strerror(code)) }
}
