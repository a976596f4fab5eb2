import Weft

/// The result of a check as data: what `weft check --json` prints.
struct CheckOutput: Codable, Equatable {
  struct Unconstrained: Codable, Equatable {
    let instruction: String
    let count: Int
  }

  /// A constraint that fails in a row, a count that is none, a message that is left over, or something else; fields
  /// that a kind does not have are absent.
  struct Violation: Codable, Equatable {
    struct Contributor: Codable, Equatable {
      let air: String
      let row: Int
      let interaction: String
      let location: String
      let count: Int64
    }

    struct NearMiss: Codable, Equatable {
      let field: String
      let value: UInt32
      let total: Int64
      let contributor: Contributor?
    }

    /// "constraint", "count", "bus" or "other".
    let kind: String
    var message: String?
    var air: String?
    var row: Int?
    /// The label of the constraint or the interaction.
    var label: String?
    /// File and line of the source.
    var location: String?
    var formula: String?
    var value: UInt32?
    /// Columns by name; `'` marks the next row.
    var cells: [String: UInt32]?
    var count: Int64?
    var bus: String?
    var fields: [Field]?
    var total: Int64?
    var isNotInTable: Bool?
    var contributors: [Contributor]?
    var nearMisses: [NearMiss]?

    struct Field: Codable, Equatable {
      let name: String
      let value: UInt32
    }
  }

  struct PublicValues: Codable, Equatable {
    /// Addresses; the traces have their distances from the start of memory.
    let initialPC: UInt32
    let finalPC: UInt32
    let isTerminate: Bool
    let exitCode: UInt32
  }

  /// What is not constrained, in a sentence, where no traces say it themselves.
  static func openness(_ unconstrained: [Unconstrained]) -> String {
    unconstrained.isEmpty
      ? "every instruction is constrained"
      : "not fully constrained: " + frequencyText(unconstrained.map { ($0.instruction, $0.count) })
  }

  let program: String
  let exit: RunReport.Exit
  let accepted: Bool
  /// What is not constrained, as a sentence.
  let openness: String
  /// Instructions whose accesses are constrained and whose meaning is not, the most frequent first.
  let unconstrained: [Unconstrained]
  let hintWords: Int
  let instructions: UInt64
  /// Absent for EVM code.
  let publicValues: PublicValues?
  let airs: Int
  let rows: Int
  let cells: Int
  /// All findings; `violations` describes the first ones.
  let findings: Int
  let violations: [Violation]

  init(_ run: TracedOutcome, _ result: CheckReport) {
    program = run.path
    exit = RunReport.Exit(run.outcome.exit)
    accepted = result.isAccepted
    openness = run.made.openness
    unconstrained = run.made.unconstrained
    hintWords = run.made.hintWordCount
    instructions = run.outcome.instructions
    publicValues = run.made.publicValues
    airs = result.airCount
    rows = result.rowCount
    cells = result.cellCount
    findings = result.violationCount
    violations = Self.violations(of: result)
  }

  static func violations(of result: CheckReport) -> [Violation] {
    let others = result.otherFindings.map { Violation(kind: "other", message: $0) }
    let constraints = result.constraintViolations.map { item in
      Violation(
        kind: "constraint", air: item.air, row: item.row, label: item.label, location: "\(item.location)",
        formula: item.formula, value: item.value,
        cells: Dictionary(item.cells.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
    let counts = result.countViolations.map { item in
      Violation(
        kind: "count", air: item.air, row: item.row, label: item.interaction, location: "\(item.location)",
        count: item.count)
    }
    let buses = result.busViolations.map { item in
      Violation(
        kind: "bus", bus: item.bus,
        fields: item.fields.map { Violation.Field(name: $0.name, value: $0.value) }, total: item.total,
        isNotInTable: item.isNotInTable, contributors: item.contributors.map(Violation.Contributor.init),
        nearMisses: item.nearMisses.map { miss in
          Violation.NearMiss(
            field: miss.field, value: miss.value, total: miss.total,
            contributor: miss.contributor.map(Violation.Contributor.init))
        })
    }
    return others + constraints + counts + buses
  }
}

extension CheckOutput.Violation.Contributor {
  init(_ contributor: BusViolation.Contributor) {
    self.init(
      air: contributor.air, row: contributor.row, interaction: contributor.interaction,
      location: "\(contributor.location)", count: contributor.count)
  }
}

extension CheckOutput.PublicValues {
  init(_ made: RV32Traces) {
    let record = made.connector
    self.init(
      initialPC: made.addressBase &+ record.initialPC, finalPC: made.addressBase &+ record.finalPC,
      isTerminate: record.end != .stopped,
      exitCode: record.exitCode ?? 0)
  }
}
