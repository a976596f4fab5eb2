import WeftEVM

/// A case of an official test that is not a state test.
struct FixtureCase {
  var name: String
  /// The fork's name; empty where forks have nothing to do with it.
  var forkName = ""
  /// What is wrong, nothing where everything is as expected.
  var problems: () -> [String]
}

extension FixtureKind {
  /// The cases of a file of this kind; none of a file of state tests, or of one that tests nothing.
  func cases(_ path: String, _ runner: FixtureRunner) throws(FixtureError) -> [FixtureCase] {
    switch self {
    case .stateTests, .other: []
    case .vmTests:
      try VMTest.tests(path: path).map { test in
        FixtureCase(name: test.name, forkName: Fork.frontier.testName) { runner.problems(of: test) }
      }
    case .transactionTests:
      try TransactionTest.tests(path).flatMap { test in
        test.expectations.map { fork, expectation in
          FixtureCase(name: test.name, forkName: fork) { test.problem(fork, expectation).map { [$0] } ?? [] }
        }
      }
    case .trieTests:
      try TrieTest.tests(path).map { test in
        // The file's name tells whether keys are hashed.
        let isSecure = path.split(separator: "/").last?.lowercased().contains("secure") ?? false
        return FixtureCase(name: test.name) { test.problems(isSecure: isSecure) }
      }
    case .rlpTests:
      try RLPTest.tests(path).map { test in FixtureCase(name: test.name) { test.problem.map { [$0] } ?? [] } }
    case .hexPrefixTests:
      try HexPrefixTest.tests(path).map { test in
        FixtureCase(name: test.name) {
          HexPrefix.bytes(test.nibbles, isLeaf: test.isLeaf) == test.encoding ? [] : ["encoded differently"]
        }
      }
    case .encodedTransactions:
      try Self.encodedTransactions(path)
    }
  }

  /// Their senders are in a file beside them.
  private static func encodedTransactions(_ path: String) throws(FixtureError) -> [FixtureCase] {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    let keys = try KeyAddressTest.tests(folder.isEmpty ? "keyaddrtest.json" : "\(folder)/keyaddrtest.json")
    let senders = Dictionary(keys.map { ($0.key, $0.address) }, uniquingKeysWith: { $1 })
    return try EncodedTransactionTest.tests(path).enumerated().map { index, test in
      FixtureCase(name: "\(index)") { test.problem(senders).map { [$0] } ?? [] }
    }
  }
}

/// What runs single frames: one for each thread.
final class FixtureRunner {
  private var vmTests = VMTestRunner()

  init(trace: (@Sendable (String) -> Void)?) { vmTests.trace = trace }

  func problems(of test: VMTest) -> [String] { vmTests.problems(of: test) }
}
