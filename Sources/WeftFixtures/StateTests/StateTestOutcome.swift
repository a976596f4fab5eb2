import WeftEVM

/// What became of one case.
public enum StateTestOutcome: Sendable {
  case passed
  case failed(StateTestFailure)
  /// The case was not judged.
  case skipped(reason: String)
}

/// What a case was and what was wrong, for people.
public struct StateTestFailure: Sendable, Hashable {
  public var file: String
  public var test: String
  public var fork: String
  /// "d0g0v0"; empty where the file itself is at fault.
  public var indexes: String
  /// One line for each thing that differs.
  public var problems: [String]
  /// The post-state account by account, where the test has the expected one.
  public var differences: [String]

  public init(
    file: String, test: String = "", fork: String = "", indexes: String = "", problems: [String],
    differences: [String] = []
  ) {
    self.file = file
    self.test = test
    self.fork = fork
    self.indexes = indexes
    self.problems = problems
    self.differences = differences
  }
}
