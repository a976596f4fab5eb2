import Glibc

/// What this process uses: memory in bytes, time in seconds.
enum ProcessUsage {
  /// Time of all threads on processors since the start.
  static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// What is resident now.
  static var resident: UInt64? { status("VmRSS:") }
  /// The most that was resident since the start, or since `resetPeak`.
  static var peak: UInt64? { status("VmHWM:") }

  /// Lets `peak` begin anew. False where the system refuses.
  static func resetPeak() -> Bool {
    let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return write(descriptor, "5", 1) == 1
  }

  private static func status(_ key: String) -> UInt64? {
    guard let bytes = try? InputFile.read("/proc/self/status", console: .buffered()) else { return nil }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix(key) {
      let number = line.dropFirst(key.count).drop { $0 == " " || $0 == "\t" }.prefix { $0.isNumber }
      return UInt64(number).map { $0 << 10 }
    }
    return nil
  }
}
