import WeftCircuit
import WeftField
import WeftMemory

/// Some of the accesses of a run, in the order in which they happened.
public struct MemoryAccessRows: Sendable {
  let source: MemoryTraceSource
  let order: [UInt32]

  public var count: Int { order.count }

  /// The accesses of `size` cells, but for reads of one cell.
  public init(_ source: MemoryTraceSource, size: Int) {
    self.source = source
    order = source.inputs.records.indices { $0.count == size && !($0.count == 1 && $0.kind == .read) }
  }

  /// The reads of one cell, immediates included.
  public init(cellReads source: MemoryTraceSource) {
    self.source = source
    order = source.inputs.records.indices { $0.count == 1 && $0.kind == .read }
  }

  /// What a closure makes of the record of a row.
  func with<Result>(
    _ row: Int, _ size: Int, of air: some AIR,
    _ body: (MemoryRecords.Header, MemoryAccessKind, StoredCells, StoredCells) -> Result
  ) throws(TraceError) -> Result {
    let result = source.inputs.records.withRecord(Int(order[row])) { header, kind, data, previous in
      data.count == size ? body(header, kind, data, previous) : nil
    }
    guard let result, let result else {
      throw .badRecord(air: air.name, row: row, reason: "the record is no access of \(size) cells")
    }
    return result
  }

  /// A cached part whose rows are computed one by one; rows of padding are zero.
  func cachedTrace<C: ColumnLayout>(
    _ layout: C.Type, _ height: Int, _ content: (Int) throws(TraceError) -> C
  ) throws(TraceError) -> [Trace] where C.Cell == BabyBear {
    var trace = try Trace(height: height, width: C.width)
    try trace.withRows { (rows: TraceRows) throws(TraceError) in
      try rows.restricted(to: 0..<min(count, height)).forEach(layout) { index, row throws(TraceError) in
        row = try content(index)
      }
    }
    return [trace]
  }
}

extension MemoryCircuit {
  /// The chips that have a row for every access, with their sizes: for memory without a machine.
  static var accessChips: [(size: Int, chip: any Chip<MemoryAccessRows>)] {
    [
      (1, MemoryAccessChip<1>()), (2, MemoryAccessChip<2>()), (4, MemoryAccessChip<4>()),
      (8, MemoryAccessChip<8>()), (16, MemoryAccessChip<16>()), (32, MemoryAccessChip<32>()),
    ]
  }

  /// What fills the traces of the accesses of a run, one row for each; for memory without a machine.
  public static func accessJobs(_ source: MemoryTraceSource) -> [TraceJob] {
    [TraceJob(CellReadChip(), records: MemoryAccessRows(cellReads: source))]
      + accessChips.map { size, chip in TraceJob(chip, records: MemoryAccessRows(source, size: size)) }
  }

  /// The traces of a run of memory alone: its accesses, the memory argument, the range table.
  public func makeTraces(
    _ memory: consuming FinalizedMemory, threads: Int = Parallel.processorCount
  ) throws(MemoryCircuitError) -> TraceSet {
    let traces = try traceJobs(memory)
    let jobs = Self.accessJobs(traces.source) + traces.jobs + [TraceJob(table: RangeTable())]
    do { return try TraceGenerator(threads: threads).generate(jobs) } catch { throw .trace(error) }
  }
}
