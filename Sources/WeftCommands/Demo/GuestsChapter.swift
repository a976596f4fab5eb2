import Weft

/// Two guests on every engine and in a recorded mode.
enum GuestsChapter {
  private static let names = ["hello", "sha256"]

  private static let runners =
    Engine.allCases.map { EngineRunner(engine: $0, mode: .fast) }
    + [EngineRunner(engine: .standard, mode: .recordedKept)]

  static func show(_ folder: ProgramsFolder, _ console: Console) throws(CommandError) {
    let style = console.style(for: console.output)
    for name in names {
      let guest = try folder.guest(name)
      let samples = try runners.map { runner throws(CommandError) in
        try runner.run(guest, guest.short, measuresRecords: true)
      }
      try console.output.write(style.bold("\(name)") + style.dim("  \(guest.path)") + "\n")
      for line in String(decoding: guest.short.output, as: UTF8.self).split(separator: "\n") {
        try console.output.write("  \(style.cyan("│")) \(String(line).filteredForTerminal)\n")
      }
      try console.output.write(table(samples).text(style: style) + "  \(verdict(samples, style))\n\n")
    }
  }

  private static func table(_ samples: [EngineRunner.Sample]) -> TextTable {
    var table = TextTable(header: ["  engine", "instructions", "time", "MIPS", "records"])
    for (runner, sample) in zip(runners, samples) {
      table.rows.append([
        "  " + runner.name, NumberText.grouped(sample.instructions),
        NumberText.seconds(sample.outcome.seconds), NumberText.mips(sample.outcome.mips ?? 0),
        sample.recordBytes.map { NumberText.bytes(UInt64($0)) } ?? "–",
      ])
    }
    return table
  }

  /// The runs have been checked against the expected result; counts are compared here.
  private static func verdict(_ samples: [EngineRunner.Sample], _ style: Style) -> String {
    let counts = Set(samples.map(\.instructions))
    return counts.count == 1
      ? style.green("expected output, exit code and equal counts everywhere")
      : style.red("instruction counts differ: \(counts.sorted())")
  }
}
