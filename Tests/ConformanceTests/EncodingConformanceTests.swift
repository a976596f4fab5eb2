import Testing
import WeftEVM
import WeftFixtures

@Suite("Official tests of tries, RLP and transactions", .enabled(if: OfficialTests.isPresent))
struct EncodingConformanceTests {
  private func folder() throws -> String { try #require(try OfficialTests.folder.get()) + "/ethereum-tests" }

  @Test(
    "Roots of tries are those of the tests",
    arguments: [
      "trietest", "trieanyorder", "trietest_secureTrie", "trieanyorder_secureTrie",
      "hex_encoded_securetrie_test",
    ])
  func tries(name: String) throws {
    let tests = try TrieTest.tests("\(try folder())/TrieTests/\(name).json")
    #expect(!tests.isEmpty)
    for test in tests {
      for problem in test.problems(isSecure: name.lowercased().contains("secure")) {
        Issue.record("\(problem)")
      }
    }
  }

  @Test("RLP is encoded, decoded and refused as in the tests")
  func rlp() throws {
    let files = try FixtureFile.files(below: ["\(try folder())/RLPTests"])
    let tests = try files.flatMap { try RLPTest.tests($0) }
    #expect(tests.count == 55)
    for problem in tests.compactMap(\.problem) { Issue.record("\(problem)") }
  }

  @Test("Transactions are read, named and refused under every fork as in the tests")
  func transactions() throws {
    let files = try FixtureFile.files(below: ["\(try folder())/TransactionTests"])
    var valid = 0
    var invalid = 0
    for test in try files.flatMap({ try TransactionTest.tests($0) }) {
      for (fork, expectation) in test.expectations {
        if case .valid = expectation { valid += 1 } else { invalid += 1 }
        if let problem = test.problem(fork, expectation) { Issue.record("\(problem)") }
      }
    }
    #expect(valid == 606 && invalid == 2059)
  }

  @Test("Signers, encoded transactions and paths in tries are those of the basic tests")
  func basics() throws {
    let folder = "\(try folder())/BasicTests"
    let keys = try KeyAddressTest.tests("\(folder)/keyaddrtest.json")
    #expect(keys.count == 2)
    let senders = Dictionary(keys.map { ($0.key, $0.address) }, uniquingKeysWith: { $1 })
    let transactions = try EncodedTransactionTest.tests("\(folder)/txtest.json")
    #expect(transactions.count == 2)
    for problem in transactions.compactMap({ $0.problem(senders) }) { Issue.record("\(problem)") }
    let paths = try HexPrefixTest.tests("\(folder)/hexencodetest.json")
    #expect(paths.count == 12)
    for test in paths {
      #expect(HexPrefix.bytes(test.nibbles, isLeaf: test.isLeaf) == test.encoding, "\(test.name)")
    }
  }
}
