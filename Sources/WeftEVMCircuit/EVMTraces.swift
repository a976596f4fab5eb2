import WeftCircuit
import WeftMachine

/// The traces of an EVM run with what they do and do not say.
public struct EVMTraces: Sendable {
  public var traces: TraceSet
  public let outcome: Outcome
  /// Accesses to memory, each of which is constrained.
  public let accessCount: Int
  /// All instructions of the run, the most frequent first: no chip explains what any of them means.
  public let unconstrained: [InstructionCount]
  /// The cached parts by AIR: the start image, of storage that the run presumes.
  public let committed: [String: [Trace]]

  init(traces: TraceSet, outcome: Outcome, accessCount: Int, unconstrained: [InstructionCount]) {
    self.traces = traces
    self.outcome = outcome
    self.accessCount = accessCount
    self.unconstrained = unconstrained
    committed = Dictionary(
      traces.airs.filter { !$0.cached.isEmpty }.map { ($0.air.name, $0.cached) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What the traces leave open, in one line for people.
  public var openness: String {
    let count = unconstrained.reduce(0) { $0 + $1.count }
    var text =
      "not fully constrained: every access to memory is, the results of all \(count) EVM instructions are advice: "
      + frequencyText(unconstrained.map { ($0.mnemonic, Int(clamping: $0.count)) })
    if case .limit = outcome.exit { text += "; the program has not ended" }
    return text
  }
}
