import FoundationEssentials
import WeftFixtures

/// The official Ethereum tests, where they are: `WEFT_FIXTURES`, then `../shared/fixtures` beside the package.
enum OfficialTests {
  static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// The tests' top folder, or why there is none.
  static let folder = Swift.Result { () throws(FixtureError) in
    try FixtureLocation.find(packageRoot: packageRoot)
  }

  static var isPresent: Bool { (try? folder.get()) != nil }

  /// The line that tells what was skipped.
  static var absence: String {
    FixtureLocation.absence(
      packageRoot: packageRoot, skipped: "\(suites.count + encodingSuites.count) suites of official tests")
  }

  /// What this target runs, by folder below the top.
  static let suites = [
    "eest-v5.4.0/state_tests", "legacytests/Cancun/GeneralStateTests",
    "legacytests/Constantinople/GeneralStateTests", "legacytests/Constantinople/VMTests", "evm-benchmarks",
  ]

  /// Suites of encodings, run whole.
  static let encodingSuites = ["TrieTests", "RLPTests", "TransactionTests", "BasicTests"]

  /// One file of how many is run: optimised code runs more of them. The command line tool runs them all.
  #if DEBUG
    static let stride = 40
  #else
    static let stride = 5
  #endif

  /// The files of a suite that are run: every `stride`-th in the order of names, from a place that depends on nothing.
  static func sample(_ suite: String) throws -> [String] {
    guard let folder = try folder.get() else { return [] }
    let files = try FixtureFile.files(below: ["\(folder)/\(suite)"])
    return files.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
  }
}
