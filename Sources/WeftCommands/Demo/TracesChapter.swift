import Weft

/// A recorded run as traces: their sizes, the check, and what the check says of one changed cell.
enum TracesChapter {
  private static let name = "reveal-swift"
  /// Chips that are shown.
  private static let chipLimit = 4

  static func show(_ folder: ProgramsFolder, _ console: Console) throws(CommandError) {
    let style = console.style(for: console.output)
    let guest = try folder.guest(name)
    let program: RV32Program
    do { program = try RV32Program(contentsOf: guest.path) } catch { throw .input(guest.path, "\(error)") }
    var configuration = Machine.Configuration()
    configuration.input = [guest.short.input]
    let (outcome, circuit, made, _) = try TracedRun.make(
      program, guest.path, configuration, [], threads: Parallel.processorCount, console)
    guard outcome.exit == .halted(code: guest.short.exitCode) else {
      throw CommandError(.mismatch, "\(guest.name): \(outcome.exit)")
    }
    let honest = try check(circuit, made.traces, made, guest)
    guard honest.isAccepted else { throw CommandError(.mismatch, "\(guest.name): \(honest)") }

    var table = TextTable(header: ["  chip", "rows", "columns", "constraints"])
    let chips = made.traces.airs.filter { !$0.air.constraints.isEmpty && $0.main != nil }
      .sorted { $0.rowCount > $1.rowCount }
    for trace in chips.prefix(chipLimit) {
      table.rows.append([
        "  " + trace.air.name, NumberText.grouped(UInt64(trace.rowCount)), "\(trace.air.mainColumns.count)",
        "\(trace.air.constraints.count)",
      ])
    }
    let identity = "\(guest.path), \(NumberText.grouped(outcome.instructions)) instructions"
    try console.output.write(
      style.bold("\(name), traced") + style.dim("  \(identity)") + "\n" + table.text(style: style)
        + "  \(style.green("\(honest)")); \(made.openness)\n")
    try console.output.write(
      "  one byte of a sum changed: \(style.red(try rejection(circuit, made, guest)))\n\n")
  }

  /// Changes the lowest byte of the first sum, and gives the first line of what the check finds.
  private static func rejection(
    _ circuit: RV32Circuit, _ made: RV32Traces, _ guest: GuestProgram
  ) throws(CommandError) -> String {
    var traces = made.traces
    guard let index = traces.airs.firstIndex(where: { $0.air.name == "BaseAlu" }),
      let byte = traces.airs[index].air.mainColumns.firstIndex(of: "core.a[0]"),
      let flag = traces.airs[index].air.mainColumns.firstIndex(of: "core.isAdd"),
      let row = traces.airs[index].main?.column(flag).firstIndex(of: .one)
    else { throw CommandError(.mismatch, "\(guest.name): no sums in the traces") }
    traces.airs[index].main?[row, byte] += 1
    let report = try check(circuit, traces, made, guest)
    guard let violation = report.constraintViolations.first else {
      throw CommandError(.mismatch, "\(guest.name): changed traces are accepted")
    }
    return "\(violation.air), row \(violation.row): \"\(violation.label)\" fails (\(violation.location))"
  }

  private static func check(
    _ circuit: RV32Circuit, _ traces: TraceSet, _ made: RV32Traces, _ guest: GuestProgram
  ) throws(CommandError) -> CheckReport {
    do throws(TraceError) {
      return try circuit.check(traces, committed: made.committed)
    } catch { throw CommandError(RV32CircuitError.trace(error), name: guest.path) }
  }
}
