import Weft

/// `weft bench`: measures speed, after checking that the results are right.
enum BenchCommand {
  static let command: Command = Command(
    name: "bench",
    abstract: "Measure speed",
    subcommands: [
      rv32, EVMBenchCommand.command, PrecompileBenchCommand.command, ExtensionBenchCommand.command,
      MemoryBenchCommand.command, TraceBenchCommand.command,
    ])

  private enum PeerChoice: String, Sendable, CaseIterable { case auto, none }

  private static let guest = Option(
    "guest", .guestName, repeatable: true, help: "Guest to measure (default: all with a long run)")
  private static let engine = Option(
    "engine", .choice(Engine.self), repeatable: true, help: "Engine to measure (default: all)")
  private static let seconds = Option(
    "seconds", .seconds, help: "Measuring time per guest and engine, at least three samples (default: 2)")
  private static let peers = Option(
    "peers", .choice(PeerChoice.self), help: "Other emulators, where installed (default: auto)")

  private static let rv32: Command = Command(
    name: "rv32",
    abstract: "Measure RV32IM guests on every engine, beside other emulators",
    discussion: """
      Values are millions of guest instructions per second, medians over interleaved
      rounds. Time runs from opening the file to the result, of the whole process for
      other emulators. Every result is checked against the guest's expected.json, and
      instruction counts must be equal on all engines, in all modes and rounds.

      Recorded modes leave one record per instruction, log modes one entry per access.
      Streamed records go through a buffer of 256 KiB that a consumer reads, which
      shows the engine's speed; with -kept they fill fresh memory, which page
      faults slow down. Metered and streamed modes run the first
      \(millions(.long)) million instructions, kept ones and the reference engine the
      first \(millions(.short)) million; their ratio is to the
      main engine on the same instructions.
      """,
    options: [guest, engine, seconds, peers, ProgramsFolder.option, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static func millions(_ part: GuestBenchmark.Part) -> UInt64 {
    (part.instructionLimit ?? 0) / 1_000_000
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let names = try arguments.values(guest)
    let engines = try arguments.values(engine)
    let duration = try arguments.value(seconds) ?? .seconds(2)
    let usesPeers = try arguments.value(peers) != PeerChoice.none
    let guests = try self.guests(names, in: ProgramsFolder(arguments))
    let peers = usesPeers ? Peer.installed() : []

    let progress = Progress(console)
    var cases: [BenchReport.Case] = []
    var problems: [String] = []
    for (guest, workload) in guests {
      var benchmark = GuestBenchmark(
        guest, workload, engines: engines.isEmpty ? Engine.allCases : engines, peers: peers,
        seconds: duration.inSeconds)
      try progress.show("\(guest.name): checking results")
      try benchmark.verify()
      try benchmark.measure { round throws(CommandError) in
        try progress.show("\(guest.name): round \(round) done")
      }
      cases += benchmark.cases
      problems += benchmark.problems
    }
    try progress.clear()
    let report = BenchReport(cases: cases, problems: problems)
    try console.write(report, arguments) { style in
      BenchTable(report: report, style: style).text
    }
    return .done
  }

  private static func guests(
    _ names: [String], in folder: ProgramsFolder
  ) throws(CommandError) -> [(GuestProgram, GuestProgram.Workload)] {
    var guests = names.isEmpty ? try folder.benchmarks() : []
    for name in names { guests.append(try folder.guest(name)) }
    return try guests.map { guest throws(CommandError) in
      guard let workload = guest.long else { throw .input(guest.path, "no benchmark in its expected.json") }
      return (guest, workload)
    }
  }
}
