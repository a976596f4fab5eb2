import FoundationEssentials
import Testing
import WeftCircuit
import WeftMachine
import WeftRV32

@testable import WeftRV32Circuit

/// A run of WEFT_SEGMENT_INSTRUCTIONS instructions, at least 50 million for what it is to show; optimised builds only. It
/// takes minutes, and as much memory as two segments.
@Suite("Long runs in segments", .serialized)
struct LongSegmentTests {
  static let instructions = ProcessInfo.processInfo.environment["WEFT_SEGMENT_INSTRUCTIONS"].flatMap {
    UInt64($0)
  }

  /// The most memory that the process has used since `reset`, in kibibytes.
  private func peak() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.filter(\.isNumber)))
  }

  private func resetPeak() throws {
    try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
  }

  @Test("Segments chain; memory does not grow with their number", .enabled(if: instructions != nil))
  func long() async throws {
    let whole = try #require(Self.instructions)
    let program = try Guests.program("coremix/coremix")
    var peaks: [Int] = []
    for instructions in [whole / 2, whole] {
      var configuration = Machine.Configuration()
      configuration.input = [Array("20000".utf8)]
      configuration.limits.instructions = instructions
      var limits = SegmentLimits()
      limits.instructions = whole / 16
      try resetPeak()
      var run = try SegmentedRun(program, configuration: configuration, limits: limits)
      let tracer = run.tracer
      let claims = try await run.mapTraces(inFlight: 2) { cut, made in
        (claim: SegmentClaim(made.traces, addressBase: made.addressBase), size: cut.size)
      }
      peaks.append(try peak())
      var chain = try tracer.chain()
      for claim in claims { try chain.append(try #require(claim.claim)) }
      try chain.finish(exitCode: nil)
      #expect(claims.count >= (instructions == whole ? 16 : 8))
      #expect(claims.allSatisfy { $0.size.cells <= limits.cells && $0.size.height <= limits.rows })
      #expect(run.outcome.instructions == instructions)
    }
    print("segments: \(peaks[0] >> 10) MiB for half of them, \(peaks[1] >> 10) MiB for all")
    #expect(Double(peaks[1]) < 1.2 * Double(peaks[0]))
  }
}
