import Glibc

/// A directory and what happens to names in it. A name that is changed is on the disk when the call returns.
struct Directory {
  let path: String

  func path(of name: String) -> String { "\(path)/\(name)" }

  /// Makes the directory unless it is there.
  static func create(_ path: String) throws(ExportError) -> Directory {
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .system(path, "create") }
    return Directory(path: path)
  }

  /// The names in it, sorted.
  func names() throws(ExportError) -> [String] {
    guard let stream = opendir(path) else { throw .system(path, "open") }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .system(path, "list") }
    return names.sorted()
  }

  func contains(_ name: String) -> Bool {
    var status = stat()
    return lstat(path(of: name), &status) == 0
  }

  /// Writes a file that has its name only when it is whole and on the disk.
  func write(_ bytes: [UInt8], to name: String) throws(ExportError) {
    let partial = name + ExportFormat.partialSuffix
    try remove(partial)
    do {
      let file = try FileHandle(creating: path(of: partial))
      try file.write(bytes)
      try file.synchronize()
    }
    try rename(partial, to: name)
  }

  func rename(_ old: String, to new: String) throws(ExportError) {
    guard Glibc.rename(path(of: old), path(of: new)) == 0 else { throw .system(path(of: new), "rename") }
    try synchronize()
  }

  func synchronize() throws(ExportError) { try FileHandle(directory: path).synchronize() }

  /// Removes a file, or a directory of files; nothing where neither is there.
  func remove(_ name: String) throws(ExportError) {
    let path = path(of: name)
    if unlink(path) == 0 || errno == ENOENT { return }
    guard errno == EISDIR || errno == EPERM else { throw .system(path, "remove") }
    let inner = Directory(path: path)
    for name in try inner.names() {
      guard unlink(inner.path(of: name)) == 0 else { throw .system(inner.path(of: name), "remove") }
    }
    guard rmdir(path) == 0 else { throw .system(path, "remove") }
  }
}
