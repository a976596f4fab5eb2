/// The AIRs that belong together, and the check of traces that may come from anywhere.
public struct AIRSystem: Sendable {
  /// An AIR of a system.
  public struct Member: Sendable {
    /// Its number in keys and exports: the same whatever else is in the system.
    public let id: Int
    public let air: any AIR
    public let description: AIRDescription
    /// Whether traces without it say nothing: the ends of the execution, the program, what memory began with.
    public let isRequired: Bool

    public init(id: Int, air: any AIR, description: AIRDescription, isRequired: Bool) {
      (self.id, self.air, self.description, self.isRequired) = (id, air, description, isRequired)
    }
  }

  /// In the order of their numbers.
  public let members: [Member]
  /// Rows that an AIR may have.
  public let rowLimit: Int
  private let descriptions: [String: AIRDescription]

  public init(_ members: [Member], rowLimit: Int) {
    self.members = members
    self.rowLimit = rowLimit
    descriptions = Dictionary(
      members.map { ($0.description.name, $0.description) }, uniquingKeysWith: { first, _ in first })
  }

  /// The description of an AIR by its name.
  public func description(_ name: String) -> AIRDescription? { descriptions[name] }

  /// Checks that traces are those of the system's AIRs, each at most once and the required ones there, with the fixed and
  /// committed columns that they must have; then constraints and buses.
  ///
  /// - Parameter committed: the cached parts by AIR, as they were committed to before.
  public func check(
    _ traces: TraceSet, committed: [String: [Trace]], checker: Checker = Checker()
  ) throws(TraceError) -> CheckReport {
    var report = try checker.check(traces)
    report.otherFindings += try findings(traces, committed)
    return report
  }

  /// What a look at single AIRs does not show. (reference/circuits.md §7, N15)
  private func findings(
    _ traces: TraceSet, _ committed: [String: [Trace]]
  ) throws(TraceError) -> [String] {
    var findings: [String] = []
    var seen: Set<String> = []
    for trace in traces.airs {
      let name = trace.air.name
      guard let member = members.first(where: { $0.description.name == name }) else {
        findings.append("AIR \(name) is not part of the circuit")
        continue
      }
      if !seen.insert(name).inserted { findings.append("AIR \(name) is there twice") }
      if trace.air.encodedGraph() != member.description.encodedGraph() {
        findings.append("AIR \(name) has other constraints or interactions than the circuit's")
      }
      if trace.height > rowLimit {
        findings.append("AIR \(name) has \(trace.height) rows, the limit is \(rowLimit)")
      }
      if !member.description.preprocessedColumns.isEmpty,
        trace.preprocessed != (try member.air.preprocessedTrace())
      {
        findings.append("AIR \(name) has other fixed columns than the circuit's")
      }
      if !member.description.cachedColumns.isEmpty, trace.cached != committed[name] ?? [] {
        findings.append("AIR \(name) has other committed columns than were committed to")
      }
    }
    for member in members where member.isRequired && !seen.contains(member.description.name) {
      findings.append("AIR \(member.description.name) is required and missing")
    }
    return findings
  }
}
