import Weft

/// The traces of a run of either instruction set, with the circuit that they belong to.
enum MadeTraces {
  case rv32(RV32Circuit, RV32Traces)
  case evm(EVMCircuit, EVMTraces)

  var traces: TraceSet {
    switch self {
    case .rv32(_, let made): made.traces
    case .evm(_, let made): made.traces
    }
  }

  /// What the traces leave open, in one line.
  var openness: String {
    switch self {
    case .rv32(_, let made): made.openness
    case .evm(_, let made): made.openness
    }
  }

  var isFullyConstrained: Bool {
    switch self {
    case .rv32(_, let made): made.isFullyConstrained
    case .evm(_, let made): made.unconstrained.isEmpty
    }
  }

  /// Instructions whose meaning is not constrained, the most frequent first.
  var unconstrained: [CheckOutput.Unconstrained] {
    switch self {
    case .rv32(_, let made):
      made.unconstrained.map { CheckOutput.Unconstrained(instruction: $0.instruction, count: $0.count) }
    case .evm(_, let made):
      made.unconstrained.map {
        CheckOutput.Unconstrained(instruction: $0.mnemonic, count: Int(clamping: $0.count))
      }
    }
  }

  /// Words that the host chose freely.
  var hintWordCount: Int {
    switch self {
    case .rv32(_, let made): made.hintWordCount
    case .evm: 0
    }
  }

  /// What an RV32 run says of itself; `nil` for EVM runs.
  var publicValues: CheckOutput.PublicValues? {
    switch self {
    case .rv32(_, let made): CheckOutput.PublicValues(made)
    case .evm: nil
    }
  }

  func check(_ checker: Checker) throws(TraceError) -> CheckReport {
    switch self {
    case .rv32(let circuit, let made): try circuit.check(made, checker: checker)
    case .evm(let circuit, let made): try circuit.check(made, checker: checker)
    }
  }
}
