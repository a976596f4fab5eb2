import Testing

@testable import WeftCommands

@Suite("weft evm statetest with files of other kinds")
struct FixtureKindTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let trie =
    #"{"a": {"in": [["A", "AAAA"], ["A", null]], "root": "0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"}}"#
  private static let frame = """
    {"push": {"env": {"currentCoinbase": "0x2adc25665018aa1fe0e6bc666dac8fc2697ff9ba", "currentGasLimit": "0x989680",
      "currentNumber": "0x1", "currentTimestamp": "0x3e8", "currentDifficulty": "0x20000"}, "pre": {},
      "exec": {"address": "0x0f572e5295c57f15886f9b263e2f6d2d6c7b5ec6",
        "caller": "0xcd1722f3947def4cf144679da39c4c32bdc35681", "origin": "0xcd1722f3947def4cf144679da39c4c32bdc35681",
        "code": "0x50", "data": "0x", "gas": "0x10", "gasPrice": "0x1", "value": "0x0"}}}
    """

  /// What a file has, the suite that it counts for, and how often it passes, fails and is skipped.
  private static let files: [(String, String, [Int])] = [
    (#"{"a": {"in": "dog", "out": "0x83646f67"}}"#, "RLPTests", [1, 0, 0]),
    (#"{"a": {"in": "dog", "out": "0x83646f68"}}"#, "RLPTests", [0, 1, 0]),
    (trie, "TrieTests", [1, 0, 0]),
    (trie.replacing("null", with: "\"B\""), "TrieTests", [0, 1, 0]),
    (#"{"a": {"seq": [1, 2], "term": false, "out": "0012"}}"#, "BasicTests", [1, 0, 0]),
    (frame, "VMTests", [1, 0, 0]),
    (frame.replacing("0x50", with: "0x00"), "VMTests", [0, 1, 0]),
    (
      #"{"a": {"txbytes": "0xc0", "result": {"Berlin": {"exception": "TransactionException.RLP_TOO_FEW_ELEMENTS"}}}}"#,
      "TransactionTests", [1, 0, 0]
    ),
    (#"{"a": {"decryption_type": "aes_ctr"}}"#, "BasicTests", [0, 0, 1]),
    (#"{"a": {"in": ["cat"], "tests": []}}"#, "BasicTests", [0, 0, 1]),
  ]

  @Test("The contents tell the kind", arguments: files.indices)
  func kinds(_ index: Int) throws {
    let (text, suite, counts) = Self.files[index]
    let path = try folder.write(Array(text.utf8), to: "file.json")
    let run = CommandLineRun(["evm", "statetest", path, "--json"])
    let report: StateTestSummary = try run.decoded()
    let group = try #require(report.groups.first)
    #expect(group.suite == suite)
    #expect([group.passed, group.failed, group.skipped] == counts, "\(report.failures.map(\.problems))")
    #expect(run.exitCode == (counts[1] == 0 ? .done : .guestFailed))
    #expect(report.skipped.reduce(0) { $0 + $1.count } == counts[2])
  }
}
