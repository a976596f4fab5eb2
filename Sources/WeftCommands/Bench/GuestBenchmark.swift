import Weft

/// Measures one guest on all engines, modes and peers, one sample of each per round, so that a change of the
/// machine's speed meets all of them.
struct GuestBenchmark {
  /// Instructions of the runs that are too slow, or record too much, for billions.
  static let prefixLength: UInt64 = 20_000_000
  /// Samples of a prefix per round: short runs vary more.
  private static let prefixPasses = 3

  /// One engine in one mode, and the samples it has given.
  private struct Series {
    let runner: EngineRunner
    /// Runs only the first `prefixLength` instructions.
    let isPrefix: Bool
    var samples: [EngineRunner.Sample] = []
    /// Of the short run.
    var bytesPerInstruction: Double?

    var spent: Double { samples.reduce(0) { $0 + $1.seconds } }
    var speed: Double { Statistics.median(samples.map { Double($0.instructions) / $0.seconds / 1e6 }) }
  }

  private struct PeerSeries {
    let peer: Peer
    var seconds: [Double] = []
    var problem: String?

    var spent: Double { seconds.reduce(0, +) }
  }

  private let guest: GuestProgram
  private let workload: GuestProgram.Workload
  /// Time that each series may take, but for the fewest samples.
  private let seconds: Double
  private var series: [Series]
  /// Fast on the prefix: what the prefix runs of other modes are compared with.
  private var baseline: Series
  private var peers: [PeerSeries]

  init(
    _ guest: GuestProgram, _ workload: GuestProgram.Workload, engines: [Engine], peers: [Peer],
    seconds: Double
  ) {
    self.guest = guest
    self.workload = workload
    self.seconds = seconds
    let main = engines.contains(.threaded) ? .threaded : engines[0]
    let modes = RunOptions.Mode.allCases.filter { $0 != .fast }
    series =
      engines.map { Series(runner: EngineRunner(engine: $0, mode: .fast), isPrefix: $0 != main) }
      + modes.map { Series(runner: EngineRunner(engine: main, mode: $0), isPrefix: true) }
    baseline = Series(runner: EngineRunner(engine: main, mode: .fast), isPrefix: true)
    self.peers = peers.map { PeerSeries(peer: $0) }
  }

  /// Checks every engine and mode on the short run: result and instruction count.
  mutating func verify() throws(CommandError) {
    var count: UInt64?
    for index in series.indices {
      let item = series[index]
      let sample = try item.runner.run(guest, guest.short, measuresRecords: true)
      if let count, count != sample.instructions {
        throw CommandError(
          .mismatch,
          "\(guest.name), \(item.runner.name): \(sample.instructions) instructions, others \(count)")
      }
      count = sample.instructions
      series[index].bytesPerInstruction = sample.recordBytes.map { Double($0) / Double(sample.instructions) }
    }
  }

  /// Takes samples until every series has its fewest or its time is used up.
  mutating func measure(onRound: (Int) throws(CommandError) -> Void) throws(CommandError) {
    var round = 0
    while try takeRound() {
      round += 1
      try onRound(round)
    }
  }

  /// False when nothing was left to measure.
  private mutating func takeRound() throws(CommandError) -> Bool {
    // Only whole runs and peers decide how long it takes; prefixes are short and go along.
    let isUnfinished =
      series.contains { !$0.isPrefix && needsMore($0.samples.count, 3, $0.spent) }
      || peers.contains { $0.problem == nil && needsMore($0.seconds.count, $0.peer.minimumSamples, $0.spent) }
    guard isUnfinished else { return false }
    for index in series.indices where !series[index].isPrefix { try takeSample(&series[index]) }
    for _ in 0..<Self.prefixPasses {
      try takeSample(&baseline)
      for index in series.indices where series[index].isPrefix { try takeSample(&series[index]) }
    }
    for index in peers.indices { takeSample(&peers[index]) }
    return true
  }

  private func needsMore(_ count: Int, _ minimum: Int, _ spent: Double) -> Bool {
    count < minimum || spent < seconds
  }

  private func takeSample(_ series: inout Series) throws(CommandError) {
    let minimum = series.isPrefix ? 3 * Self.prefixPasses : 3
    guard needsMore(series.samples.count, minimum, series.spent) else { return }
    let limit = series.isPrefix ? Self.prefixLength : nil
    let sample = try series.runner.run(guest, workload, instructionLimit: limit)
    if let first = series.samples.first, first.instructions != sample.instructions {
      throw CommandError(
        .mismatch,
        "\(guest.name), \(series.runner.name): \(sample.instructions) instructions, before \(first.instructions)"
      )
    }
    series.samples.append(sample)
  }

  private func takeSample(_ series: inout PeerSeries) {
    let isDue = needsMore(series.seconds.count, series.peer.minimumSamples, series.spent)
    guard series.problem == nil, isDue else { return }
    do {
      series.seconds.append(try series.peer.run(guest, workload))
    } catch {
      series.problem = "\(guest.name), \(series.peer.name): \(error.reason)"
    }
  }

  /// The results; the whole run's case carries the peers.
  var cases: [BenchReport.Case] {
    let base = baseline.speed
    return series.map { item in
      BenchReport.Case(
        name: guest.name, engine: item.runner.name, value: item.speed, unit: "MIPS",
        peers: item.isPrefix ? [:] : peerSpeeds(instructions: item.samples[0].instructions),
        samples: item.samples.count, instructions: item.samples[0].instructions,
        startUpSeconds: Statistics.median(item.samples.map(\.startUpSeconds)),
        ratio: item.isPrefix ? item.speed / base : nil, bytesPerInstruction: item.bytesPerInstruction)
    }
  }

  /// What failed on this guest.
  var problems: [String] { peers.compactMap(\.problem) }

  private func peerSpeeds(instructions: UInt64) -> [String: Double] {
    var speeds: [String: Double] = [:]
    for series in peers where series.problem == nil && !series.seconds.isEmpty {
      speeds[series.peer.name] = Double(instructions) / Statistics.median(series.seconds) / 1e6
    }
    return speeds
  }
}
