import Weft

/// The result of a check of one segment that was made alone, as data.
struct SegmentCheckOutput: Codable, Equatable {
  let program: String
  let index: Int
  let accepted: Bool
  let instructions: UInt64
  let unconstrained: [CheckOutput.Unconstrained]
  let hintWords: Int
  let publicValues: CheckOutput.PublicValues
  /// The Merkle roots of memory at the ends; null where the traces do not say them.
  let initialRoot: String?
  let finalRoot: String?
  /// A fingerprint of the bytes of the traces.
  let fingerprint: String
  let rows: Int
  let cells: Int
  let findings: Int
  let violations: [CheckOutput.Violation]
  /// The verdict and the first findings, for people.
  private let report: String

  init(_ path: String, _ segment: Segment, _ made: RV32Traces, _ result: CheckReport) {
    program = path
    index = segment.index
    accepted = result.isAccepted
    instructions = segment.instructionCount
    unconstrained = made.unconstrained.map {
      CheckOutput.Unconstrained(instruction: $0.instruction, count: $0.count)
    }
    hintWords = made.hintWordCount
    publicValues = CheckOutput.PublicValues(made)
    let claim = SegmentClaim(made.traces, addressBase: made.addressBase)
    initialRoot = claim.map { "\($0.initialRoot)" }
    finalRoot = claim.map { "\($0.finalRoot)" }
    fingerprint = "\(made.traces.fingerprint)"
    rows = result.rowCount
    cells = result.cellCount
    findings = result.violationCount
    violations = CheckOutput.violations(of: result)
    report = result.description
  }

  func text(style: Style) -> String {
    let verdict = accepted ? style.green(report) : style.red(report)
    return """
      \(style.bold(program)), segment \(index): \(NumberText.grouped(instructions)) instructions
      memory root before: \(initialRoot ?? "–")
      memory root after:  \(finalRoot ?? "–")
      fingerprint: \(fingerprint)
      \(verdict)

      """
  }
}
