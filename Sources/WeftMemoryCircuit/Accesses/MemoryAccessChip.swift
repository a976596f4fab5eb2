import WeftCircuit
import WeftField
import WeftMemory

/// An access of a log: what is claimed to have happened.
public struct MemoryAccessColumns<let size: Int, Cell>: ColumnLayout {
  public var isRead: Cell
  public var isWrite: Cell
  public var address: MemoryAddressColumns<Cell>
  /// 17 bits of the time and the rest.
  public var timestamp: DifferenceDigits<Cell>
  public var data: InlineArray<size, Cell>
}

/// The accesses of `size` cells of a log, which is committed: every one is a row that memory must agree with.
///
/// For memory without a machine. The chips of instructions make their accesses through the bridge and need no such row.
public struct MemoryAccessChip<let size: Int>: Chip {
  public init() {}

  public var name: String { "MemoryAccess(\(size))" }

  public func describe(in builder: CircuitBuilder) {
    let row = builder.cached(MemoryAccessColumns<size, Expression>.self).local
    let auxiliary = builder.main(MemoryWriteAuxiliary<size, Expression>.self).local
    let valid = row.isRead + row.isWrite
    builder.assertBool(row.isRead, "isRead is a bit")
    builder.assertBool(row.isWrite, "isWrite is a bit")
    builder.assertBool(valid, "an access is a read or a write")
    for i in 0..<size {
      builder.when(row.isRead).assertEqual(
        row.data[i], auxiliary.previous[i], "a read changes nothing, cell \(i)")
    }
    row.timestamp.check(count: valid, in: builder, label: "timestamp")
    MemoryBridge(builder).write(
      space: row.address.space, pointer: row.address.pointer, previous: auxiliary.previous.array,
      row.data.array, at: row.timestamp.value, auxiliary.access, enabled: valid, label: "access")
    builder.gatePadding(validity: valid)
  }

  public func rowCount(for records: MemoryAccessRows) -> Int? {
    records.count == 0 ? nil : records.count
  }

  public func fill(_ rows: TraceRows, from records: MemoryAccessRows) throws(TraceError) {
    try rows.forEach(MemoryWriteAuxiliary<size, BabyBear>.self) { index, row throws(TraceError) in
      row = try records.with(index, size, of: self) { header, _, _, previous in
        MemoryWriteAuxiliary(header, previous: previous)
      }
    }
  }

  public func cachedTraces(for records: MemoryAccessRows, height: Int) throws(TraceError) -> [Trace] {
    try records.cachedTrace(MemoryAccessColumns<size, BabyBear>.self, height) { index throws(TraceError) in
      try records.with(index, size, of: self) { header, kind, data, _ in
        MemoryAccessColumns(
          isRead: BabyBear(kind == .read), isWrite: BabyBear(kind == .write),
          address: MemoryAddressColumns(MemoryAddress(header.access.space, header.pointer)),
          timestamp: DifferenceDigits(of: header.timestamp), data: InlineArray { BabyBear(data[$0]) })
      }
    }
  }
}
