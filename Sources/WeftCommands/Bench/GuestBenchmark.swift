import Weft

/// Measures one guest on all engines, modes and peers, one sample of each per round, so that a change of the
/// machine's speed meets all of them.
struct GuestBenchmark {
  /// How much of the workload a series runs, from its beginning.
  enum Part: Hashable {
    /// All of it, billions of instructions.
    case whole
    /// For metered and streamed modes: three ticks an instruction stay below the clock's end at 2^29.
    case long
    /// For the reference engine, which is slow, and kept records, which fill memory.
    case short

    /// Where the run ends.
    var instructionLimit: UInt64? {
      switch self {
      case .whole: nil
      case .long: 100_000_000
      case .short: 20_000_000
      }
    }

    /// Samples per round: short runs vary more.
    fileprivate var passes: Int { self == .short ? 3 : 1 }
  }

  /// One engine in one mode, and the samples it has given.
  private struct Series {
    let runner: EngineRunner
    let part: Part
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
  /// Fast on a part of the workload: what other modes and engines on the same part are compared with.
  private var baselines: [Series]
  private var peers: [PeerSeries]

  init(
    _ guest: GuestProgram, _ workload: GuestProgram.Workload, engines: [Engine], peers: [Peer],
    seconds: Double
  ) {
    self.guest = guest
    self.workload = workload
    self.seconds = seconds
    let main = engines.contains(.threaded) ? .threaded : engines[0]
    series =
      engines.map {
        Series(runner: EngineRunner(engine: $0, mode: .fast), part: $0 == main ? .whole : .short)
      }
      + BenchmarkMode.allCases.filter { $0 != .fast }.map {
        Series(runner: EngineRunner(engine: main, mode: $0), part: $0.keepsRecords ? .short : .long)
      }
    baselines = [.long, .short].map {
      Series(runner: EngineRunner(engine: main, mode: .fast), part: $0)
    }
    self.peers = peers.map { PeerSeries(peer: $0) }
  }

  /// Checks every engine and mode on the guest's short run: result and instruction count, and that as much was
  /// streamed as is kept otherwise.
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
    for item in series {
      guard let bytes = item.bytesPerInstruction, let form = item.runner.mode.kept else { continue }
      let kept = series.first { $0.runner.mode == form }?.bytesPerInstruction
      guard kept == bytes else {
        throw CommandError(
          .mismatch,
          "\(guest.name), \(item.runner.name): \(bytes) bytes an instruction, kept \(kept ?? 0)")
      }
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
    // Only whole runs and peers decide how long it takes; parts are short and go along.
    let isUnfinished =
      series.contains { $0.part == .whole && needsMore($0.samples.count, 3, $0.spent) }
      || peers.contains { $0.problem == nil && needsMore($0.seconds.count, $0.peer.minimumSamples, $0.spent) }
    guard isUnfinished else { return false }
    for part in [Part.whole, .long, .short] {
      for _ in 0..<part.passes {
        for index in baselines.indices where baselines[index].part == part {
          try takeSample(&baselines[index])
        }
        for index in series.indices where series[index].part == part { try takeSample(&series[index]) }
      }
    }
    for index in peers.indices { takeSample(&peers[index]) }
    return true
  }

  private func needsMore(_ count: Int, _ minimum: Int, _ spent: Double) -> Bool {
    count < minimum || spent < seconds
  }

  private func takeSample(_ series: inout Series) throws(CommandError) {
    guard needsMore(series.samples.count, 3 * series.part.passes, series.spent) else { return }
    let sample = try series.runner.run(
      guest, workload, instructionLimit: series.part.instructionLimit)
    if let first = series.samples.first, first.instructions != sample.instructions {
      throw CommandError(
        .mismatch,
        "\(guest.name), \(series.runner.name): \(sample.instructions) instructions, before \(first.instructions)"
      )
    }
    if let first = series.samples.first, first.checksum != sample.checksum {
      throw CommandError(.mismatch, "\(guest.name), \(series.runner.name): other records than before")
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
    series.map { item in
      BenchReport.Case(
        name: guest.name, engine: item.runner.name, value: item.speed, unit: "MIPS",
        peers: item.part == .whole ? peerSpeeds(instructions: item.samples[0].instructions) : [:],
        samples: item.samples.count, instructions: item.samples[0].instructions,
        startUpSeconds: Statistics.median(item.samples.map(\.startUpSeconds)),
        ratio: baselines.first { $0.part == item.part }.map { item.speed / $0.speed },
        bytesPerInstruction: item.bytesPerInstruction)
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
