import FoundationEssentials
import Testing
import WeftEVM
import WeftJSON

@testable import WeftFixtures

@Suite("State transitions")
struct TransitionTests {
  private static let vectors = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Vectors/transitions.jsonl")

  private static func lines() throws -> [JSONDocument] {
    try String(contentsOf: vectors, encoding: .utf8).split(separator: "\n").map {
      try JSONDocument(Array($0.utf8))
    }
  }

  private static func transition(_ root: JSONValue) throws -> Transition {
    let fork = try #require(Fork(name: root["fork"]?.string ?? ""))
    return try Transition(
      accounts: FixtureAccount.accounts(root.required("alloc")),
      environment: TransitionEnvironment(root.required("env")), transactions: root.required("txs"),
      options: Transition.Options(fork: fork))
  }

  /// An object as Foundation sees it, so that the order of members does not matter.
  private static func object(_ value: some Encodable) throws -> JSONDocument {
    try JSONDocument(Array(JSONEncoder().encode(value)))
  }

  @Test("Random blocks give what the executable specification gave")
  func vectors() throws {
    var transactions = 0
    var refused = 0
    var invalid = 0
    for line in try Self.lines() {
      let root = line.root
      let seed = root["seed"]?.integer(as: Int.self) ?? -1
      let result = try Self.transition(root).run()
      let expected = try root.required("expected").required("result")
      if expected["blockException"] != nil {
        #expect(result.blockException != nil, "seed \(seed)")
        invalid += 1
        continue
      }
      #expect(result.blockException == nil, "seed \(seed)")
      let actual = try Self.object(result).root
      let indices = try expected.required("rejected").elements.map {
        $0["index"]?.integer(as: Int.self) ?? -1
      }
      #expect(result.rejected.map(\.index) == indices.sorted(), "seed \(seed)")
      transactions += result.transactions.count
      refused += indices.count
      for (key, value) in expected.members {
        let name = key.string ?? ""
        // The specification's tool numbers refused transactions as well, and has them in the roots.
        if name == "rejected" || !indices.isEmpty && ["txRoot", "receiptsRoot"].contains(name) { continue }
        if name == "receipts" {
          #expect(actual[name]?.count == value.count, "seed \(seed)")
          continue
        }
        let found = actual[name].map { String(decoding: $0.bytes, as: UTF8.self).filter { !$0.isWhitespace } }
        let wanted = String(decoding: value.bytes, as: UTF8.self).filter { !$0.isWhitespace }
        #expect(found == wanted, "seed \(seed), \(name)")
      }
    }
    #expect(transactions > 40)
    #expect(refused > 5)
    #expect(invalid > 0)
  }

  @Test("Transactions can come as one encoded list, and go out as one")
  func encodedTransactions() throws {
    for line in try Self.lines().prefix(12) {
      let first = try Self.transition(line.root)
      let text = try JSONDocument(Array("\"\(first.encodedBody)\"".utf8))
      let second = try Transition(
        accounts: FixtureAccount.accounts(line.root.required("alloc")),
        environment: first.environment, transactions: text.root, options: first.options)
      #expect(second.encodedBody == first.encodedBody)
      let (one, other) = (try first.run(), try second.run())
      #expect(one.stateRoot == other.stateRoot)
      #expect(one.receiptsRoot == other.receiptsRoot)
    }
  }

  @Test("What the environment lacks for a fork is named")
  func missing() throws {
    let environment = try JSONDocument(
      Array(
        #"{"currentCoinbase":"0x00000000000000000000000000000000000000cc","currentGasLimit":"0x10000","currentNumber":1,"currentTimestamp":"1000"}"#
          .utf8))
    func message(_ fork: Fork) throws -> String {
      do {
        _ = try TransitionEnvironment(environment.root).block(fork, chainID: 1, schedule: nil)
        return ""
      } catch { return "\(error)" }
    }
    #expect(try message(.osaka) == "Osaka needs currentRandom")
    #expect(try message(.berlin) == "Berlin needs currentDifficulty")
    let empty = try JSONDocument(Array("{}".utf8))
    #expect(throws: JSONError.self) { try TransitionEnvironment(empty.root) }
  }
}

@Suite("Block tests")
struct BlockTestTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Vectors/chains.json").path

  private static func tests() throws -> [BlockTest] {
    var tests: [BlockTest] = []
    try BlockTest.forEach(in: file) { test throws(FixtureError) in tests.append(test) }
    return tests
  }

  @Test("Chains of the executable specification pass, with all their invalid blocks")
  func chains() throws {
    var runner = BlockTestRunner()
    var invalid = 0
    for test in try Self.tests() {
      #expect(runner.run(test) == .passed, "\(test.name)")
      invalid += test.blocks.count { $0.exception != nil }
    }
    #expect(invalid > 50)
  }

  @Test("A test that expects something else fails, and says what")
  func failures() throws {
    var runner = BlockTestRunner()
    var test = try #require(try Self.tests().first { $0.blocks.contains { $0.exception == nil } })
    let valid = try #require(test.blocks.firstIndex { $0.exception == nil })
    test.blocks[valid].exception = "BlockException: none"
    guard case .failed(let accepted) = runner.run(test) else {
      Issue.record("an accepted block that must be refused is no failure")
      return
    }
    #expect(accepted == ["block \(valid + 1): accepted; expected BlockException: none"])
    test.blocks[valid].exception = nil
    test.blocks[valid].encoded[10] ^= 1
    guard case .failed(let refused) = runner.run(test) else {
      Issue.record("a refused block that must be accepted is no failure")
      return
    }
    #expect(refused.contains { $0.hasPrefix("block \(valid + 1): refused: ") })
    #expect(refused.contains { $0.hasPrefix("hash of the last block: expected ") })
    test.network = "Frontier"
    #expect(runner.run(test) == .skipped(reason: "proof of work (Frontier)"))
    test.network = "Nowhere"
    #expect(runner.run(test) == .skipped(reason: "unknown network Nowhere"))
  }

  @Test(
    "Networks",
    arguments: [
      ("Cancun", UInt64(0), Fork.cancun), ("CancunToPragueAtTime15k", 14_999, .cancun),
      ("CancunToPragueAtTime15k", 15_000, .prague), ("OsakaToBPO1AtTime15k", 20_000, .bpo1),
      ("ParisToShanghaiAtTime100", 100, .shanghai),
    ])
  func networks(name: String, time: UInt64, fork: Fork) {
    #expect(ForkSchedule(network: name)?.fork(at: time) == fork)
  }

  @Test(arguments: ["", "ToAtTime15k", "CancunToPrague", "CancunToPragueAtTimek", "CancunToNowhereAtTime1"])
  func otherNetworks(name: String) { #expect(ForkSchedule(network: name) == nil) }
}
