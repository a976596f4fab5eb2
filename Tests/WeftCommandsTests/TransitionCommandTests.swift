import FoundationEssentials
import Testing

@testable import WeftCommands

@Suite("weft evm t8n, weft evm blocktest")
struct TransitionCommandTests {
  private static let input = """
    {"alloc": {"0x7e5f4552091a69125d5dfcb7b8c2659029395bdf": {"balance": "0xde0b6b3a7640000"}},
     "env": {"currentCoinbase": "0x00000000000000000000000000000000000000cc", "currentGasLimit": "0x1c9c380",
       "currentNumber": "1", "currentTimestamp": "1000", "currentRandom": "0x0", "currentBaseFee": "7",
       "withdrawals": [], "parentBeaconBlockRoot": null},
     "txs": [{"type": "0x2", "chainId": "0x1", "nonce": "0x0", "maxFeePerGas": "0x10", "maxPriorityFeePerGas": "0x1",
       "gas": "0x5208", "to": "0x00000000000000000000000000000000000000ee", "value": "0x5", "input": "0x",
       "secretKey": "0x1"},
       {"nonce": "0x7", "gasPrice": "0x10", "gas": "0x5208", "to": "0x00000000000000000000000000000000000000ee",
       "value": "0x5", "input": "0x", "secretKey": "0x1"}]}
    """

  private func transition(_ arguments: [String], input: String = Self.input) -> CommandLineRun {
    let names = ["alloc", "env", "txs"].flatMap { ["--input.\($0)", "stdin"] }
    return CommandLineRun(
      ["evm", "t8n", "--state.fork", "cancun"] + names + arguments,
      console: .buffered(input: Array(input.utf8)))
  }

  @Test("Everything can go through standard input and output")
  func streams() throws {
    let run = transition(["--output.result", "stdout", "--output.alloc", "stdout", "--output.body", "stdout"])
    #expect(run.errors == "")
    #expect(run.exitCode == .done)
    struct Output: Decodable {
      struct Result: Decodable {
        struct Rejected: Decodable {
          let index: Int
          let error: String
        }
        struct Receipt: Decodable {
          let succeeded: Bool
          let cumulativeGasUsed: String
        }
        let gasUsed: String
        let rejected: [Rejected]
        let receipts: [Receipt]
      }
      struct Account: Decodable {
        let balance: String?
        let nonce: String?
      }
      let result: Result
      let alloc: [String: Account]
      let body: String
    }
    let output = try JSONDecoder().decode(Output.self, from: Data(run.output.utf8))
    #expect(output.result.gasUsed == "0x5208")
    #expect(output.result.rejected.map(\.index) == [1])
    #expect(output.result.rejected.first?.error == "nonce 7, but the sender is at 1")
    #expect(output.result.receipts.map(\.succeeded) == [true])
    #expect(output.alloc["0x00000000000000000000000000000000000000ee"]?.balance == "0x5")
    #expect(output.alloc["0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"]?.nonce == "0x1")
    #expect(output.body.hasPrefix("0x"))
  }

  @Test("Outputs are files of a folder, with traces where asked for")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "weft-t8n-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = transition(["--output.basedir", folder.path, "--trace"])
    #expect(run.errors == "")
    #expect(run.output == "")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(files.count == 3)
    #expect(files.first == "alloc.json")
    #expect(files.last?.hasPrefix("trace-0-0x") == true)
    #expect(files.contains("result.json"))
  }

  @Test(
    "Bad inputs are named",
    arguments: [
      ("{}", "weft: standard input: has no member 'alloc'\n"),
      (#"{"alloc": {}, "env": {}, "txs": []}"#, "weft: standard input: "),
      ("[", "weft: standard input: "),
    ])
  func badInput(text: String, message: String) {
    let run = transition([], input: text)
    #expect(run.exitCode == .badInput)
    #expect(run.errors.hasPrefix(message), "\(run.errors)")
  }

  @Test("A reward is a number or -1")
  func reward() {
    let run = transition(["--state.reward", "much"])
    #expect(run.exitCode == .usage)
    #expect(run.errors == "weft evm t8n: --state.reward: 'much' is not a number of Wei or -1\n")
  }

  @Test("Block tests are counted")
  func blockTests() {
    let vectors = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "WeftFixturesTests/Vectors/chains.json").path
    let run = CommandLineRun(["evm", "blocktest", vectors])
    #expect(run.exitCode == .done)
    #expect(run.output.hasPrefix("9 passed, 0 skipped in "))
    let none = CommandLineRun(["evm", "blocktest"])
    #expect(none.exitCode == .usage)
  }
}
