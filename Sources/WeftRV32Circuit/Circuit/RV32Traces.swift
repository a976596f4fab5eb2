import WeftCircuit
import WeftField
import WeftMachine
import WeftMemoryCircuit

/// Persistent memory before and after a run.
public struct PersistentEnds: Sendable {
  public var initialTree: MemoryMerkleTree
  /// The tree that the next segment begins with.
  public var finalTree: MemoryMerkleTree
  /// What the public values are at the end, provable from the final root; nil without public values.
  public var publicValues: UserPublicValuesProof?

  public var initialRoot: Digest { initialTree.root.digest }
  public var finalRoot: Digest { finalTree.root.digest }
}

/// The traces of a run with what they do and do not say.
public struct RV32Traces: Sendable {
  /// Instructions that no chip explains.
  public struct Unconstrained: Hashable, Sendable {
    /// The mnemonic; for an environment call `ecall` and the name of the call; `trap` for an instruction that did not
    /// retire, in place of which the trap handler began.
    public var instruction: String
    public var count: Int
  }

  public var traces: TraceSet
  /// The program, with second lines for what the host emulated.
  public let program: CircuitProgram
  /// How the run began and ended; its program counters are distances from `addressBase`.
  public let connector: ConnectorRecord
  /// Where the circuit's addresses begin.
  public let addressBase: UInt32
  /// Instructions that retired.
  public let instructionCount: Int
  /// Instructions of another set that instructions of extensions carried out, such as those of EVM contracts.
  public let nestedInstructionCount: Int
  /// Instructions whose accesses are constrained and whose meaning is not, and traps, the most frequent first.
  public let unconstrained: [Unconstrained]
  /// Words that the host chose freely, bytes: hints that the program asked for.
  public let hintWordCount: Int
  /// How persistent memory began and ended; nil for memory of another kind.
  public let memory: PersistentEnds?
  /// The cached parts by AIR: the program and its start image, which are committed to before any run.
  public let committed: [String: [Trace]]

  /// The name of traps among what is not constrained.
  static let trap = "trap"

  /// Whether every instruction's meaning is constrained, and no trap was taken.
  public var isFullyConstrained: Bool { unconstrained.isEmpty }

  /// What the traces leave open, in one line for people.
  public var openness: String {
    var parts: [String] = []
    if unconstrained.isEmpty {
      parts.append("every instruction is constrained")
    } else {
      let instructions = unconstrained.filter { $0.instruction != Self.trap }
      let count = instructions.reduce(0) { $0 + $1.count }
      let traps = unconstrained.reduce(0) { $0 + $1.count } - count
      var open: [String] = []
      if count > 0 {
        open.append(
          "the results of \(count) of \(instructionCount + nestedInstructionCount) instructions are advice: "
            + frequencyText(instructions.map { ($0.instruction, $0.count) }))
      }
      if traps > 0 { open.append("\(traps) entries of the trap handler are advice") }
      parts.append("not fully constrained: " + open.joined(separator: "; "))
    }
    if hintWordCount > 0 { parts.append("\(hintWordCount) words of hints are advice") }
    if connector.end == .stopped { parts.append("the program has not ended") }
    return parts.joined(separator: "; ")
  }
}
