import WeftCircuit
import WeftField
import WeftMemory

/// A read of one cell, which may be an immediate.
public struct CellReadColumns<Cell>: ColumnLayout {
  public var isValid: Cell
  public var address: MemoryAddressColumns<Cell>
  /// 17 bits of the time and the rest.
  public var timestamp: DifferenceDigits<Cell>
  public var value: Cell
}

/// The reads of one cell of a log, in any space. See `MemoryAccessChip`.
public struct CellReadChip: Chip {
  public init() {}

  public var name: String { "CellRead" }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.cached(CellReadColumns<Expression>.self).local
    let auxiliary = builder.main(MemoryReadOrImmediateAuxiliary<Expression>.self).local
    builder.assertBool(row.isValid, "isValid is a bit")
    row.timestamp.check(count: row.isValid, in: builder, label: "timestamp")
    MemoryBridge(builder).readOrImmediate(
      row.address, row.value, at: row.timestamp.value, auxiliary, enabled: row.isValid)
    builder.gatePadding(validity: row.isValid)
  }

  public func rowCount(for records: MemoryAccessRows) -> Int? {
    records.count == 0 ? nil : records.count
  }

  public func fill(_ rows: TraceRows, from records: MemoryAccessRows) throws(TraceError) {
    try rows.forEach(MemoryReadOrImmediateAuxiliary<BabyBear>.self) { index, row throws(TraceError) in
      row = try records.with(index, 1, of: self) { header, _, _, _ in
        MemoryReadOrImmediateAuxiliary(
          space: header.access.space.rawValue, previous: header.previousTimestamp, now: header.timestamp)
      }
    }
  }

  public func cachedTraces(for records: MemoryAccessRows, height: Int) throws(TraceError) -> [Trace] {
    try records.cachedTrace(CellReadColumns<BabyBear>.self, height) { index throws(TraceError) in
      try records.with(index, 1, of: self) { header, _, data, _ in
        CellReadColumns(
          isValid: .one, address: MemoryAddressColumns(MemoryAddress(header.access.space, header.pointer)),
          timestamp: DifferenceDigits(of: header.timestamp), value: BabyBear(data[0]))
      }
    }
  }
}
