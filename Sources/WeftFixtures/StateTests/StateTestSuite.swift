import Glibc

/// Which collection a file belongs to. Those of state tests differ in what invalid transactions leave behind.
public enum StateTestSuite: String, Sendable, Hashable, CaseIterable {
  /// Tests of ethereum/execution-spec-tests.
  case specification = "EEST"
  /// `legacytests/Cancun`.
  case legacyCancun = "legacy Cancun"
  /// `legacytests/Constantinople`.
  case legacyConstantinople = "legacy Constantinople"
  /// evm-benchmarks.
  case benchmarks = "benchmarks"
  /// Any other file of state tests; judged as the newest tests are.
  case other = "other"
  case virtualMachine = "VMTests"
  case transactions = "TransactionTests"
  case tries = "TrieTests"
  case encoding = "RLPTests"
  case basics = "BasicTests"

  /// The suite of a file of state tests by the folders it is in.
  public init(path: String) {
    let whole = realpath(path, nil)
    defer { free(whole) }
    let folders = (whole.map { String(cString: $0) } ?? path).split(separator: "/")
    if let index = folders.firstIndex(of: "legacytests") {
      switch folders[index...].dropFirst().first {
      case "Cancun": self = .legacyCancun
      case "Constantinople": self = .legacyConstantinople
      default: self = .other
      }
    } else if folders.contains(where: { $0.hasPrefix("eest") }) {
      self = .specification
    } else if folders.contains("evm-benchmarks") {
      self = .benchmarks
    } else {
      self = .other
    }
  }

  /// Whether an invalid transaction leaves the block's coinbase behind as an empty account, on forks before
  /// Spurious Dragon: the tool that filled these tests paid a block reward of 0.
  var invalidTransactionCreatesCoinbase: Bool { self == .legacyCancun }
}
