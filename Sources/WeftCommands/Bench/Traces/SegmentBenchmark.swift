import Weft

/// Measures how fast the beginning of a guest's run, cut into segments, becomes traces: cutting, executing the segments
/// again and filling their traces, as many at a time as there are threads.
struct SegmentBenchmark {
  struct Sample {
    /// From the program to the last segment's traces.
    var seconds: TraceBenchmark.Seconds
    var cells: Int
  }

  /// Segments that a run is cut into at least.
  static var segmentCount: UInt64 { 8 }

  private let guest: GuestProgram
  private let instructionLimit: UInt64
  /// By number of threads.
  private(set) var samples: [Int: [Sample]] = [:]
  /// Of every segment; the same whatever the threads.
  private(set) var fingerprints: [TraceFingerprint] = []

  init(_ guest: GuestProgram, instructionLimit: UInt64) {
    self.guest = guest
    self.instructionLimit = instructionLimit
  }

  /// Takes one sample; the traces must be the same as before.
  mutating func measure(threads: Int) throws(CommandError) {
    let (sample, made): (Sample, [TraceFingerprint])
    do { (sample, made) = try makeSample(threads: threads) } catch {
      throw CommandError(error, name: guest.path)
    }
    if !fingerprints.isEmpty, fingerprints != made {
      throw CommandError(.mismatch, "\(guest.name): segments have other traces on \(threads) threads")
    }
    fingerprints = made
    samples[threads, default: []].append(sample)
  }

  private func makeSample(threads: Int) throws -> (Sample, [TraceFingerprint]) {
    let workload = guest.long ?? guest.short
    var configuration = Machine.Configuration()
    configuration.limits.instructions = instructionLimit
    if !workload.input.isEmpty { configuration.input = [workload.input] }
    let program = try RV32Program(contentsOf: guest.path)
    var limits = SegmentLimits()
    limits.instructions = max(1, instructionLimit / Self.segmentCount)
    let fixed: Set = ["RangeTable", "BitwiseTable"]

    let clock = ContinuousClock()
    let begin = (clock.now, ProcessUsage.processorSeconds)
    let (outcome, made) = try Waiting.result(threads: threads) { [configuration, limits] in
      var run = try SegmentedRun(program, configuration: configuration, limits: limits)
      let made = try await run.mapTraces(inFlight: threads) { _, made in
        let cells = made.traces.airs.filter { !fixed.contains($0.air.name) }.reduce(0) { $0 + $1.cellCount }
        return (cells: cells, fingerprint: made.traces.fingerprint)
      }
      return (run.outcome, made)
    }
    let end = (clock.now, ProcessUsage.processorSeconds)
    guard workload.output.starts(with: outcome.output),
      outcome.exit == .limit(.instructions(instructionLimit))
        || outcome.exit == .halted(code: workload.exitCode)
    else {
      throw CommandError(.mismatch, "\(guest.name): \(outcome.exit), not as expected")
    }
    let sample = Sample(
      seconds: TraceBenchmark.Seconds(from: begin, to: end), cells: made.reduce(0) { $0 + $1.cells })
    return (sample, made.map(\.fingerprint))
  }
}
