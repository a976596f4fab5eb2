import Glibc

/// Where and with what a measurement was made.
struct HostDescription: Codable, Equatable {
  let cpu: String
  /// Processors that are online.
  let cores: Int
  let os: String
  let compiler: String
  /// "release" or "debug".
  let build: String
  /// Whether the binary keeps frame pointers, which costs interpreters a register; null where unknown.
  let framePointers: Bool?

  static func current() -> HostDescription {
    HostDescription(
      cpu: value(of: "model name", separator: ":", in: "/proc/cpuinfo") ?? "unknown",
      cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
      os: value(of: "PRETTY_NAME", separator: "=", in: "/etc/os-release") ?? "Linux",
      compiler: Build.compiler, build: Build.configuration, framePointers: Build.framePointers)
  }

  /// The value of the first line "key separator value".
  private static func value(of key: String, separator: Character, in path: String) -> String? {
    guard let bytes = try? InputFile.read(path, console: .buffered()) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix(key) {
      guard let mark = line.firstIndex(of: separator) else { continue }
      return String(
        line[line.index(after: mark)...].trimmingPrefix { $0 == " " || $0 == "\"" }.filter { $0 != "\"" })
    }
    return nil
  }
}

extension Build {
  /// SwiftPM's release builds keep frame pointers unless `--omit-frame-pointers` is given, and no conditional
  /// compilation tells; the code of a function does.
  static var framePointers: Bool? {
    #if arch(x86_64)
      let function: @convention(c) () -> Int32 = { getpid() &+ getppid() }
      let code = UnsafeRawBufferPointer(start: unsafeBitCast(function, to: UnsafeRawPointer.self), count: 8)
      // push %rbp; mov %rsp, %rbp
      return code.starts(with: [0x55, 0x48, 0x89, 0xe5])
    #else
      return nil
    #endif
  }
}
