/// The result of `weft bench evm` as data.
struct EVMBenchReport: Codable, Equatable {
  struct Case: Codable, Equatable {
    /// File and variant: "sha1_divs/5311".
    let name: String
    /// "transaction": validation, state, journal and execution. "call": the interpreter alone, code analysed before.
    let engine: String
    /// Median time of one.
    let value: Double
    let unit: String
    /// The same quantity of other implementations in this run.
    let peers: [String: Double]
    /// The same quantity of other implementations as it was measured elsewhere.
    let reference: [String: Double]
    /// What the reference would be on this machine: times `machineFactor`.
    var derived: [String: Double] = [:]
    let gas: UInt64
    let instructions: UInt64
    /// Millions of gas per second.
    let mgas: Double
    let nanosecondsPerInstruction: Double
    let samples: Int
  }

  /// A single operation of the EVM.
  struct Operation: Codable, Equatable {
    let name: String
    let nanoseconds: Double
    /// What it may take.
    let mark: Double?
  }

  let cases: [Case]
  let operations: [Operation]
  /// pyrevm's time in this run ÷ its time where the reference figures were measured, the geometric mean over the cases;
  /// `nil` where it did not run.
  let machineFactor: Double?
  let machine: HostDescription
  /// Geometric means over the main cases of peer's or reference's time ÷ ours: over 1 is faster than they.
  let ratios: [String: Double]
  /// Peers that failed on a case, and how.
  let problems: [String]

  init(cases measured: [Case], operations: [Operation], problems: [String], mainCases: Set<String>) {
    let factors = measured.compactMap { item -> Double? in
      guard let here = item.peers["pyrevm"], let there = EVMReferenceFigures.revmTransaction(item.name) else {
        return nil
      }
      return here / there
    }
    let factor = factors.isEmpty ? nil : Statistics.geometricMean(factors)
    machineFactor = factor
    cases = measured.map { item in
      var item = item
      if let factor { item.derived = item.reference.mapValues { $0 * factor } }
      return item
    }
    self.operations = operations
    self.problems = problems
    machine = .current()
    var ratios: [String: [Double]] = [:]
    for item in cases where mainCases.contains(item.name) {
      for (name, value) in item.peers {
        ratios["\(item.engine): \(name)", default: []].append(value / item.value)
      }
      for (name, value) in item.reference {
        ratios["\(item.engine): \(name) (reference)", default: []].append(value / item.value)
      }
      for (name, value) in item.derived {
        ratios["\(item.engine): \(name) (derived)", default: []].append(value / item.value)
      }
    }
    self.ratios = ratios.mapValues(Statistics.geometricMean)
  }
}
