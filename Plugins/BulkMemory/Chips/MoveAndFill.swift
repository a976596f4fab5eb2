import WeftExtensionKit

/// The chip of a move of rs2 bytes from rs1 to rd: all words of the source are read before one is written.
func moveAIR(from source: AIRBuilder.Space, to destination: AIRBuilder.Space) -> ExtensionAIR {
  @Sendable func ranges(_ execution: AIRExecution) -> RangeRows {
    RangeRows(
      source: execution.pointer(execution.rs1, in: source),
      destination: execution.pointer(execution.rd, in: destination), count: execution.rs2)
  }
  return ExtensionAIR(rowCount: { ranges($0).rowCount }) { air in
    let target = DestinationRange(air, start: air.rd, in: destination, count: air.rs2)
    let moved = SourceRange(air, start: air.rs1, in: source, to: target).moved
    air.nextPhase()
    air.bytes(moved[0], moved[1], where: target.isActive, "what is written is bytes")
    air.bytes(moved[2], moved[3], where: target.isActive, "what is written is bytes")
    air.write(destination, at: target.pointer, where: target.isActive, "destination word") { before in
      (0..<4).map { target.mask[$0] * moved[$0] + (1 - target.mask[$0]) * before[$0] }
    }
  } fill: { execution, rows, cells in
    let ranges = ranges(execution)
    for row in rows {
      ranges.appendDestination(row, to: &cells)
      ranges.appendSource(row, execution, to: &cells)
    }
  }
}

/// The chip of `bulk.fill`: rs2 bytes at rd become the low byte of rs1.
let fillAIR = ExtensionAIR(
  rowCount: { RangeRows(destination: $0.rd, count: $0.rs2).rowCount }
) { air in
  let target = DestinationRange(air, start: air.rd, in: .memory, count: air.rs2)
  let byte = air.column("byte")
  air.assertEqual(byte, air.rs1[0], where: air.isFirst, "the low byte of rs1")
  air.assertEqual(air.next(byte), byte, where: DestinationRange.continues(air), "the byte stays")
  air.bytes(byte, 0, where: target.isActive, "what is written is a byte")
  air.write(at: target.pointer, where: target.isActive, "destination word") { before in
    (0..<4).map { target.mask[$0] * byte + (1 - target.mask[$0]) * before[$0] }
  }
} fill: { execution, rows, cells in
  let range = RangeRows(destination: execution.pointer(execution.rd), count: execution.rs2)
  for row in rows {
    range.appendDestination(row, to: &cells)
    cells.append(execution.rs1 & 255)
  }
}
