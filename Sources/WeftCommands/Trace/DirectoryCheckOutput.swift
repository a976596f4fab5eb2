import Weft
import WeftJSON

/// The result of a check of a directory as data: what `weft check DIR --json` prints.
struct DirectoryCheckOutput: Codable, Equatable {
  struct Program: Codable, Equatable {
    let name: String
    /// As the directory states it.
    let sha256: String
  }

  struct Constraints: Codable, Equatable {
    /// Whether they are those of this version of Weft.
    let areOfThisVersion: Bool
    /// The AIRs that are not.
    let differing: [String]
    /// Whether the directory's own were to be taken.
    let areTrusted: Bool
  }

  /// Which memory the run began and ended with.
  struct Memory: Codable, Equatable {
    let initialRoot: String
    let finalRoot: String
  }

  struct Segment: Codable, Equatable {
    let accepted: Bool
    let instructions: Int64?
    let exit: String?
    let openness: String?
    /// By AIR, then by name.
    let publicValues: [String: [String: UInt32]]
    let rows: Int
    let cells: Int
  }

  let directory: String
  /// The version of Weft that wrote it.
  let version: String
  let program: Program
  /// The commitments of the cached parts, recomputed: which program, which start of memory.
  let commitments: [String: [[UInt32]]]
  let constraints: Constraints
  /// Absent where memory is not persistent, or the segments do not join.
  private(set) var memory: Memory?
  /// What bars the directory as a whole.
  private(set) var refusals: [String] = []
  private(set) var segments: [Segment] = []
  private(set) var accepted: Bool
  private(set) var unconstrained: [CheckOutput.Unconstrained] = []
  private(set) var airs = 0
  private(set) var rows = 0
  private(set) var cells = 0
  private(set) var findings = 0
  private(set) var violations: [CheckOutput.Violation] = []

  init(_ reader: ExportReader, differences: [String], trustsConstraints: Bool) {
    directory = reader.path
    version = reader.manifest.header.version
    program = Program(
      name: reader.manifest.header.program.name, sha256: reader.manifest.header.program.sha256)
    commitments = reader.manifest.commitments
    constraints = Constraints(
      areOfThisVersion: differences.isEmpty, differing: differences, areTrusted: trustsConstraints)
    accepted = true
    if !differences.isEmpty, !trustsConstraints {
      reject("\(Self.foreignConstraints): \(differences.joined(separator: ", "))")
    }
    if !reader.manifest.isComplete { reject("the directory is not complete: the run's end is missing") }
    if reader.segmentCount == 0 { reject("there are no segments") }
  }

  /// Demands that the segments are one run: that each begins where the one before has ended, with its memory.
  mutating func join(_ claims: [SegmentClaim?], _ circuit: RV32Circuit) {
    guard circuit.memory.interface == .persistent else {
      if claims.count > 1 {
        reject("\(claims.count) segments, and memory has no roots that join them")
      }
      return
    }
    do throws(SegmentChainError) {
      guard let first = claims.first else { return }
      guard let first else { throw .noClaim(segment: 0) }
      var chain = SegmentChain(
        entry: first.initialPC, initialRoot: first.initialRoot, dimensions: circuit.memory.dimensions)
      for (index, claim) in claims.enumerated() {
        guard let claim else { throw .noClaim(segment: index) }
        try chain.append(claim)
      }
      memory = Memory(initialRoot: "\(first.initialRoot)", finalRoot: "\(chain.root)")
    } catch { reject("\(error)") }
  }

  private static let foreignConstraints =
    "constraints are those of the directory, not of this version of Weft"

  private mutating func reject(_ message: String) {
    accepted = false
    findings += 1
    refusals.append(message)
    violations.append(CheckOutput.Violation(kind: "other", message: message))
  }

  mutating func add(_ manifest: SegmentManifest, _ traces: TraceSet, _ report: CheckReport) {
    let values = traces.airs.filter { !$0.publicValues.isEmpty }.map { trace in
      (
        trace.air.name,
        Dictionary(
          zip(trace.air.publicValueNames, trace.publicValues.map(\.canonical)),
          uniquingKeysWith: { first, _ in first })
      )
    }
    segments.append(
      Segment(
        accepted: report.isAccepted, instructions: manifest.run["instructions"]?.integer,
        exit: manifest.run["exit"]?.string, openness: manifest.run["openness"]?.string,
        publicValues: Dictionary(values, uniquingKeysWith: { first, _ in first }), rows: report.rowCount,
        cells: report.cellCount))
    for item in manifest.run["unconstrained"]?.elements ?? [] {
      guard let name = item["instruction"]?.string, let count = item["count"]?.integer else { continue }
      unconstrained.append(CheckOutput.Unconstrained(instruction: name, count: Int(count)))
    }
    accepted = accepted && report.isAccepted
    airs += report.airCount
    rows += report.rowCount
    cells += report.cellCount
    findings += report.violationCount
    violations += CheckOutput.violations(of: report)
  }

  /// - Parameter reports: what was found, segment by segment.
  func text(_ reports: [String], style: Style) -> String {
    let openness = CheckOutput.openness(unconstrained)
    var lines = [
      "\(style.bold(directory)): " + (unconstrained.isEmpty ? openness : style.yellow(openness))
    ]
    lines.append("program: \(program.name), SHA-256 \(program.sha256)")
    if constraints.areOfThisVersion {
      lines.append("constraints: those of this version of Weft")
    } else {
      let names = constraints.differing.joined(separator: ", ")
      lines.append(style.yellow("\(Self.foreignConstraints): \(names)"))
    }
    for (air, parts) in commitments.sorted(by: { $0.key < $1.key }) {
      for part in parts {
        let digits = part.map { String($0, radix: 16).leftPadded(to: 8, with: "0") }
        lines.append("commitment of \(air): " + digits.joined())
      }
    }
    if let memory { lines.append("memory root before: \(memory.initialRoot), after: \(memory.finalRoot)") }
    for (index, segment) in segments.enumerated() {
      let instructions = segment.instructions.flatMap { UInt64(exactly: $0) }.map(NumberText.grouped) ?? "?"
      lines.append(
        "segment \(index): \(instructions) instructions, \(segment.exit ?? "?"); \(segment.openness ?? "?")")
      let found = reports[index].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if let verdict = found.first {
        lines.append(segment.accepted ? style.green(verdict) : style.red(verdict))
      }
      lines += found.dropFirst()
    }
    lines += refusals.map { style.red("rejected: \($0)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
