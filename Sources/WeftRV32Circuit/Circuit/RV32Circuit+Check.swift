import WeftCircuit
import WeftMemory

extension RV32Circuit {
  /// Checks the traces of a run against this circuit, the program and the start image.
  public func check(_ made: RV32Traces, checker: Checker = Checker()) throws(TraceError) -> CheckReport {
    try check(made.traces, committed: made.committed, checker: checker)
  }

  /// Checks traces that may come from anywhere: that they are traces of the AIRs of this circuit, each at most once and
  /// the required ones there, with the fixed and committed columns that they must have; then constraints and buses.
  ///
  /// - Parameter committed: the cached parts by AIR, as they were committed to before.
  public func check(
    _ traces: TraceSet, committed: [String: [Trace]], checker: Checker = Checker()
  ) throws(TraceError) -> CheckReport {
    var report = try checker.check(traces)
    report.otherFindings += try systemFindings(traces, committed)
    return report
  }

  /// What a look at single AIRs does not show. (reference/circuits.md §7, N15)
  private func systemFindings(
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
      if trace.height > Self.rowLimit {
        findings.append("AIR \(name) has \(trace.height) rows, the limit is \(Self.rowLimit)")
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
