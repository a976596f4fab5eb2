import Weft

/// The result of a run for people: one aligned block on standard error.
struct RunSummary {
  let report: RunReport
  let exitCode: ExitCode
  let style: Style

  var text: String {
    var rows = [
      ("instructions", NumberText.grouped(report.instructions)),
      ("time", NumberText.seconds(report.seconds)),
    ]
    if let mips = report.mips { rows.append(("speed", "\(NumberText.mips(mips)) MIPS")) }
    rows.append(("engine", "\(report.engine), \(report.mode)"))
    if let records = report.records {
      rows.append(("records", "\(NumberText.grouped(UInt64(records.count))), \(size(of: records))"))
    }
    if let counts = report.counts, !counts.isEmpty {
      rows.append(
        (
          "most frequent",
          counts.prefix(5).map { share($0.count, of: $0.instruction) }.joined(separator: ", ")
        ))
    }
    for (index, function) in hottest.enumerated() {
      let name = String(function.name.prefix(60)).filteredForTerminal
      rows.append((index == 0 ? "hottest" : "", share(function.instructions, of: name)))
    }
    let lines = rows.map { style.dim("  " + $0.0.padded(to: 15)) + $0.1 }
    return ([title] + lines).joined(separator: "\n") + "\n"
  }

  private var title: String {
    "\(style.bold(report.program)): " + Self.paint(report.exit.message, exitCode, style)
  }

  /// How a run ended, in the colour of its exit code.
  static func paint(_ message: String, _ exitCode: ExitCode, _ style: Style) -> String {
    switch exitCode {
    case .done: style.green(message)
    case .guestTrapped, .internal: style.red(message)
    default: style.yellow(message)
    }
  }

  private func size(of records: RunReport.Records) -> String {
    let bytes = NumberText.bytes(UInt64(records.bytes))
    guard report.instructions > 0 else { return bytes }
    let each = Double(records.bytes) / Double(report.instructions)
    return "\(bytes), \(NumberText.fixed(each, digits: 1)) bytes per instruction"
  }

  /// The first functions, without those that hardly ran.
  private var hottest: some Collection<RunReport.Function> {
    (report.functions ?? []).prefix(5).filter { $0.instructions > report.instructions / 1000 }
  }

  private func share(_ count: UInt64, of name: String) -> String {
    "\(name) \(NumberText.fixed(Double(count) / Double(max(1, report.instructions)) * 100, digits: 1)) %"
  }
}
