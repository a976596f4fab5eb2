import WeftExtensionKit

/// The chip of `bulk.compare`: rd bytes at rs1 against those at rs2, which are read second and stand in place.
let compareAIR = ExtensionAIR(rowCount: { Comparison.ranges($0).rowCount }) { air in
  let second = DestinationRange(air, start: air.rs2, in: .memory, count: air.rd)
  let moved = SourceRange(air, start: air.rs1, in: .memory, to: second).moved
  air.nextPhase()
  let other = air.read(at: second.pointer, where: second.isActive, "word of the second range")
  let differences = (0..<4).map { moved[$0] - second.mask[$0] * other[$0] }

  // The first byte that differs, if it is in this row, and by how much; whether it came before; which way it is.
  let markers = air.bits("marker", 4)
  let difference = air.column("difference")
  let isDecided = air.bit("isDecided")
  let isLess = air.bit("isLess")
  let found = markers.sum()
  let decided = isDecided + found
  air.assertBool(decided, "one byte decides")
  for lane in 0..<4 {
    air.assertZero(
      (1 - isDecided - markers[...lane].sum()) * differences[lane],
      "bytes before the one that decides are equal")
    air.assertEqual(difference, differences[lane], where: markers[lane], "the difference")
  }
  air.assertZero(difference, where: 1 - found, "no difference without a byte that differs")
  air.bytes((1 - 2 * isLess) * difference - 1, 0, where: found, "the difference has its sign")
  let continues = DestinationRange.continues(air)
  air.assertZero(isDecided, where: air.isFirst, "nothing is decided at the beginning")
  air.assertEqual(air.next(isDecided), decided, where: continues, "what is decided stays decided")
  air.assertEqual(air.next(isLess), isLess, where: continues, "the order stays")
  air.assertZero((1 - decided) * isLess, where: air.isLast, "equal ranges are not less")
  air.setRD([decided + 254 * isLess, 255 * isLess, 255 * isLess, 255 * isLess])
} fill: { execution, rows, cells in
  let comparison = Comparison(execution)
  for row in rows {
    comparison.ranges.appendDestination(row, to: &cells)
    comparison.ranges.appendSource(row, execution, to: &cells)
    let isHere = comparison.decision?.row == row
    for lane in 0..<4 { cells.append(isHere && comparison.decision?.lane == lane) }
    cells.append(isHere ? comparison.difference : 0)
    cells.append(comparison.decision.map { $0.row < row } ?? false)
    cells.append(execution.result == .max)
  }
}

/// Where two ranges differ first.
private struct Comparison {
  let ranges: RangeRows
  private(set) var decision: (row: Int, lane: Int)?
  /// As an element of the field.
  private(set) var difference: UInt32 = 0

  static func ranges(_ execution: AIRExecution) -> RangeRows {
    RangeRows(
      source: execution.pointer(execution.rs1), destination: execution.pointer(execution.rs2),
      count: execution.rd)
  }

  init(_ execution: AIRExecution) {
    ranges = Self.ranges(execution)
    // Equal ranges need no search.
    guard execution.result != 0, ranges.count > 0 else { return }
    for row in 0..<ranges.rowCount {
      let (moved, word) = (ranges.moved(row, execution), execution.word(ranges.sourceWords + row))
      for lane in 0..<4 where ranges.covers(lane, in: row) {
        let other = (word >> UInt32(8 * lane)) & 255
        guard moved[lane] != other else { continue }
        decision = (row, lane)
        difference = moved[lane] > other ? moved[lane] - other : 0x7800_0001 - (other - moved[lane])
        return
      }
    }
  }
}
