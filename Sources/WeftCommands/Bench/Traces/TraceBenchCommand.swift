import Weft

/// `weft bench trace`: how fast recorded runs become traces, and how fast these are checked.
enum TraceBenchCommand {
  private static let guest = Option(
    "guest", .guestName, repeatable: true, help: "Guest to measure (default: all with a long run)")
  private static let maxInstructions = Option(
    "max-instructions", .count, help: "Instructions of a run (default: 1000000)")
  private static let rounds = Option("rounds", .count, help: "Samples of each number of threads (default: 3)")
  private static let threads = Option(
    "threads", .count, repeatable: true, help: "Threads that work (default: 1, then 2)")

  private static let scratch = Option(
    "scratch", .path("DIR", completion: .directories),
    help: "Folder for exports (default: TMPDIR, or /tmp)")

  static let command: Command = Command(
    name: "trace",
    abstract: "Measure recorded runs, traces, checks, exports and reports",
    discussion: """
      A sample runs the beginning of a guest with its instructions recorded, makes the
      traces and checks them; the run must give what the guest's expected.json says,
      the traces must be accepted. Cells are those of the chips, padding included,
      without the fixed look-up tables; rows are those that hold something. Traces
      take the time from records to tables of counted look-ups. Per core is the speed
      by processor time instead of the clock's. The peak is the most memory from the
      start of the run to the end of trace generation, the ratio is to the memory of
      all traces.

      Segments are the same run cut into eight or more, with persistent memory, from
      the program to the last segment's traces: the metered run that cuts, and every
      segment executed again and filled by one thread, as many at a time as there are
      threads. Their traces must be the same on any number of threads.

      An export is measured until all of it is on the disk; beside it stands the time
      of writing as many bytes to as many files from memory. A report is measured from
      the records and traces to the text of the page.
      """,
    options: [guest, maxInstructions, rounds, threads, scratch, ProgramsFolder.option, WeftCommand.json]
  ) { arguments, console throws(CommandError) in
    try run(arguments, console)
  }

  private static func run(_ arguments: Arguments, _ console: Console) throws(CommandError) -> ExitCode {
    let folder = try ProgramsFolder(arguments)
    let names = try arguments.values(guest)
    var guests = names.isEmpty ? try folder.benchmarks() : []
    for name in names { guests.append(try folder.guest(name)) }
    let limit = try arguments.value(maxInstructions) ?? 1_000_000
    let rounds = Int(clamping: max(1, try arguments.value(rounds) ?? 3))
    var counts = try arguments.values(threads)
    if counts.isEmpty { counts = [1, 2] }
    guard counts.allSatisfy({ (1...256).contains($0) }) else {
      throw .usage("\(arguments.command): --threads: not a number from 1 to 256")
    }

    let scratch = try arguments.value(scratch) ?? console.environment["TMPDIR"] ?? "/tmp"
    let progress = Progress(console)
    var benchmarks: [TraceBenchmark] = []
    var segments: [SegmentBenchmark] = []
    for guest in guests {
      var benchmark = TraceBenchmark(guest, instructionLimit: limit, scratch: scratch)
      var segmented = SegmentBenchmark(guest, instructionLimit: limit)
      for round in 0..<rounds {
        for count in counts {
          try progress.show("\(guest.name): round \(round + 1) of \(rounds), \(count) threads")
          try benchmark.measure(threads: Int(count))
          try segmented.measure(threads: Int(count))
        }
      }
      benchmarks.append(benchmark)
      segments.append(segmented)
    }
    try progress.clear()
    let report = TraceBenchReport(benchmarks, segments)
    try console.write(report, arguments) { style in report.text(style: style) }
    return .done
  }
}
