import WeftField

/// Counts look-ups from the expressions that the AIRs themselves use, so that no chip can forget one.
public struct MultiplicityCounter: Sendable {
  /// Threads that count.
  public var threads: Int

  public init(threads: Int = Parallel.processorCount) { self.threads = threads }

  /// How often the rows of every table are looked up by the traces. Tables share no bus.
  public func count(_ traces: [AIRTrace], tables: [any LookupTable]) throws(TraceError) -> [LookupCounts] {
    guard !tables.isEmpty else { return [] }
    var tableOfBus: [Int: Int] = [:]
    for (index, table) in tables.enumerated() { tableOfBus[table.bus.number] = index }
    let buses = tableOfBus
    let plans = traces.map { trace in
      EvaluationPlan(
        trace.air, constraints: [],
        interactions: trace.air.interactions.indices.filter { number in
          let interaction = trace.air.interactions[number]
          return interaction.role == .lookup && buses[interaction.bus.number] != nil
        })
    }
    let rowsPerPiece = 64 * EvaluationPlan.lanes
    let pieces = traces.indices.filter { !plans[$0].instructions.isEmpty }.flatMap { air in
      stride(from: 0, to: traces[air].height, by: rowsPerPiece).map { (air: air, first: $0) }
    }
    // Sums do not depend on who counts: every worker has counters of its own.
    let workers = max(1, min(threads, pieces.count))
    let partial = Parallel.map(count: workers, threads: workers) { worker -> [[UInt32]] in
      var counters = tables.map { [UInt32](repeating: 0, count: $0.counterCount) }
      for (air, first) in stride(from: worker, to: pieces.count, by: workers).lazy.map({ pieces[$0] }) {
        let trace = traces[air]
        guard let evaluator = BlockEvaluator(plans[air], publicValues: trace.publicValues) else { return [] }
        var sink = TallySink(
          interactions: trace.air.interactions, tables: tables, tableOfBus: buses, counters: counters)
        counters = []
        let end = min(first + rowsPerPiece, trace.height)
        for row in stride(from: first, to: end, by: EvaluationPlan.lanes) {
          evaluator.load(trace, first: row)
          sink.laneCount = min(EvaluationPlan.lanes, end - row)
          evaluator.run(&sink)
        }
        counters = sink.counters
      }
      return counters
    }
    guard partial.allSatisfy({ $0.count == tables.count }) else {
      throw .outOfMemory(rows: rowsPerPiece, columns: 1)
    }
    return tables.indices.map { table in
      var sum = partial[0][table]
      for other in partial.dropFirst() {
        for index in sum.indices { sum[index] &+= other[table][index] }
      }
      return LookupCounts(sum)
    }
  }
}

private struct TallySink: EvaluationSink {
  let interactions: [Interaction]
  let tables: [any LookupTable]
  let tableOfBus: [Int: Int]
  var counters: [[UInt32]]
  var laneCount = 0

  mutating func check(constraint: Int, values: UnsafePointer<BabyBear>) {}

  mutating func emit(
    interaction: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>
  ) {
    guard let table = tableOfBus[interactions[interaction].bus.number] else { return }
    let lanes = EvaluationPlan.lanes
    let counts = scratch + Int(emission.count)
    var all = SIMD8<UInt32>()
    for i in stride(from: 0, to: lanes, by: 8) { all |= PackedBabyBear.load(counts + i).words }
    if all == SIMD8<UInt32>() { return }
    let fieldCount = emission.message.count
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: lanes * (fieldCount + 1)) { numbers in
      guard let numbers = numbers.baseAddress else { return }
      for field in 0..<fieldCount {
        BatchArithmetic.canonical(
          lanes, scratch + Int(emission.message[field]), into: numbers + field &* lanes)
      }
      let canonicalCounts = numbers + fieldCount &* lanes
      BatchArithmetic.canonical(lanes, counts, into: canonicalCounts)
      let block = LookupBlock(
        fields: UnsafePointer(numbers), counts: UnsafePointer(canonicalCounts), laneCount: laneCount,
        fieldCount: fieldCount)
      counters[table].withUnsafeMutableBufferPointer { counters in
        guard let base = counters.baseAddress else { return }
        tables[table].tally(block, into: base)
      }
    }
  }
}
