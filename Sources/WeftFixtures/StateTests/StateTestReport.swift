/// Totals of a run, by suite and fork, and everything that failed.
public struct StateTestReport: Sendable {
  public struct Counts: Sendable, Hashable {
    public var passed = 0
    public var failed = 0
    public var skipped = 0

    public init() {}

    public var total: Int { passed + failed + skipped }

    static func += (left: inout Counts, right: Counts) {
      left.passed += right.passed
      left.failed += right.failed
      left.skipped += right.skipped
    }
  }

  /// One row of the totals.
  public struct Group: Sendable, Hashable {
    public var suite: StateTestSuite
    public var fork: String
  }

  public private(set) var groups: [Group: Counts] = [:]
  public private(set) var skipReasons: [String: Int] = [:]
  public private(set) var failures: [StateTestFailure] = []
  /// Files read.
  public internal(set) var files = 0

  public init() {}

  /// All cases.
  public var counts: Counts { groups.values.reduce(into: Counts()) { $0 += $1 } }

  mutating func add(_ outcome: StateTestOutcome, suite: StateTestSuite, fork: String) {
    let group = Group(suite: suite, fork: fork)
    switch outcome {
    case .passed: groups[group, default: Counts()].passed += 1
    case .failed(let failure):
      groups[group, default: Counts()].failed += 1
      failures.append(failure)
    case .skipped(let reason):
      groups[group, default: Counts()].skipped += 1
      skipReasons[reason, default: 0] += 1
    }
  }

  /// Adds what another worker has counted.
  mutating func add(_ other: StateTestReport) {
    for (group, counts) in other.groups { groups[group, default: Counts()] += counts }
    for (reason, count) in other.skipReasons { skipReasons[reason, default: 0] += count }
    failures += other.failures
    files += other.files
  }

  /// The same order whatever the number of workers.
  mutating func sort() {
    failures.sort {
      ($0.file, $0.test, $0.fork, $0.indexes) < ($1.file, $1.test, $1.fork, $1.indexes)
    }
  }
}
