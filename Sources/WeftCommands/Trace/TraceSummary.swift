import Weft

/// The sizes of a run's traces: what `weft trace --summary` shows.
struct TraceSummary: Codable, Equatable {
  struct Chip: Codable, Equatable {
    let name: String
    /// Rows that hold something.
    let rows: Int
    /// Rows with padding, a power of two.
    let height: Int
    /// Columns of the committed and the common parts.
    let columns: Int
    let fixedColumns: Int
    /// height · columns.
    let cells: Int
    let interactions: Int
    /// (height − rows) / height.
    let padding: Double
  }

  let program: String
  let instructions: UInt64
  let openness: String
  let unconstrained: [CheckOutput.Unconstrained]
  /// Absent for EVM code.
  let publicValues: CheckOutput.PublicValues?
  let chips: [Chip]
  let rows: Int
  let height: Int
  let cells: Int
  /// The directory that was written; absent where none was asked for.
  var export: TraceExport.Result?
  /// The page that was written.
  var report: String?

  init(_ run: TracedOutcome) {
    program = run.path
    instructions = run.outcome.instructions
    openness = run.made.openness
    unconstrained = run.made.unconstrained
    publicValues = run.made.publicValues
    chips = run.made.traces.airs.map { trace in
      Chip(
        name: trace.air.name, rows: trace.rowCount, height: trace.height,
        columns: trace.air.mainColumns.count + trace.air.cachedColumns.reduce(0) { $0 + $1.count },
        fixedColumns: trace.air.preprocessedColumns.count, cells: trace.cellCount,
        interactions: trace.air.interactions.count,
        padding: Double(trace.height - trace.rowCount) / Double(trace.height))
    }
    rows = chips.reduce(0) { $0 + $1.rows }
    height = run.made.traces.rowCount
    cells = run.made.traces.cellCount
  }

  func text(style: Style) -> String {
    var table = TextTable(header: ["chip", "rows", "height", "padding", "columns", "cells", "interactions"])
    for chip in chips {
      table.rows.append([
        chip.name, grouped(chip.rows), grouped(chip.height), percent(chip.padding), "\(chip.columns)",
        grouped(chip.cells), "\(chip.interactions)",
      ])
    }
    let padding = Double(height - rows) / Double(max(height, 1))
    table.rows.append(["all", grouped(rows), grouped(height), percent(padding), "", grouped(cells), ""])
    let each = Double(cells) / Double(max(instructions, 1))
    return "\(style.bold(program)): \(openness)\n\n" + table.text(style: style)
      + "\n\(NumberText.grouped(instructions)) instructions, \(NumberText.fixed(each, digits: 1)) cells each\n"
  }

  private func grouped(_ number: Int) -> String { NumberText.grouped(UInt64(number)) }

  private func percent(_ part: Double) -> String { NumberText.fixed(part * 100, digits: 1) + " %" }
}
