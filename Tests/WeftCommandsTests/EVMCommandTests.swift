import FoundationEssentials
import Testing

@testable import WeftCommands

@Suite("weft evm")
struct EVMCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// 1 + 2, stored in slot 0 and returned.
  private static let adding = "0x600160020160005560005460005260206000f3"

  private func call(_ words: String...) throws -> (CommandLineRun, EVMCallReport) {
    let run = CommandLineRun(["evm", "call"] + words + ["--json"])
    return (run, try run.decoded())
  }

  @Test func codeOnTheCommandLine() throws {
    let (run, report) = try call(Self.adding)
    #expect(run.exitCode == .done)
    #expect(run.errors == "")
    #expect(report.status == .success)
    #expect(report.fork == "Osaka")
    #expect(report.gasUsed == 22230)
    #expect(report.gasLeft == 30_000_000 - 22230)
    #expect(report.returnData == "0x" + String(repeating: "0", count: 63) + "3")
    #expect(report.stateChanges.map(\.address) == ["0x000000000000000000000000000000000000c0de"])
    #expect(report.stateChanges.first?.storage == ["0x0": "0x3"])
  }

  @Test(arguments: ["reference", "threaded"])
  func bothEngines(engine: String) throws {
    let (_, report) = try call(Self.adding, "--engine", engine)
    #expect(report.engine == engine)
    #expect(report.gasUsed == 22230)
  }

  @Test func forksDecide() throws {
    #expect(try call("0x5f00").1.status == .success)
    let (run, report) = try call("0x5f00", "--fork", "paris")
    #expect(report.status == .halt)
    #expect(report.message == "undefined instruction")
    #expect(run.exitCode == .guestTrapped)
  }

  private static let checksums = "\(programs)/checksums/checksums.hex"
  private static let programs =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    + "/programs/evm"

  @Test(arguments: ["reference", "threaded"])
  func extensionsBringForks(engine: String) throws {
    let words = [
      Self.checksums, "--data", "313233343536373839", "--extension", "libWeftChecksums.so", "--engine",
      engine,
    ]
    let run = CommandLineRun(["evm", "call"] + words + ["--fork", "Checksums", "--json"])
    let report: EVMCallReport = try run.decoded()
    #expect(run.exitCode == .done)
    #expect(report.fork == "checksums")
    // Polynomial hash, bits of it, CRC-32.
    #expect(report.returnData.hasPrefix("0x" + String(repeating: "0", count: 52) + "274d90b21035"))
    #expect(report.returnData.hasSuffix("cbf43926"))
    let other = CommandLineRun(["evm", "call"] + words + ["--json"])
    #expect(try other.decoded(EVMCallReport.self).message == "undefined instruction")
    #expect(other.exitCode == .guestTrapped)
  }

  @Test func runsTakeExtensionsAndForks() throws {
    let input = try folder.write(Array("123456789".utf8), to: "nine")
    let options = ["--input", input, "--extension", "libWeftChecksums.so", "--fork", "checksums", "--json"]
    let run = CommandLineRun(["run", Self.checksums] + options)
    let report: EVMRunReport = try run.decoded()
    #expect(run.exitCode == .done && report.exit.kind == "halted")
    #expect(report.outputHex.hasSuffix("cbf43926"))
    let guest = try folder.write(TinyGuest.exiting(0), to: "guest.elf")
    let refused = CommandLineRun(["run", guest, "--fork", "osaka"])
    #expect(refused.exitCode == .usage)
    #expect(refused.errors == "weft run: --fork is for EVM code\n")
  }

  @Test func unknownForksAreNamed() {
    let run = CommandLineRun(
      ["evm", "call", Self.adding, "--fork", "kyoto", "--extension", "libWeftChecksums.so"])
    #expect(run.exitCode == .usage)
    #expect(run.errors.hasPrefix("weft evm call: --fork: 'kyoto' is not a fork; known are Frontier, "))
    #expect(run.errors.hasSuffix(", BPO2, checksums\n"))
  }

  @Test func extensionsForTheEVMAreListedAndChecked() throws {
    let run = CommandLineRun(["extension", "check", "libWeftChecksums.so", "--cases", "5", "--json"])
    let report: ExtensionCheckCommand.Report = try run.decoded()
    #expect(run.exitCode == .done && report.accepted)
    #expect(report.extension?.instructions.map(\.encoding) == ["evm opcode 0x21", "evm opcode 0x22"])
    #expect(report.extension?.precompiles == ["crc32 (0xc32)"])
    #expect(report.extension?.forks == ["checksums: Osaka with 4 changes"])
    #expect(report.checks.map(\.name).contains("EVM static calls"))
    let text = CommandLineRun(["extension", "check", "libWeftChecksums.so", "--cases", "1"]).output
    #expect(text.contains("  polyhash  evm opcode 0x21  step\n"))
    #expect(text.contains("  precompiled contract crc32 (0xc32)\n  fork checksums: Osaka with 4 changes\n"))
  }

  @Test(arguments: [
    ("0x60006000fd", "200", ExitCode.guestFailed, "revert"), ("0xfe", "200", .guestTrapped, "halt"),
    ("0x5b600056", "200", .limit, "halt"),
  ])
  func howCallsEnd(code: String, gas: String, exitCode: ExitCode, status: String) throws {
    let (run, report) = try call(code, "--gas", gas)
    #expect(run.exitCode == exitCode)
    #expect(report.status.rawValue == status)
  }

  @Test func accountsComeFromAFile() throws {
    let state = try folder.write(
      Array(
        """
        {"0x00000000000000000000000000000000000000aa":
          {"balance": "0x5", "nonce": "0x1", "code": "0x3460005260206000f3", "storage": {}},
         "0x00000000000000000000000000000000000000bb": {"balance": "0x64"}}
        """.utf8), to: "state.json")
    let target = "00000000000000000000000000000000000000aa"
    let (_, report) = try call(
      target, "--state", state, "--from", "0x00000000000000000000000000000000000000bb", "--value", "7")
    #expect(report.returnData.hasSuffix("07"))
    #expect(report.stateChanges.map(\.balance) == ["12", "93"])
  }

  @Test func creations() throws {
    let code = try folder.write(Array("0x60aa60005360016000f3\n".utf8), to: "init.hex")
    let (_, report) = try call(code, "--create")
    #expect(report.returnData == "0xaa")
    #expect(report.created == "0x6fb1a2dee3e106113f85d408d80b69afe447b26e")
  }

  @Test func tracesAreOneObjectALine() throws {
    let path = "\(folder.path)/trace"
    let run = CommandLineRun(["evm", "call", Self.adding, "--trace", path])
    #expect(run.exitCode == .done)
    let lines = try folder.text(of: "trace").split(separator: "\n")
    #expect(lines.count == 13)
    #expect(
      lines.first == #"""
        {"pc":0,"op":96,"gas":"0x1c9c380","gasCost":"0x3","memSize":0,"stack":[],"depth":1,"returnData":"0x","refund":"0x0","opName":"PUSH1"}
        """#)
    #expect(
      lines.last
        == #"{"output":"0x0000000000000000000000000000000000000000000000000000000000000003","gasUsed":"0x56d6","pass":true}"#
    )
  }

  @Test func profilesAddUpToTheGas() throws {
    let path = "\(folder.path)/profile"
    let nested = "\(packagePrograms)/evm/nested"
    let address = { (digit: Character) in "0x" + String(repeating: digit, count: 40) }
    let codes = try ["outer", "middle", "inner"].map { name in
      String(
        decoding: try #require(try? InputFile.read("\(nested)/\(name).hex", console: .buffered())),
        as: UTF8.self
      )
      .filter { !$0.isWhitespace }
    }
    let state = try folder.write(
      Array(
        """
        {"\(address("1"))": {"code": "\(codes[0])"}, "\(address("2"))": {"code": "\(codes[1])"},
         "\(address("3"))": {"code": "\(codes[2])"}}
        """.utf8), to: "state.json")
    let padding = String(repeating: "0", count: 24)
    let data = "0x" + padding + address("2").dropFirst(2) + padding + address("3").dropFirst(2)
    let (_, report) = try call(address("1"), "--state", state, "--data", data, "--profile", path)
    #expect(report.status == .success)
    let gas = try folder.text(of: "profile").split(separator: "\n").compactMap {
      $0.split(separator: " ").last.flatMap { UInt64($0) }
    }
    #expect(gas.reduce(0, +) == report.gasUsed)
    #expect(report.opcodes?.map(\.gas).reduce(0, +) == Int64(report.gasUsed))
    #expect(
      try folder.text(of: "profile").contains("\(address("1"));\(address("2"));\(address("3"));SSTORE "))
  }

  @Test func precompilesThatTheHostCannotCarryOutAreAnErrorOfTheMachine() {
    // MODEXP with a modulus of 2^27 bytes, which all the gas pays for and memory does not hold.
    let run = CommandLineRun([
      "evm", "call", "0x600160005260016020526308000000604052" + "60006000606060006005" + "5afa", "--fork",
      "berlin", "--gas",
      "1000000000000000",
    ])
    #expect(run.exitCode == .internal)
    #expect(run.errors.contains("'modexp'"))
  }

  @Test func reasonsOfReverts() {
    #expect(
      RevertReason.text([0x4e, 0x48, 0x7b, 0x71] + [UInt8](repeating: 0, count: 31) + [0x11]) == "panic 0x11")
    #expect(RevertReason.text([1, 2, 3]) == nil)
    let text =
      [0x08, 0xc3, 0x79, 0xa0] + [UInt8](repeating: 0, count: 31) + [32] + [UInt8](repeating: 0, count: 31)
    #expect(RevertReason.text(text + [2] + Array("no".utf8) + [UInt8](repeating: 0, count: 30)) == "no")
    #expect(RevertReason.text(text + [200] + Array("no".utf8) + [UInt8](repeating: 0, count: 30)) == nil)
  }

  @Test(arguments: [
    (["0x12345"], ExitCode.badInput), (["absent.hex"], .badInput), ([Self.adding, "--fork", "x"], .usage),
    ([Self.adding, "--from", "0x12"], .usage), ([Self.adding, "--value", "-1"], .usage),
    (["0x" + String(repeating: "1", count: 40), "--create"], .usage), ([], .usage),
    ([Self.adding, "--trace", "/absent/x"], .internal),
  ])
  func wrongInput(words: [String], exitCode: ExitCode) {
    #expect(CommandLineRun(["evm", "call"] + words).exitCode == exitCode)
  }

  @Test(arguments: ["code.hex", "code.bin", "code.json"])
  func runTakesEVMCode(name: String) throws {
    let text = name.hasSuffix("json") ? #"{"code": "\#(Self.adding)"}"# : Self.adding
    let path = try folder.write(Array(text.utf8), to: name)
    let run = CommandLineRun(["run", path, "--json"])
    #expect(run.exitCode == .done)
    let report: EVMRunReport = try run.decoded()
    #expect(report.exit == EVMRunReport.Exit(kind: "halted", code: 0, message: "success"))
    #expect(report.gasUsed == 22230)
    #expect(report.outputHex.hasSuffix("03"))
    #expect(run.output.contains("\"instructions\" : null"))
  }

  @Test func bytesInABinFile() throws {
    let path = try folder.write([0x60, 0x05, 0x5f, 0xf3, 0xff], to: "code.bin")
    let report: EVMRunReport = try CommandLineRun(["run", path, "--json"]).decoded()
    #expect(report.outputHex == "0000000000")
  }

  @Test func whatIsNotForEVMCodeIsRefused() throws {
    let path = try folder.write(Array("0x00".utf8), to: "code.hex")
    let run = CommandLineRun(["run", path, "--max-instructions", "5"])
    #expect(run.exitCode == .usage)
    #expect(run.errors == "weft run: --max-instructions is not for EVM code; see 'weft evm call --help'\n")
  }
}

@Suite("weft evm statetest")
struct StateTestCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A transfer of one wei; the root is that of the state afterwards.
  private func file(root: String, fork: String = "Berlin", exception: String? = nil) throws -> String {
    let key = "0x45a915e4d060149eb4365960e6a7a45f334393093061116b197e3240065ff2d8"
    let exception = exception.map { ", \"expectException\": \"\($0)\"" } ?? ""
    return try folder.write(
      Array(
        """
        {"transfer": {
          "env": {"currentCoinbase": "0x2adc25665018aa1fe0e6bc666dac8fc2697ff9ba", "currentGasLimit": "0x989680",
            "currentNumber": "0x1", "currentTimestamp": "0x3e8", "currentDifficulty": "0x20000"},
          "pre": {"0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b":
            {"balance": "0xde0b6b3a7640000", "nonce": "0x00", "code": "0x", "storage": {}}},
          "transaction": {"data": ["0x"], "gasLimit": ["0x5208"], "gasPrice": "0x1", "nonce": "0x0",
            "secretKey": "\(key)", "sender": "0xa94f5374fce5edbc8e2a8697c15331677e6ebf0b",
            "to": "0x00000000000000000000000000000000000000aa", "value": ["0x1"]},
          "post": {"\(fork)": [{"indexes": {"data": 0, "gas": 0, "value": 0}, "hash": "\(root)",
            "logs": "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347"\(exception)}]}}}
        """.utf8), to: "test.json")
  }

  private static let wrongRoot = "0x" + String(repeating: "0", count: 64)

  /// The root that a failing run gives: it must pass with that.
  private func root() throws -> String {
    let run = CommandLineRun(["evm", "statetest", try file(root: Self.wrongRoot), "--json"])
    #expect(run.exitCode == .guestFailed)
    let report: StateTestSummary = try run.decoded()
    #expect(report.failed == 1)
    let problem = try #require(report.failures.first?.problems.first)
    #expect(problem.hasPrefix("state root: expected \(Self.wrongRoot), got 0x"))
    return String(problem.suffix(66))
  }

  @Test func rightAndWrongRoots() throws {
    let run = CommandLineRun(["evm", "statetest", try file(root: try root()), "--json"])
    #expect(run.exitCode == .done)
    let report: StateTestSummary = try run.decoded()
    #expect(report.passed == 1)
    #expect(report.failed == 0)
    #expect(report.skipped == [])
    #expect(report.groups == [.init(suite: "other", fork: "Berlin", passed: 1, failed: 0, skipped: 0)])
  }

  @Test func expectedExceptionsAreCompared() throws {
    let path = try file(root: try root(), exception: "TransactionException.INSUFFICIENT_ACCOUNT_FUNDS")
    let report: StateTestSummary = try CommandLineRun(["evm", "statetest", path, "--json"]).decoded()
    #expect(
      report.failures.first?.problems.first
        == "the transaction was executed, expected the refusal TransactionException.INSUFFICIENT_ACCOUNT_FUNDS"
    )
  }

  @Test func unknownForksAreCounted() throws {
    let path = try file(root: Self.wrongRoot, fork: "Amsterdam")
    let run = CommandLineRun(["evm", "statetest", path, "--json"])
    #expect(run.exitCode == .done)
    let report: StateTestSummary = try run.decoded()
    #expect(report.skipped == [.init(reason: "unknown fork Amsterdam", count: 1)])
  }

  @Test func casesOfASlowFileAreSharedByThreads() throws {
    func test(_ root: String) throws -> String {
      String(try String(contentsOf: URL(filePath: file(root: root)), encoding: .utf8).dropFirst().dropLast())
    }
    let (right, wrong) = (try test(try root()), try test(Self.wrongRoot))
    let tests = [right, wrong, right, right, wrong].enumerated().map {
      $1.replacing("\"transfer\"", with: "\"transfer\($0)\"")
    }
    let path = try folder.write(Array("{\(tests.joined(separator: ","))}".utf8), to: "loopMul.json")
    let left: StateTestSummary = try CommandLineRun(["evm", "statetest", path, "--json"]).decoded()
    #expect(left.skipped == [.init(reason: "slow, needs --slow", count: 5)])
    for jobs in ["1", "2", "7"] {
      let report: StateTestSummary = try CommandLineRun(
        ["evm", "statetest", path, "--slow", "--jobs", jobs, "--json"]
      ).decoded()
      #expect(report.passed == 3 && report.failed == 2 && report.skipped == [], "\(jobs) threads")
      #expect(report.failures.map(\.test) == ["transfer1", "transfer4"], "\(jobs) threads")
    }
  }

  @Test func forksAreChosen() throws {
    let path = try file(root: Self.wrongRoot)
    let report: StateTestSummary = try CommandLineRun(
      ["evm", "statetest", path, "--fork", "osaka", "--json"]
    ).decoded()
    #expect(report.passed + report.failed == 0)
  }

  @Test(arguments: [
    ("{", "end"), ("[]", "expected an object of tests"), ("{\"a\": {}}", "has no member 'env'"),
    ("{\"a\": 1, \"a\": 2}", "the key \"a\" stands here again"),
  ])
  func brokenFilesAreFailuresWithTheirPlace(text: String, message: String) throws {
    let path = try folder.write(Array(text.utf8), to: "broken.json")
    let run = CommandLineRun(["evm", "statetest", path])
    #expect(run.exitCode == .guestFailed)
    #expect(run.output.contains("broken.json"))
    #expect(run.output.contains(message), "\(run.output)")
  }

  @Test func absentFilesAndNoFiles() {
    #expect(CommandLineRun(["evm", "statetest", "/absent"]).exitCode == .badInput)
    #expect(CommandLineRun(["evm", "statetest"]).exitCode == .usage)
    #expect(CommandLineRun(["evm", "statetest", ".", "--jobs", "0"]).exitCode == .usage)
  }
}
