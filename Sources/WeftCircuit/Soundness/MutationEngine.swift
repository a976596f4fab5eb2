import WeftField

/// A changed trace, as far as it is changed: whole rows by number.
struct MutatedRows {
  var rows: [(number: Int, cells: [BabyBear])]
}

/// What becomes of a changed trace.
struct MutationVerdict {
  /// The one constraint that fails, when no other and no look-up does.
  var soleConstraint: Int?
  /// The first constraint that fails.
  var firstConstraint: Int?
  var failures = 0
  var receivesChanged = false
  var sendsChanged = false

  var isAccepted: Bool { failures == 0 && !receivesChanged }
}

/// Whether messages are in the tables of the look-up buses.
struct LookupOracles: Sendable {
  /// Tables that know their messages.
  var tables: [Int: any LookupTable] = [:]
  /// The messages of other tables, by the hash of the message.
  var messages: [Int: Set<UInt64>] = [:]
}

/// Evaluates changed rows of one AIR: constraints on the rows and their neighbours, look-ups against the tables, and what
/// is sent and received against the honest rows.
struct MutationEngine: ~Copyable {
  private let trace: AIRTrace
  private let plan: EvaluationPlan
  private let evaluator: BlockEvaluator
  private let hash: MessageHash
  private let oracles: LookupOracles
  /// Buses on which sends may differ as little as receives.
  private let fixedBuses: Set<Int>
  private let width: Int
  /// A window takes the lanes of a row and of the next one, or that of the row where no formula looks ahead.
  private let windowLanes: Int
  private var buffer: [BabyBear]
  /// Sums of the messages of honest rows, by row.
  private var honest: [Int: AuditSums] = [:]

  init?(
    _ trace: AIRTrace, plan: EvaluationPlan, hash: MessageHash, oracles: LookupOracles,
    fixedBuses: Set<Int> = []
  ) {
    guard let evaluator = BlockEvaluator(plan, publicValues: trace.publicValues) else { return nil }
    self.trace = trace
    self.plan = plan
    self.evaluator = evaluator
    self.hash = hash
    self.oracles = oracles
    self.fixedBuses = fixedBuses
    width = trace.main?.width ?? 0
    windowLanes = plan.usesNextRow ? 2 : 1
    buffer = Array(repeating: .zero, count: (EvaluationPlan.lanes + 2) * max(width, 1))
  }

  /// The verdicts on some changed traces.
  mutating func judge(_ mutations: [MutatedRows]) -> [MutationVerdict] {
    // The windows that see a changed row: its own, and that of the row before where next rows matter.
    var windows: [(mutation: Int, row: Int)] = []
    for (index, mutation) in mutations.enumerated() {
      var seen: Set<Int> = []
      for (row, _) in mutation.rows {
        for number in plan.usesNextRow ? [(row - 1) & (trace.height - 1), row] : [row]
        where seen.insert(number).inserted {
          windows.append((index, number))
        }
      }
    }
    let unknown = Set(windows.map(\.row)).filter { honest[$0] == nil }.sorted()
    let sums = evaluate(unknown.map { (nil, $0) })
    for (row, sum) in zip(unknown, sums) { honest[row] = sum }

    var verdicts = Array(repeating: MutationVerdict(), count: mutations.count)
    let nothing = (sends: (UInt64(0), UInt64(0)), receives: (UInt64(0), UInt64(0)))
    var difference = Array(repeating: nothing, count: mutations.count)
    let results = evaluate(windows.map { (mutations[$0.mutation], $0.row) })
    for (window, result) in zip(windows, results) {
      let index = window.mutation
      let base = honest[window.row] ?? AuditSums()
      difference[index].sends.0 &+= result.sends.0 &- base.sends.0
      difference[index].sends.1 &+= result.sends.1 &- base.sends.1
      difference[index].receives.0 &+= result.receives.0 &- base.receives.0
      difference[index].receives.1 &+= result.receives.1 &- base.receives.1
      guard result.failures > 0 else { continue }
      // The same constraint may fail in both windows.
      if result.failures == 1, let constraint = result.constraint,
        verdicts[index].failures == 0 || verdicts[index].soleConstraint == constraint
      {
        verdicts[index].soleConstraint = constraint
      } else {
        verdicts[index].soleConstraint = nil
      }
      verdicts[index].firstConstraint = verdicts[index].firstConstraint ?? result.constraint
      verdicts[index].failures += result.failures
    }
    for index in mutations.indices {
      verdicts[index].sendsChanged = difference[index].sends != (0, 0)
      verdicts[index].receivesChanged = difference[index].receives != (0, 0)
    }
    return verdicts
  }

  /// Evaluates windows, as many at a time as there are lanes for.
  private mutating func evaluate(_ windows: [(mutation: MutatedRows?, row: Int)]) -> [AuditSums] {
    var results: [AuditSums] = []
    let perBlock = EvaluationPlan.lanes / windowLanes
    let mask = trace.height - 1
    for first in stride(from: 0, to: windows.count, by: perBlock) {
      let block = windows[first..<min(first + perBlock, windows.count)]
      var numbers: [Int] = []
      for (mutation, row) in block {
        for number in (row..<row + windowLanes).lazy.map({ $0 & mask }) {
          let changed = mutation?.rows.first { $0.number == number }?.cells
          for column in 0..<width {
            buffer[numbers.count * width + column] = changed?[column] ?? trace.main?[number, column] ?? .zero
          }
          numbers.append(number)
        }
      }
      let count = block.count
      let (trace, interactions, hash, oracles) = (trace, trace.air.interactions, hash, oracles)
      let windowLanes = windowLanes
      let fixed = interactions.map { $0.role == .table || fixedBuses.contains($0.bus.number) }
      var sums = [AuditSums](repeating: AuditSums(), count: count)
      buffer.withUnsafeBufferPointer { cells in
        guard let cells = cells.baseAddress else { return }
        self.evaluator.load(trace, rows: numbers, main: cells)
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * EvaluationPlan.lanes) { hashes in
          guard let hashes = hashes.baseAddress else { return }
          var sink = AuditSink(
            interactions: interactions, fixed: fixed, hash: hash, oracles: oracles, first: hashes,
            second: hashes + EvaluationPlan.lanes, windowLanes: windowLanes, sums: sums)
          self.evaluator.run(&sink)
          sums = sink.sums
        }
      }
      results += sums
    }
    return results
  }
}

/// What one window says.
struct AuditSums {
  var failures = 0
  /// The first constraint that fails.
  var constraint: Int?
  var sends: (UInt64, UInt64) = (0, 0)
  var receives: (UInt64, UInt64) = (0, 0)
}

/// Gathers what windows say, each in its first lane.
private struct AuditSink: EvaluationSink {
  let interactions: [Interaction]
  /// Whether an interaction's sends may not differ. A table that gives out more than is looked up is as wrong as one
  /// that gives out less.
  let fixed: [Bool]
  let hash: MessageHash
  let oracles: LookupOracles
  let first: UnsafeMutablePointer<UInt64>
  let second: UnsafeMutablePointer<UInt64>
  let windowLanes: Int
  var sums: [AuditSums]

  mutating func check(constraint: Int, values: UnsafePointer<BabyBear>) {
    for window in sums.indices where !values[windowLanes * window].isZero {
      if sums[window].constraint == nil { sums[window].constraint = constraint }
      sums[window].failures += 1
    }
  }

  mutating func emit(
    interaction: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>
  ) {
    let counts = scratch + Int(emission.count)
    let (bus, role) = (interactions[interaction].bus.number, interactions[interaction].role)
    if role != .lookup {
      hash.hashBlock(bus: bus, emission, scratch: scratch, first: first, second: second)
    }
    for window in sums.indices {
      let lane = windowLanes * window
      let count = counts[lane].signed
      if count == 0 { continue }
      if role == .lookup {
        if !isInTable(bus, emission, scratch + lane) {
          sums[window].failures += 1
        }
        continue
      }
      let factor = UInt64(bitPattern: count)
      if count > 0 && !fixed[interaction] {
        sums[window].sends.0 &+= first[lane] &* factor
        sums[window].sends.1 &+= second[lane] &* factor
      } else {
        sums[window].receives.0 &+= first[lane] &* factor
        sums[window].receives.1 &+= second[lane] &* factor
      }
    }
  }

  private func isInTable(
    _ bus: Int, _ emission: EvaluationPlan.Emission, _ values: UnsafePointer<BabyBear>
  ) -> Bool {
    if let table = oracles.tables[bus] {
      return table.contains(emission.message.map { values[Int($0)].canonical })
    }
    let key = hash.hash(bus: bus, count: emission.message.count) { values[Int(emission.message[$0])] }.0
    return oracles.messages[bus]?.contains(key) ?? false
  }
}

/// Gathers the hashes of the messages of look-up buses: those of tables, and those that are looked up.
struct MessageCollector: EvaluationSink {
  let interactions: [Interaction]
  let hash: MessageHash
  var laneCount = 0
  var messages: [Int: Set<UInt64>] = [:]

  mutating func check(constraint: Int, values: UnsafePointer<BabyBear>) {}

  mutating func emit(
    interaction: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>
  ) {
    let (bus, role) = (interactions[interaction].bus.number, interactions[interaction].role)
    for lane in 0..<laneCount where role == .table || !scratch[Int(emission.count) + lane].isZero {
      let key = hash.hash(bus: bus, count: emission.message.count) {
        scratch[Int(emission.message[$0]) + lane]
      }
      messages[bus, default: []].insert(key.0)
    }
  }
}
