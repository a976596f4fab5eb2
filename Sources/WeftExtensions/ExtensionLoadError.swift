/// Why an extension could not be brought in: every problem that was found, not just the first.
public struct ExtensionLoadError: Error, Sendable, Hashable {
  /// The file as it was named.
  public var path: String
  /// One line each.
  public var problems: [String]

  public init(path: String, problems: [String]) {
    self.path = path
    self.problems = problems
  }
}

extension ExtensionLoadError: CustomStringConvertible {
  public var description: String {
    problems.count == 1
      ? "\(path): \(problems[0])"
      : "\(path): \(problems.count) problems" + problems.map { "\n  \($0)" }.joined()
  }
}
