import Glibc
import Synchronization
import WeftEVM

/// Runs files of the official tests on several threads, each with an EVM of its own, and counts: state tests, and by
/// their kind tests of single frames, transactions, tries and encodings that lie among them.
///
/// A file is the unit of work; slow ones are shared by all threads, case by case. The report does not depend on the number
/// of threads.
public struct StateTestDriver: Sendable {
  public struct Options: Sendable {
    /// Only the cases of these forks; empty for all.
    public var forks: Set<Fork> = []
    /// Threads.
    public var jobs = 1
    /// Runs the slow tests as well.
    public var includesSlow = false
    /// Only tests whose name or file name contains this text.
    public var filter: String?
    /// Takes the lines of a trace (EIP-3155), each with its end; `nil` for no trace.
    public var trace: (@Sendable (String) -> Void)?

    public init() {}
  }

  /// How far a run is.
  public struct Progress: Sendable {
    public var files: Int
    public var totalFiles: Int
    public var cases: Int
    public var failures: Int
  }

  public var options: Options

  public init(options: Options = Options()) { self.options = options }

  /// Runs all tests of some files.
  ///
  /// - Parameter progress: called about ten times a second, on the caller's thread.
  public func run(
    _ files: [String], progress: (Progress) -> Void = { _ in }
  ) -> StateTestReport {
    let parts = parts(of: files)
    let work = Work(parts, fileCount: files.count, options: options)
    let count = max(1, min(options.jobs, parts.count))
    var threads: [pthread_t] = []
    for _ in 1..<max(2, count) where count > 1 {
      var thread = pthread_t()
      let context = Unmanaged.passRetained(work)
      let status = pthread_create(
        &thread, nil,
        { context in
          guard let context else { return nil }
          Unmanaged<Work>.fromOpaque(context).takeRetainedValue().run()
          return nil
        }, context.toOpaque())
      if status == 0 { threads.append(thread) } else { context.release() }
    }
    work.run { progress(work.progress) }
    for thread in threads { pthread_join(thread, nil) }
    progress(work.progress)
    return work.finish()
  }

  /// What is done as one. Slow files first, then large ones: a thread that gets one last would leave the others waiting.
  private func parts(of files: [String]) -> [FilePart] {
    let sized = files.map { path in
      (path: path, size: Self.size(of: path), isSlow: options.includesSlow && SlowTests.contains(path: path))
    }
    let sorted = sized.sorted {
      ($0.isSlow ? 1 : 0, $0.size, $1.path) > ($1.isSlow ? 1 : 0, $1.size, $0.path)
    }
    return sorted.flatMap { file in
      let count = file.isSlow ? max(1, options.jobs) : 1
      return (0..<count).map { FilePart(path: file.path, index: $0, count: count) }
    }
  }

  private static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }
}

/// Every `count`-th case of a file, from case `index` on.
private struct FilePart: Sendable {
  var path: String
  var index: Int
  var count: Int
}

/// What the threads of a run share.
private final class Work: Sendable {
  private let parts: [FilePart]
  private let fileCount: Int
  private let options: StateTestDriver.Options
  private let next = Atomic<Int>(0)
  private let finished = Atomic<Int>(0)
  private let cases = Atomic<Int>(0)
  private let failures = Atomic<Int>(0)
  private let report = Mutex(StateTestReport())

  init(_ parts: [FilePart], fileCount: Int, options: StateTestDriver.Options) {
    self.parts = parts
    self.fileCount = fileCount
    self.options = options
  }

  var progress: StateTestDriver.Progress {
    StateTestDriver.Progress(
      files: finished.load(ordering: .relaxed), totalFiles: fileCount,
      cases: cases.load(ordering: .relaxed),
      failures: failures.load(ordering: .relaxed))
  }

  func finish() -> StateTestReport {
    report.withLock { report in
      report.sort()
      return report
    }
  }

  /// Takes parts of files until none is left.
  func run(afterFile: () -> Void = {}) {
    var own = StateTestReport()
    var runner = StateTestRunner()
    runner.trace = options.trace
    let others = FixtureRunner(trace: options.trace)
    var shown = ContinuousClock.now
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < parts.count else { break }
      run(parts[index], with: &runner, others, into: &own)
      if parts[index].index == 0 { finished.wrappingAdd(1, ordering: .relaxed) }
      let now = ContinuousClock.now
      if now - shown > .milliseconds(100) {
        shown = now
        afterFile()
      }
    }
    report.withLock { $0.add(own) }
  }

  private func run(
    _ part: FilePart, with runner: inout StateTestRunner, _ others: FixtureRunner,
    into report: inout StateTestReport
  ) {
    let path = part.path
    if part.index == 0 { report.files += 1 }
    var kind = FixtureKind.stateTests
    do throws(FixtureError) {
      let document = try FixtureFile.document(path)
      kind = FixtureKind(document.root)
      if kind == .stateTests {
        try run(part, of: try StateTestFile(path: path, document), with: &runner, into: &report)
      } else if part.index == 0 {
        try run(path, kind, others, into: &report)
      }
    } catch {
      guard part.index == 0 else { return }
      let failure = StateTestFailure(file: path, problems: [error.reason])
      let suite = kind.suite ?? StateTestSuite(path: path)
      add(.failed(failure), suite: suite, fork: "unreadable", to: &report)
    }
  }

  private func run(
    _ part: FilePart, of file: StateTestFile, with runner: inout StateTestRunner,
    into report: inout StateTestReport
  ) throws(FixtureError) {
    var number = 0
    let isSlow = !options.includesSlow && SlowTests.contains(path: file.path)
    try file.forEachTest { test throws(FixtureError) in
      guard isChosen(test.name, in: file.path) else { return }
      for group in test.groups where isChosen(group.fork) {
        for item in group.cases {
          number += 1
          guard (number - 1) % part.count == part.index else { continue }
          let outcome: StateTestOutcome
          if isSlow {
            outcome = .skipped(reason: SlowTests.skipReason)
          } else if let fork = group.fork {
            outcome = runner.run(item, of: test, fork: fork, forkName: group.forkName, file: file)
          } else {
            outcome = .skipped(reason: "unknown fork \(group.forkName)")
          }
          add(outcome, suite: file.suite, fork: group.forkName, to: &report)
        }
      }
    }
  }

  /// Tests of another kind.
  private func run(
    _ path: String, _ kind: FixtureKind, _ others: FixtureRunner, into report: inout StateTestReport
  ) throws(FixtureError) {
    let suite = kind.suite ?? .other
    if case .other(let reason) = kind {
      if options.forks.isEmpty, isChosen("", in: path) {
        add(.skipped(reason: reason), suite: suite, fork: "", to: &report)
      }
      return
    }
    for item in try kind.cases(path, others) {
      guard isChosen(item.name, in: path), isChosen(Fork(name: item.forkName)) else { continue }
      let problems = item.problems()
      let failure = StateTestFailure(file: path, test: item.name, fork: item.forkName, problems: problems)
      add(problems.isEmpty ? .passed : .failed(failure), suite: suite, fork: item.forkName, to: &report)
    }
  }

  private func isChosen(_ fork: Fork?) -> Bool {
    options.forks.isEmpty || fork.map { options.forks.contains($0) } == true
  }

  private func isChosen(_ name: String, in path: String) -> Bool {
    options.filter.map { name.contains($0) || path.contains($0) } ?? true
  }

  private func add(
    _ outcome: StateTestOutcome, suite: StateTestSuite, fork: String, to report: inout StateTestReport
  ) {
    report.add(outcome, suite: suite, fork: fork)
    cases.wrappingAdd(1, ordering: .relaxed)
    if case .failed = outcome { failures.wrappingAdd(1, ordering: .relaxed) }
  }
}
