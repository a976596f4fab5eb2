/// The result of `weft bench memory` as data.
struct MemoryBenchReport: Codable, Equatable {
  struct Case: Codable, Equatable {
    /// The row.
    let name: String
    /// The memory.
    let engine: String
    /// The lowest of the runs' medians.
    let value: Double
    let unit: String
    /// The same quantity of the C baseline.
    let peers: [String: Double]
    let form: MemoryVariant.Form
    /// Value ÷ the baseline's.
    let ratio: Double
    /// The largest ratio that is accepted; null where none is set.
    let bar: Double?
    let isWithinBar: Bool?
    let samples: Int
    /// Iterations of one sample.
    let iterations: Int
  }

  let cases: [Case]
  let machine: HostDescription
  /// Rows with a bar, and how many of them are within it.
  let bars: Bars

  struct Bars: Codable, Equatable {
    let met: Int
    let missed: [String]
  }

  init(_ results: [MemoryBenchmark.Result]) {
    cases = results.flatMap { result in
      MemoryVariant.Kind.allCases.compactMap { kind -> Case? in
        guard kind != .baseline, let value = result.nanoseconds[kind],
          let baseline = result.nanoseconds[.baseline], let ratio = result.ratio(of: kind)
        else { return nil }
        let isSubject = kind == .memory
        return Case(
          name: result.row.name, engine: kind.rawValue, value: value, unit: "ns", peers: ["C": baseline],
          form: result.row.form, ratio: ratio, bar: isSubject ? result.row.bar : nil,
          isWithinBar: isSubject ? result.isWithinBar : nil, samples: result.samples,
          iterations: result.iterations)
      }
    }
    machine = .current()
    bars = Bars(
      met: results.count { $0.isWithinBar == true },
      missed: results.filter { $0.isWithinBar == false }.map(\.row.name))
  }
}
