import WeftCircuit
import WeftJSON

/// A part of a run that is written as one: its traces and what is said of them.
public struct ExportSegment: Sendable {
  public let traces: TraceSet
  /// Goes into the segment's manifest as it is.
  public let run: JSONTree

  public init(traces: TraceSet, run: JSONTree) {
    self.traces = traces
    self.run = run
  }
}
