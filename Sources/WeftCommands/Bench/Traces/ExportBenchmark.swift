import FoundationEssentials
import Glibc
import Weft

/// Measures writing a directory of traces, and the disk with the same bytes.
struct ExportBenchmark {
  struct Sample {
    var bytes: Int
    var seconds: Double
    /// As many bytes to as many files, by as many threads, from memory that is there.
    var plainSeconds: Double
  }

  private let folder: String

  init(_ scratch: String) { folder = "\(scratch)/weft-bench-\(getpid())" }

  /// Writes and removes both. What was written must verify.
  func measure(_ run: TracedRun) throws -> Sample {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let header = ExportHeader(
      version: WeftVersion.current,
      program: ExportHeader.Program(name: "bench", sha256: String(repeating: "0", count: 64)),
      circuit: run.circuit.exportIdentity, parameters: .null)
    let clock = ContinuousClock()
    let path = "\(folder)/export"
    var writer = try ExportWriter(
      path, header: header, airs: run.circuit.exportedAIRs, threads: run.threads)
    let begin = clock.now
    try writer.append(run.made.exportSegment(exit: run.outcome.exit))
    let seconds = begin.duration(to: clock.now).inSeconds
    let segment = try ExportReader(path).segment(0)
    let (_, traces) = try ExportReader(path).traces(of: 0, threads: run.threads)
    guard traces.cellCount == run.made.traces.cellCount else {
      throw CommandError(.mismatch, "\(path): \(traces.cellCount) cells were read back")
    }
    try FileManager.default.removeItem(atPath: path)
    let sizes = segment.fileSizes.sorted(by: >)
    return Sample(
      bytes: segment.byteCount, seconds: seconds, plainSeconds: try plainSeconds(sizes, threads: run.threads))
  }

  private func plainSeconds(_ sizes: [Int], threads: Int) throws -> Double {
    let folder = folder
    // Numbers that no disk makes smaller.
    var generator = SystemRandomNumberGenerator()
    let chunk = (0..<(1 << 17)).map { _ in generator.next() as UInt64 }
    let clock = ContinuousClock()
    let begin = clock.now
    let results = Parallel.map(count: sizes.count, threads: threads) { number in
      Self.write(chunk, sizes[number], to: "\(folder)/plain-\(number)")
    }
    let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(directory) }
    guard results.allSatisfy(\.self), fsync(directory) == 0 else {
      throw CommandError.output(folder, FileDescriptor.Failure(code: errno).description)
    }
    return begin.duration(to: clock.now).inSeconds
  }

  private static func write(_ chunk: [UInt64], _ size: Int, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var left = size
    return chunk.withUnsafeBytes { bytes in
      while left > 0 {
        let written = Glibc.write(descriptor, bytes.baseAddress, min(left, bytes.count))
        guard written > 0 else { return false }
        left -= written
      }
      return fsync(descriptor) == 0
    }
  }
}
