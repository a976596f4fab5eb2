import WeftField

/// A chip with its records, or a look-up table: one AIR of the traces that are generated.
public struct TraceJob: Sendable {
  let name: String
  let describe: @Sendable () throws(CircuitError) -> AIRDescription
  let preprocessed: @Sendable () throws(TraceError) -> Trace?
  /// The content of a chip; a table's is made once its look-ups are counted.
  let content: Content?
  let table: (any LookupTable)?

  /// How a chip fills its trace from its records.
  struct Content: Sendable {
    let rowCount: @Sendable () -> Int?
    let fill: @Sendable (TraceRows) throws(TraceError) -> Void
    let fillPadding: @Sendable (TraceRows) throws(TraceError) -> Void
    let cached: @Sendable (Int) throws(TraceError) -> [Trace]
    let publicValues: @Sendable () -> [BabyBear]

    init<C: Chip>(_ chip: C, _ records: C.Records) {
      rowCount = { chip.rowCount(for: records) }
      fill = { (rows: TraceRows) throws(TraceError) in try chip.fill(rows, from: records) }
      fillPadding = { (row: TraceRows) throws(TraceError) in try chip.fillPadding(row) }
      cached = { (height: Int) throws(TraceError) in try chip.cachedTraces(for: records, height: height) }
      publicValues = { chip.publicValues(for: records) }
    }
  }

  /// A chip and what it fills its rows from. `description` spares describing the chip again.
  public init<C: Chip>(_ chip: C, records: C.Records, description: AIRDescription? = nil) {
    self.init(chip, description, content: Content(chip, records), table: nil)
  }

  /// A table whose multiplicities are counted from the other AIRs' look-ups.
  public init(table: any LookupTable, description: AIRDescription? = nil) {
    self.init(table, description, content: nil, table: table)
  }

  private init(
    _ air: some AIR, _ description: AIRDescription?, content: Content?, table: (any LookupTable)?
  ) {
    name = air.name
    describe = { () throws(CircuitError) in
      if let description { return description }
      return try air.description()
    }
    preprocessed = { () throws(TraceError) in try air.preprocessedTrace() }
    self.content = content
    self.table = table
  }
}

extension LookupTable {
  /// The content of the table for given counts.
  func content(_ counts: LookupCounts) -> TraceJob.Content { TraceJob.Content(self, counts) }
}
