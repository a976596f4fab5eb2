import Glibc

/// Reading and writing whole, with errors as text.
enum FileDescriptor {
  /// An `errno` of the system.
  struct Failure: Error, CustomStringConvertible {
    let code: Int32

    var description: String {
      guard let text = strerror(code) else { return "error \(code)" }
      return String(cString: text)
    }
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + start, $0.count - start)
      }
      if written >= 0 {
        start += written
      } else if errno != EINTR {
        throw Failure(code: errno)
      }
    }
  }

  /// Everything up to the end of the file, or `nil` where there is more than `limit` bytes.
  static func readAll(from descriptor: Int32, limit: Int) throws(Failure) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count > 0 {
        if bytes.count + count > limit { return nil }
        bytes += chunk[..<count]
      } else if errno != EINTR {
        throw Failure(code: errno)
      }
    }
  }
}
