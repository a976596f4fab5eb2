/// What the conformance kit found.
public struct ConformanceReport: Sendable, Hashable {
  /// One kind of check.
  public struct Check: Sendable, Hashable {
    public var name: String
    /// How many cases were tried.
    public var cases: Int
    /// What went wrong, one line each; the first few of many.
    public var problems: [String]
  }

  public var checks: [Check]

  /// Whether nothing went wrong.
  public var isAccepted: Bool { checks.allSatisfy { $0.problems.isEmpty } }

  /// All problems, with the check that found them.
  public var problems: [String] {
    checks.flatMap { check in check.problems.map { "\(check.name): \($0)" } }
  }
}
