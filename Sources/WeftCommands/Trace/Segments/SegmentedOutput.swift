import Weft

/// A run in segments as data: what `weft check --segments --json` and `weft trace --summary --segments --json` print.
struct SegmentedOutput: Codable, Equatable {
  struct Segment: Codable, Equatable {
    let index: Int
    let instructions: UInt64
    let initialPC: UInt32
    /// The Merkle root of the memory that it begins with.
    let root: String
    /// Rows of its tallest chip, and cells of its chips, at most, padding included; fixed tables do not count.
    let height: Int
    let cells: Int
    let interactions: Int
    /// Whether its traces were accepted; null where none were made.
    var accepted: Bool?
    /// A fingerprint of the bytes of its traces.
    var fingerprint: String?
  }

  let program: String
  let exit: RunReport.Exit
  let instructions: UInt64
  let segments: [Segment]
  /// The directory that was written; absent where none was asked for.
  var export: TraceExport.Result?

  func text(style: Style) -> String {
    var table = TextTable(
      header: ["segment", "instructions", "begins at", "height", "cells", "interactions", "memory root"])
    let isChecked = segments.contains { $0.accepted != nil }
    if isChecked { table.header.append("traces") }
    for segment in segments {
      var row = [
        "\(segment.index)", NumberText.grouped(segment.instructions), hexadecimal(segment.initialPC),
        NumberText.grouped(UInt64(segment.height)), NumberText.grouped(UInt64(segment.cells)),
        NumberText.grouped(UInt64(segment.interactions)), String(segment.root.prefix(8)),
      ]
      if isChecked { row.append(segment.accepted == true ? "accepted" : "rejected") }
      table.rows.append(row)
    }
    return table.text(style: style)
      + "\n\(NumberText.grouped(instructions)) instructions in \(segments.count) segments; \(exit.message)\n"
  }
}

extension SegmentedOutput.Segment {
  init(_ check: SegmentCheck) {
    self.init(
      index: check.index, instructions: check.instructionCount, initialPC: check.initialPC,
      root: "\(check.initialRoot)", height: check.size.height, cells: check.size.cells,
      interactions: check.size.interactions, accepted: check.report.isAccepted,
      fingerprint: "\(check.fingerprint)")
  }

  init(_ cut: CutSegment) {
    let start = cut.segment.start
    self.init(
      index: cut.segment.index, instructions: cut.segment.instructionCount,
      initialPC: UInt32(truncatingIfNeeded: start.processor.programCounter), root: "\(cut.tree.root.digest)",
      height: cut.size.height, cells: cut.size.cells, interactions: cut.size.interactions)
  }
}
