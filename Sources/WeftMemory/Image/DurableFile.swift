import Glibc
import Synchronization

/// Files that are read whole, and written so that a path holds either the old file or the whole new one, whatever
/// happens.
package enum DurableFile {
  /// The bytes of a regular file.
  /// - Parameter limit: most bytes to accept.
  package static func read(_ path: String, limit: Int) throws(ImageFileError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .system(call: "open", path: path, code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(call: "fstat", path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    let size = Int(status.st_size)
    guard size <= limit else { throw .tooLarge(path: path, byteCount: size, limit: limit) }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let done = Glibc.read(file, buffer.baseAddress! + count, size - count)
        if done < 0, errno == EINTR { continue }
        if done < 0 { failure = errno }
        if done <= 0 { return }
        count += done
      }
    }
    guard failure == 0 else { throw .system(call: "read", path: path, code: failure) }
    return bytes
  }

  /// Writes a file, or leaves what was there.
  package static func write(_ bytes: [UInt8], to path: String) throws(ImageFileError) {
    let temporary = "\(path).\(getpid()).\(writes.wrappingAdd(1, ordering: .relaxed).newValue).tmp"
    do throws(ImageFileError) {
      try writeNew(bytes, to: temporary)
      guard rename(temporary, path) == 0 else {
        throw .system(call: "rename", path: path, code: errno)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    try synchronizeFolder(of: path)
  }

  private static let writes = Atomic<UInt64>(0)

  private static func writeNew(_ bytes: [UInt8], to path: String) throws(ImageFileError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw .system(call: "open", path: path, code: errno) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let done = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + written, bytes.count - written) }
      if done < 0, errno == EINTR { continue }
      guard done > 0 else { throw .system(call: "write", path: path, code: errno) }
      written += done
    }
    guard fsync(file) == 0 else { throw .system(call: "fsync", path: path, code: errno) }
  }

  /// Makes the renaming itself durable.
  private static func synchronizeFolder(of path: String) throws(ImageFileError) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw .system(call: "open", path: folder, code: errno) }
    defer { close(file) }
    guard fsync(file) == 0 else { throw .system(call: "fsync", path: folder, code: errno) }
  }
}
