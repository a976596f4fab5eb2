/// The result of a benchmark as data: what `weft bench --json` prints.
struct BenchReport: Codable, Equatable {
  struct Case: Codable, Equatable {
    /// The guest.
    let name: String
    /// Engine, and the mode where it is not fast.
    let engine: String
    /// Median over the samples.
    let value: Double
    let unit: String
    /// The same quantity of other emulators on the same guest, by name.
    let peers: [String: Double]
    let samples: Int
    /// Instructions of one sample.
    let instructions: UInt64
    /// Median time from opening the file to the first instruction.
    let startUpSeconds: Double
    /// Speed relative to the threaded engine's fast mode on the same instructions.
    let ratio: Double?
    let bytesPerInstruction: Double?
  }

  let cases: [Case]
  let machine: HostDescription
  /// Per peer, the geometric mean over the guests of threaded speed ÷ peer's speed.
  let ratios: [String: Double]
  /// Peers that failed on a guest, and how.
  let problems: [String]

  init(cases: [Case], problems: [String]) {
    self.cases = cases
    self.problems = problems
    machine = .current()
    let names = Set(cases.flatMap(\.peers.keys))
    ratios = Dictionary(
      uniqueKeysWithValues: names.map { name in
        let ratios = cases.compactMap { item in item.peers[name].map { item.value / $0 } }
        return (name, Statistics.geometricMean(ratios))
      })
  }
}
