import WeftCircuit
import WeftField
import WeftMachine
import WeftMemoryCircuit

extension SegmentedRun {
  /// Makes the traces of all segments that are left, several at a time, and gives each to a closure.
  ///
  /// The run goes ahead until as many segments are in flight as may be; then it waits for one. What is kept of a segment
  /// afterwards is what the closure returns: memory does not grow with the number of segments.
  ///
  /// - Parameters:
  ///   - inFlight: segments whose traces are made or used at one time; each may take what the limits allow.
  ///   - threads: threads that work on one segment. More segments in flight use processors better.
  ///   - body: called once for every segment, from several threads and in any order.
  /// - Returns: what `body` returned, in the order of the segments.
  public mutating func mapTraces<Result: Sendable>(
    inFlight: Int = Parallel.processorCount, threads: Int = 1,
    _ body: @escaping @Sendable (CutSegment, RV32Traces) throws -> Result
  ) async throws -> [Result] {
    let tracer = tracer
    return try await withThrowingTaskGroup(of: (index: Int, result: Result).self) { group in
      var results: [(index: Int, result: Result)] = []
      var started = 0
      while true {
        if started - results.count >= max(inFlight, 1), let done = try await group.next() {
          results.append(done)
        }
        guard let cut = try next() else { break }
        group.addTask {
          let made = try tracer.traces(of: cut.segment, tree: cut.tree, threads: threads)
          return (cut.segment.index, try body(cut, made))
        }
        started += 1
      }
      for try await done in group { results.append(done) }
      return results.sorted { $0.index < $1.index }.map(\.result)
    }
  }

  /// Makes and checks the traces of all segments that are left, and that they chain.
  ///
  /// - Parameter each: called for every segment, from several threads.
  /// - Returns: what was found, segment by segment. Call it on a run that has not been cut yet: a chain begins with the
  ///   program.
  public mutating func check(
    inFlight: Int = Parallel.processorCount, threads: Int = 1,
    each: @escaping @Sendable (CutSegment) throws -> Void = { _ in }
  ) async throws -> SegmentedCheck {
    let tracer = tracer
    var chain = try tracer.chain()
    let segments = try await mapTraces(inFlight: inFlight, threads: threads) { cut, made in
      try each(cut)
      return SegmentCheck(
        index: cut.segment.index, instructionCount: cut.segment.instructionCount,
        initialPC: UInt32(truncatingIfNeeded: cut.segment.start.processor.programCounter),
        initialRoot: cut.tree.root.digest, size: cut.size,
        report: try tracer.check(made.traces, checker: Checker(threads: threads)),
        claim: SegmentClaim(made.traces, addressBase: made.addressBase), exitCode: made.connector.exitCode,
        unconstrained: made.unconstrained, hintWordCount: made.hintWordCount,
        publicValues: cut.isLast ? made.memory?.publicValues : nil,
        fingerprint: made.traces.fingerprint)
    }
    let outcome = outcome
    var findings: [String] = []
    do throws(SegmentChainError) {
      for segment in segments {
        guard let claim = segment.claim else { throw .noClaim(segment: segment.index) }
        try chain.append(claim)
      }
      try chain.finish(exitCode: segments.last?.exitCode)
      if let proof = segments.last?.publicValues {
        try chain.check(proof, values: outcome.publicValues)
      }
    } catch { findings.append("\(error)") }
    return SegmentedCheck(outcome: outcome, segments: segments, findings: findings)
  }
}

/// What a check of one segment found.
public struct SegmentCheck: Sendable {
  public var index: Int
  public var instructionCount: UInt64
  /// Where the run was cut; `claim` is what the traces say of it.
  public var initialPC: UInt32
  public var initialRoot: Digest
  /// The size that the metered run had foreseen.
  public var size: SegmentSize
  public var report: CheckReport
  /// What the traces say of the segment's ends; nil where they do not say it.
  public var claim: SegmentClaim?
  /// The exit code where the program has ended in the segment.
  public var exitCode: UInt32?
  public var unconstrained: [RV32Traces.Unconstrained]
  public var hintWordCount: Int
  /// Of the last segment.
  public var publicValues: UserPublicValuesProof?
  public var fingerprint: TraceFingerprint
}

/// What a check of a whole run in segments found.
public struct SegmentedCheck: Sendable {
  public var outcome: Outcome
  public var segments: [SegmentCheck]
  /// What is wrong with the chain, as sentences.
  public var findings: [String]

  public var isAccepted: Bool { findings.isEmpty && segments.allSatisfy(\.report.isAccepted) }
}
