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
    let gas: UInt64
    let instructions: UInt64
    /// Millions of gas per second.
    let mgas: Double
    let nanosecondsPerInstruction: Double
    let samples: Int
  }

  let cases: [Case]
  let machine: HostDescription
  /// Geometric means over the main cases of peer's or reference's time ÷ ours: over 1 is faster than they.
  let ratios: [String: Double]
  /// Peers that failed on a case, and how.
  let problems: [String]

  init(cases: [Case], problems: [String], mainCases: Set<String>) {
    self.cases = cases
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
    }
    self.ratios = ratios.mapValues(Statistics.geometricMean)
  }
}
