import Weft

/// How a benchmark runs a guest: the mode of the run, and where a recorded run's records go.
///
/// Streamed records stay in a buffer that fits into the processor's cache: the engine's own recording speed. Kept
/// records go to fresh memory, where the system's page faults cost as much as the recording.
enum BenchmarkMode: String, Sendable, CaseIterable {
  case fast, metered, recorded
  case recordedKept = "recorded-kept"
  case log
  case logKept = "log-kept"

  var runMode: RunMode {
    switch self {
    case .fast: .fast
    case .metered: .metered
    case .recorded, .recordedKept: .recorded(.instructionRecords)
    case .log, .logKept: .recorded(.accessLog)
    }
  }

  var isStreamed: Bool { self == .recorded || self == .log }

  var keepsRecords: Bool { self == .recordedKept || self == .logKept }

  /// The kept form of a streamed mode.
  var kept: BenchmarkMode? {
    switch self {
    case .recorded: .recordedKept
    case .log: .logKept
    case .fast, .metered, .recordedKept, .logKept: nil
    }
  }
}
