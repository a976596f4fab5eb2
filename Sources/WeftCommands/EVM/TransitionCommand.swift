import FoundationEssentials
import WeftEVM
import WeftFixtures
import WeftJSON

/// `weft evm t8n`: carries out a block's state transition, in the formats of transition tools.
enum TransitionCommand {
  static let command: Command = Command(
    name: "t8n",
    abstract: "Carry out the state transition of a block",
    discussion: """
      Accounts, a block and transactions go in; accounts, roots and receipts come out,
      in the formats of the transition tools that fill Ethereum's tests.
      Transactions that are refused are left out and listed; a transaction without a
      signature is signed with its secretKey. "stdin" as the name of an input reads
      one JSON object with the members alloc, env and txs from standard input;
      "stdout" as the name of an output puts it into one JSON object on standard
      output. Other outputs are files in --output.basedir.

      System contracts, withdrawals and requests take part as the fork has it, and
      miners and ommers are paid before Paris.
      """,
    options: [
      alloc, environment, transactions, blobParameters, outputFolder, outputAlloc, outputResult, outputBody,
      fork, chainID, reward, stateTest, trace, traceMemory,
    ]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static let alloc = Option(
    "input.alloc", .path("FILE"), help: "Accounts before (default: alloc.json)")
  private static let environment = Option("input.env", .path("FILE"), help: "The block (default: env.json)")
  private static let transactions = Option(
    "input.txs", .path("FILE"), help: "Transactions, as JSON or as a string with RLP (default: txs.json)")
  private static let blobParameters = Option(
    "input.blobParams", .path("FILE"), help: "Target, max and baseFeeUpdateFraction (default: the fork's)")
  private static let outputFolder = Option(
    "output.basedir", .path("DIR", completion: .directories), help: "Folder of the outputs (default: .)")
  private static let outputAlloc = Option(
    "output.alloc", .path("FILE"), help: "Accounts afterwards (default: alloc.json)")
  private static let outputResult = Option(
    "output.result", .path("FILE"), help: "Roots, receipts, refusals (default: result.json)")
  private static let outputBody = Option(
    "output.body", .path("FILE"), help: "All transactions as a string with RLP (default: none)")
  private static let fork = Option("state.fork", .fork, help: "Rules (default: osaka)")
  private static let chainID = Option("state.chainid", .count, help: "Chain (default: 1)")
  private static let reward = Option(
    "state.reward", .text("WEI"), help: "The miner's reward; -1 for none (default: the fork's)")
  private static let stateTest = Flag(
    "state-test", help: "Execute the first transaction alone, without anything around it")
  private static let trace = Flag(
    "trace", help: "Write trace-INDEX-HASH.jsonl for every transaction (EIP-3155)")
  private static let traceMemory = Flag("trace.memory", help: "Show the memory in traces")

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    var options = Transition.Options(fork: try arguments.value(fork) ?? .standard)
    options.chainID = try arguments.value(chainID) ?? 1
    options.isStateTest = arguments.isSet(stateTest)
    if let text = try arguments.value(reward) {
      if text == "-1" {
        options.paysReward = false
      } else if let wei = UInt256(text) {
        options.reward = wei
      } else {
        throw .usage("\(arguments.command): --state.reward: '\(text)' is not a number of Wei or -1")
      }
    }

    var input = TransitionInput(console: console)
    let transition: Transition
    let schedulePath = try arguments.value(blobParameters)
    let paths = (
      alloc: try arguments.value(alloc) ?? "alloc.json", env: try arguments.value(environment) ?? "env.json",
      txs: try arguments.value(transactions) ?? "txs.json"
    )
    if let schedulePath {
      let schedule = try input.document(schedulePath, member: "blobParams")
      options.blobSchedule = try schedule.read { (value) throws(JSONError) in try BlobSchedule(json: value) }
    }
    let accounts = try input.document(paths.alloc, member: "alloc")
      .read { (value) throws(JSONError) in try FixtureAccount.accounts(value) }
    let block = try input.document(paths.env, member: "env")
      .read { (value) throws(JSONError) in try TransitionEnvironment(value) }
    let finalOptions = options
    transition = try input.document(paths.txs, member: "txs").read { (value) throws(JSONError) in
      try Transition(accounts: accounts, environment: block, transactions: value, options: finalOptions)
    }

    let folder = try arguments.value(outputFolder) ?? "."
    let tracer =
      arguments.isSet(trace)
      ? TransitionTracer(folder: folder, includesMemory: arguments.isSet(traceMemory)) : nil
    let result: TransitionResult
    do throws(Transition.Failure) { result = try transition.run(observer: tracer) } catch {
      switch error {
      case .environment: throw .input(paths.env, "\(error)")
      case .machine, .evm: throw CommandError(.machine, "\(error)")
      }
    }
    try tracer?.finish()
    var output = TransitionOutput(folder: folder, console: console)
    try output.add(
      try arguments.value(outputAlloc) ?? "alloc.json", "alloc", TransitionResult.Accounts(result.state))
    try output.add(try arguments.value(outputResult) ?? "result.json", "result", result)
    if let path = try arguments.value(outputBody) { try output.add(path, "body", transition.encodedBody) }
    try output.finish()
    return .done
  }
}

/// Reads the inputs, each a file or a member of the one object on standard input.
private struct TransitionInput {
  let console: Console
  private var standardInput: JSONDocument?

  init(console: Console) { self.console = console }

  /// A value with its place, for messages.
  struct Value {
    let path: String
    let document: JSONDocument
    let member: String?

    func read<T>(_ body: (JSONValue) throws(JSONError) -> T) throws(CommandError) -> T {
      let root = document.root
      guard let value = member.map({ root[$0] }) ?? root else {
        throw .input(path, "has no member '\(member ?? "")'")
      }
      do throws(JSONError) { return try body(value) } catch { throw .input(path, "\(error)") }
    }
  }

  mutating func document(_ path: String, member: String) throws(CommandError) -> Value {
    guard path == "stdin" else {
      return Value(path: path, document: try parse(path, named: path), member: nil)
    }
    let document =
      if let standardInput { standardInput } else { try parse("-", named: "standard input") }
    standardInput = document
    return Value(path: "standard input", document: document, member: member)
  }

  private func parse(_ path: String, named name: String) throws(CommandError) -> JSONDocument {
    let bytes = try InputFile.read(path, console: console)
    do throws(JSONError) { return try JSONDocument(bytes) } catch { throw .input(name, "\(error)") }
  }
}

/// Writes the outputs, each a file or a member of the one object on standard output.
private struct TransitionOutput {
  let folder: String
  let console: Console
  private var standardOutput: [(member: String, json: String)] = []

  init(folder: String, console: Console) {
    self.folder = folder
    self.console = console
  }

  mutating func add(_ path: String, _ member: String, _ value: some Encodable) throws(CommandError) {
    let json = try JSONOutput.text(value)
    if path == "stdout" { return standardOutput.append((member, json)) }
    let file = try OutputFile(path: path.hasPrefix("/") ? path : "\(folder)/\(path)")
    try file.commit(json)
  }

  func finish() throws(CommandError) {
    if standardOutput.isEmpty { return }
    let members = standardOutput.map { "\"\($0.member)\" : \($0.json.trimmingSuffix)" }
    try console.output.write("{\n" + members.joined(separator: ",\n") + "\n}\n")
  }
}

extension String {
  /// Without the end of the last line.
  fileprivate var trimmingSuffix: Substring { hasSuffix("\n") ? dropLast() : self[...] }
}

/// Writes a trace of every transaction that is not refused.
private final class TransitionTracer: TransitionObserver {
  private let folder: String
  private let includesMemory: Bool
  private var open: (file: StreamedFile, tracer: EIP3155Tracer)?
  private var failure: CommandError?

  init(folder: String, includesMemory: Bool) {
    self.folder = folder
    self.includesMemory = includesMemory
  }

  func willExecute(_ index: Int, hash: Hash256) -> (any EVMInspector)? {
    open = nil
    do throws(CommandError) {
      let file = try StreamedFile(path: "\(folder)/trace-\(index)-\(hash).jsonl")
      let tracer = EIP3155Tracer { file.write($0) }
      tracer.includesMemory = includesMemory
      open = (file, tracer)
      return tracer
    } catch {
      failure = failure ?? error
      return nil
    }
  }

  func didExecute(_ index: Int, _ result: TransactionResult) {
    guard let (file, tracer) = open else { return }
    tracer.finish(output: result.returnData, gasUsed: result.gasUsed, isSuccess: result.isSuccess)
    do throws(CommandError) { try file.commit() } catch { failure = failure ?? error }
    open = nil
  }

  /// Throws what could not be written.
  func finish() throws(CommandError) {
    if let failure { throw failure }
  }
}
