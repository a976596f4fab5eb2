import WeftField

/// The plans of the AIRs of a set, shared by the threads of a check.
struct CheckedSystem: Sendable {
  /// What one piece of work found.
  struct PieceResult: Sendable {
    var sums: [Int: (UInt64, UInt64)] = [:]
    /// By number of the constraint.
    var failures: [Int: (rows: Int, first: [Int])] = [:]
    /// By number of the interaction.
    var counts: [Int: [(row: Int, count: Int64)]] = [:]
  }

  let traces: TraceSet
  let plans: [EvaluationPlan]
  let hash = MessageHash()

  init(traces: TraceSet, buses: Bool) {
    self.traces = traces
    plans = traces.airs.map { trace in
      EvaluationPlan(
        trace.air, constraints: Array(trace.air.constraints.indices),
        interactions: buses ? Array(trace.air.interactions.indices) : [])
    }
  }

  /// Checks some rows of an AIR; nil without memory.
  func checkPiece(air: Int, rows: Range<Int>, limit: Int) -> PieceResult? {
    let trace = traces.airs[air]
    guard let evaluator = BlockEvaluator(plans[air], publicValues: trace.publicValues) else { return nil }
    let lanes = EvaluationPlan.lanes
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * lanes) { hashes -> PieceResult? in
      guard let hashes = hashes.baseAddress else { return nil }
      var sink = CheckSink(
        interactions: trace.air.interactions, constraintCount: trace.air.constraints.count, hash: hash,
        limit: limit, first: hashes, second: hashes + lanes)
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: lanes) {
        evaluator.load(trace, first: first)
        sink.firstRow = first
        sink.laneCount = min(lanes, rows.upperBound - first)
        evaluator.run(&sink)
      }
      var result = sink.result
      for (interaction, sum) in zip(trace.air.interactions, sink.sums) {
        let old = result.sums[interaction.bus.number] ?? (0, 0)
        result.sums[interaction.bus.number] = (old.0 &+ sum.0, old.1 &+ sum.1)
      }
      return result
    }
  }
}

/// Looks at the values of a piece of work.
private struct CheckSink: EvaluationSink {
  let interactions: [Interaction]
  let hash: MessageHash
  let limit: Int
  let first: UnsafeMutablePointer<UInt64>
  let second: UnsafeMutablePointer<UInt64>
  var firstRow = 0
  var laneCount = 0
  /// By number of the interaction.
  var sums: [(UInt64, UInt64)]
  var result = CheckedSystem.PieceResult()

  init(
    interactions: [Interaction], constraintCount: Int, hash: MessageHash, limit: Int,
    first: UnsafeMutablePointer<UInt64>, second: UnsafeMutablePointer<UInt64>
  ) {
    self.interactions = interactions
    self.hash = hash
    self.limit = limit
    self.first = first
    self.second = second
    sums = Array(repeating: (0, 0), count: interactions.count)
  }

  mutating func check(constraint: Int, values: UnsafePointer<BabyBear>) {
    var all = SIMD8<UInt32>()
    for i in stride(from: 0, to: EvaluationPlan.lanes, by: 8) { all |= PackedBabyBear.load(values + i).words }
    if all == SIMD8<UInt32>() { return }
    for lane in 0..<laneCount where !values[lane].isZero {
      var failure = result.failures[constraint] ?? (0, [])
      failure.rows += 1
      if failure.first.count < limit { failure.first.append(firstRow + lane) }
      result.failures[constraint] = failure
    }
  }

  mutating func emit(
    interaction: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>
  ) {
    let counts = scratch + Int(emission.count)
    var all = SIMD8<UInt32>()
    for i in stride(from: 0, to: EvaluationPlan.lanes, by: 8) { all |= PackedBabyBear.load(counts + i).words }
    if all == SIMD8<UInt32>() { return }
    hash.hashBlock(
      bus: interactions[interaction].bus.number, emission, scratch: scratch, first: first, second: second)
    var (sum0, sum1) = sums[interaction]
    let role = interactions[interaction].role
    var lane = 0
    while lane < laneCount {
      let count = counts[lane]
      let (h0, h1) = (first[lane], second[lane])
      if count == .one {
        sum0 &+= h0
        sum1 &+= h1
      } else if count == .minusOne && role != .lookup {
        sum0 &-= h0
        sum1 &-= h1
      } else if !count.isZero {
        let signed = count.signed
        sum0 &+= h0 &* UInt64(bitPattern: signed)
        sum1 &+= h1 &* UInt64(bitPattern: signed)
        if role != .table && result.counts[interaction, default: []].count < limit {
          result.counts[interaction, default: []].append((firstRow + lane, signed))
        }
      }
      lane &+= 1
    }
    sums[interaction] = (sum0, sum1)
  }
}
