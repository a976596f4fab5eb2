import WeftEVM
import WeftFixtures

/// The result of `weft evm statetest` as data.
struct StateTestSummary: Codable, Equatable {
  struct Skip: Codable, Equatable {
    let reason: String
    let count: Int
  }

  /// Totals of a suite under a fork.
  struct Group: Codable, Equatable {
    let suite: String
    let fork: String
    let passed: Int
    let failed: Int
    let skipped: Int
  }

  struct Failure: Codable, Equatable {
    let file: String
    let test: String
    let fork: String
    /// "d0g0v0".
    let indexes: String
    let problems: [String]
    let differences: [String]
  }

  let passed: Int
  let failed: Int
  let skipped: [Skip]
  let seconds: Double
  let files: Int
  let groups: [Group]
  let failures: [Failure]

  init(_ report: StateTestReport, seconds: Double) {
    let counts = report.counts
    passed = counts.passed
    failed = counts.failed
    self.seconds = seconds
    files = report.files
    skipped = report.skipReasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      Skip(reason: $0.key, count: $0.value)
    }
    let suites = StateTestSuite.allCases
    groups = report.groups.sorted {
      let places = [$0.key, $1.key].map { key in
        (suites.firstIndex(of: key.suite) ?? 0, Self.place(of: key.fork), key.fork)
      }
      return places[0] < places[1]
    }.map {
      Group(
        suite: $0.key.suite.rawValue, fork: $0.key.fork, passed: $0.value.passed, failed: $0.value.failed,
        skipped: $0.value.skipped)
    }
    failures = report.failures.map {
      Failure(
        file: $0.file, test: $0.test, fork: $0.fork, indexes: $0.indexes, problems: $0.problems,
        differences: $0.differences)
    }
  }

  /// Where a fork stands in history; unknown ones last.
  private static func place(of name: String) -> Int { Fork(name: name)?.rawValue ?? .max }
}

extension StateTestSummary {
  /// Failures that are shown in full.
  private static let shownFailures = 20

  /// The result for people.
  func text(style: Style) -> String {
    var sections: [String] = []
    for failure in failures.prefix(Self.shownFailures) { sections.append(text(of: failure, style)) }
    if failures.count > Self.shownFailures {
      sections.append("and \(failures.count - Self.shownFailures) more failures\n")
    }
    var table = TextTable(nameColumns: 2, header: ["suite", "fork", "passed", "failed", "skipped"])
    for group in groups {
      table.rows.append([
        group.suite, group.fork.isEmpty ? "–" : group.fork, "\(group.passed)", "\(group.failed)",
        "\(group.skipped)",
      ])
    }
    if !groups.isEmpty { sections.append(table.text(style: style)) }
    if !skipped.isEmpty {
      sections.append(skipped.map { "skipped \($0.count): \($0.reason)\n" }.joined())
    }
    let skips = skipped.reduce(0) { $0 + $1.count }
    let verdict =
      failed == 0 ? style.green("\(passed) passed") : style.red("\(failed) failed") + ", \(passed) passed"
    sections.append(
      "\(verdict), \(skips) skipped, \(NumberText.grouped(UInt64(files))) files in \(NumberText.seconds(seconds))\n"
    )
    return sections.joined(separator: "\n")
  }

  private func text(of failure: Failure, _ style: Style) -> String {
    let title = [failure.test, failure.fork, failure.indexes].filter { !$0.isEmpty }.joined(separator: " ")
    var lines = [style.red("FAILED ") + style.bold(failure.file.filteredForTerminal)]
    if !title.isEmpty { lines.append("  \(title.filteredForTerminal)") }
    lines += failure.problems.map { "  \($0.filteredForTerminal)" }
    lines += failure.differences.prefix(60).map { "    \($0.filteredForTerminal)" }
    if failure.differences.count > 60 { lines.append("    and \(failure.differences.count - 60) more lines") }
    return lines.joined(separator: "\n") + "\n"
  }
}
