import Weft
import WeftFixtures

/// `weft bench evm`: contract code, measured after its results have been checked.
enum EVMBenchCommand {
  private enum PeerChoice: String, Sendable, CaseIterable { case auto, none }

  private static let name = Option(
    "case", .text("NAME"), repeatable: true, help: "Only cases whose name has NAME in it (default: all)")
  private static let folder = Option(
    "fixtures", .path("DIR", completion: .directories),
    help: "Folder evm-benchmarks, or one with it (default: WEFT_FIXTURES, ../shared/fixtures)")
  private static let seconds = Option(
    "seconds", .seconds, help: "Measuring time per case and kind, at least five samples (default: 1)")
  private static let peers = Option(
    "peers", .choice(PeerChoice.self), help: "Other implementations, where installed (default: auto)")
  private static let python = Option(
    "python", .path("FILE"), help: "Python that has pyrevm (default: python3)")

  static let command: Command = Command(
    name: "evm",
    abstract: "Measure EVM code, beside other implementations",
    discussion: """
      The cases are those of evm-benchmarks, among Ethereum's official tests. Before
      anything is timed the state root of every case is compared with the expected
      one; gas must be equal on all engines and in all repetitions.

      A transaction is measured with validation, state and journal, without the state
      root; a call is the code alone, loaded and analysed before. Times are medians of
      the processor time of one execution. pyrevm (revm, in a process of its own) runs
      the same transactions in the same run; (reference) figures were measured
      elsewhere, and (derived) ones are those times what pyrevm says of this machine.
      """,
    options: [name, folder, seconds, peers, python, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let duration = (try arguments.value(seconds) ?? .seconds(1)).inSeconds
    let names = try arguments.values(name)
    let files = try files(try arguments.value(folder))
    let benchmarks = try EVMBenchmark.all(files).filter { item in
      names.isEmpty || names.contains { item.name.contains($0) }
    }
    let operations = EVMOperationBenchmark.all.filter { item in
      names.isEmpty || names.contains { item.name.contains($0) }
    }
    guard !benchmarks.isEmpty || !operations.isEmpty else {
      throw .usage("\(arguments.command): no case has that name")
    }
    let usesPeers = try arguments.value(peers) != PeerChoice.none
    let peer = usesPeers ? PyrevmPeer(python: try arguments.value(python) ?? "python3") : nil

    let progress = Progress(console)
    var runner = StateTestRunner()
    for item in benchmarks {
      try progress.show("\(item.name): checking the result")
      try item.verify(&runner)
    }
    var cases: [EVMBenchReport.Case] = []
    var problems: [String] = usesPeers && peer == nil ? ["pyrevm: not installed"] : []
    for item in benchmarks {
      let evm = try makeEVM(item.fork, name: item.name)
      try progress.show("\(item.name): transactions")
      let transaction = try item.measureTransactions(evm, seconds: duration)
      var found: [String: Double] = [:]
      if let peer {
        try progress.show("\(item.name): pyrevm")
        do throws(ChildProcess.Failure) {
          let result = try peer.run(
            file: item.file.path, test: item.test.name, dataIndex: item.item.indexes.data, seconds: duration)
          guard result.gas == transaction.gas else {
            throw ChildProcess.Failure(reason: "uses \(result.gas) gas, not \(transaction.gas)")
          }
          found["pyrevm"] = result.microseconds
        } catch { problems.append("\(item.name), pyrevm: \(error.reason)") }
      }
      cases.append(
        EVMBenchReport.Case(
          item, "transaction", transaction, peers: found,
          reference: EVMReferenceFigures.evmoneTransaction(item.name)))
      try progress.show("\(item.name): calls")
      cases.append(
        EVMBenchReport.Case(
          item, "call", try item.measureCalls(evm, seconds: duration), peers: [:],
          reference: EVMReferenceFigures.evmoneExecution(item.name)))
    }
    var singles: [EVMBenchReport.Operation] = []
    for item in operations {
      try progress.show(item.name)
      let time = try item.measure(seconds: duration)
      singles.append(EVMBenchReport.Operation(name: item.name, nanoseconds: time, mark: item.mark))
    }
    try progress.clear()
    let report = EVMBenchReport(
      cases: cases, operations: singles, problems: problems,
      mainCases: Set(benchmarks.filter(\.isMain).map(\.name)))
    try console.write(report, arguments) { style in
      EVMBenchTable(report: report, style: style).text
    }
    return .done
  }

  /// The files of evm-benchmarks.
  private static func files(_ folder: String?) throws(CommandError) -> [String] {
    do throws(FixtureError) {
      if let folder {
        let inner = "\(folder)/evm-benchmarks"
        return try FixtureFile.files(below: [FixtureFile.isFolder(inner) ? inner : folder])
      }
      guard let top = try FixtureLocation.find(packageRoot: ".") else {
        throw FixtureError(
          file: "evm-benchmarks",
          reason: "not found (WEFT_FIXTURES, ../shared/fixtures); name it with --fixtures")
      }
      return try FixtureFile.files(below: ["\(top)/evm-benchmarks"])
    } catch {
      throw .input(error.file, error.reason)
    }
  }

  private static func makeEVM(_ fork: Fork, name: String) throws(CommandError) -> EVM {
    do throws(MachineError) {
      return try EVM(fork: fork, extensions: [PrecompilesExtension()])
    } catch { throw CommandError(error, name: name) }
  }
}

extension EVMBenchReport.Case {
  init(
    _ benchmark: EVMBenchmark, _ engine: String, _ measurement: EVMBenchmark.Measurement,
    peers: [String: Double],
    reference: Double?
  ) {
    let seconds = Statistics.median(measurement.samples)
    self.init(
      name: benchmark.name, engine: engine, value: seconds * 1e6, unit: "µs", peers: peers,
      reference: reference.map { ["evmone": $0] } ?? [:], gas: measurement.gas,
      instructions: measurement.instructions, mgas: Double(measurement.gas) / seconds / 1e6,
      nanosecondsPerInstruction: seconds * 1e9 / Double(max(1, measurement.instructions)),
      samples: measurement.samples.count)
  }
}
