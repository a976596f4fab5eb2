import Weft

/// The result of a check of a run in segments as data: the fields of a whole run's check, and the segments.
struct SegmentedCheckOutput: Codable, Equatable {
  let program: String
  let exit: RunReport.Exit
  let accepted: Bool
  let unconstrained: [CheckOutput.Unconstrained]
  let hintWords: Int
  let instructions: UInt64
  /// How the chain of segments begins and ends; null for a broken one.
  let publicValues: CheckOutput.PublicValues?
  let rows: Int
  let cells: Int
  /// All findings; `violations` describes the first ones.
  let findings: Int
  let violations: [CheckOutput.Violation]
  let segments: [SegmentedOutput.Segment]

  init(_ path: String, _ result: SegmentedCheck, _ segments: [SegmentedOutput.Segment]) {
    program = path
    exit = RunReport.Exit(result.outcome.exit)
    accepted = result.isAccepted
    var counts: [String: Int] = [:]
    for item in result.segments.flatMap(\.unconstrained) {
      counts[item.instruction, default: 0] += item.count
    }
    unconstrained = counts.map { CheckOutput.Unconstrained(instruction: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.instruction) < ($0.count, $1.instruction) }
    hintWords = result.segments.reduce(0) { $0 + $1.hintWordCount }
    instructions = result.outcome.instructions
    publicValues = result.segments.first?.claim.flatMap { first in
      result.segments.last?.claim.map { last in
        CheckOutput.PublicValues(
          initialPC: first.initialPC, finalPC: last.finalPC, isTerminate: last.exitCode != nil,
          exitCode: last.exitCode ?? 0)
      }
    }
    rows = result.segments.reduce(0) { $0 + $1.report.rowCount }
    cells = result.segments.reduce(0) { $0 + $1.report.cellCount }
    findings = result.segments.reduce(result.findings.count) { $0 + $1.report.violationCount }
    violations =
      result.findings.map { CheckOutput.Violation(kind: "chain", message: $0) }
      + result.segments.flatMap { CheckOutput.violations(of: $0.report) }
    self.segments = segments
  }
}
