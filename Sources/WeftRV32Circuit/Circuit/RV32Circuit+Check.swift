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
    try AIRSystem(members, rowLimit: Self.rowLimit).check(traces, committed: committed, checker: checker)
  }
}
