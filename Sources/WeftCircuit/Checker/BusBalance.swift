import WeftField

/// The messages of unbalanced buses, one by one: which are left over, who sent them, which others almost fit.
struct BusBalance {
  private struct Entry {
    var total: Int64 = 0
    var contributors: [BusViolation.Contributor] = []
    var hasTable = false
  }

  let traces: TraceSet
  let limit: Int
  let contributorLimit: Int
  /// For every bus, what is left over of every message, by hash.
  private let totals: [Int: [UInt64: Int64]]
  private let hash = MessageHash()

  init(traces: TraceSet, buses: Set<Int>, limit: Int, contributorLimit: Int) {
    self.traces = traces
    self.limit = limit
    self.contributorLimit = contributorLimit
    var totals: [Int: [UInt64: Int64]] = [:]
    Self.visit(traces, hash, buses) { bus, _, _, _, hash, count, _ in
      totals[bus, default: [:]][hash, default: 0] += count
    }
    self.totals = totals.mapValues { messages in messages.filter { $0.value != 0 } }
  }

  /// Describes what is left over on a bus.
  func report(_ bus: Int, into report: inout CheckReport) throws(TraceError) {
    let unbalanced = totals[bus] ?? [:]
    guard
      let description = traces.airs.lazy.flatMap({ $0.air.interactions }).first(where: {
        $0.bus.number == bus
      })?.bus
    else { return }
    report.unbalancedMessages.append((bus: description.name, messages: unbalanced.count))
    // Messages in the order in which they appear; enough of them to find those that almost fit.
    var order: [UInt64] = []
    var messages: [UInt64: [BabyBear]] = [:]
    var entries: [UInt64: Entry] = [:]
    let remembered = max(4 * limit, 4096)
    Self.visit(traces, hash, [bus]) { _, air, row, number, hash, count, message in
      guard let total = unbalanced[hash] else { return }
      if messages[hash] == nil {
        guard order.count < remembered else { return }
        order.append(hash)
        messages[hash] = message()
        entries[hash] = Entry(total: total)
      }
      let interaction = traces.airs[air].air.interactions[number]
      if interaction.role == .table { entries[hash]?.hasTable = true }
      // So many of either side.
      let side = entries[hash]?.contributors.count { $0.count.signum() == count.signum() } ?? 0
      if side < contributorLimit {
        entries[hash]?.contributors.append(
          BusViolation.Contributor(
            air: traces.airs[air].air.name, row: row, interaction: interaction.label,
            location: interaction.location, count: count))
      }
    }
    // Messages without one of their fields, for the near misses.
    var partial: [[UInt32]: [UInt64]] = [:]
    for hash in order {
      let message = messages[hash] ?? []
      for field in message.indices { partial[Self.without(field, message), default: []].append(hash) }
    }
    for hash in order.prefix(limit) {
      guard let message = messages[hash], let entry = entries[hash] else { continue }
      var misses: [BusViolation.NearMiss] = []
      for field in message.indices {
        for other in partial[Self.without(field, message), default: []] {
          guard let found = entries[other], found.total.signum() != entry.total.signum(),
            let value = messages[other]?[field], misses.count < contributorLimit
          else { continue }
          misses.append(
            BusViolation.NearMiss(
              field: description.fieldName(field), value: value.canonical, total: found.total,
              contributor: found.contributors.first))
        }
      }
      report.busViolations.append(
        BusViolation(
          bus: description.name, kind: description.kind,
          fields: message.enumerated().map {
            NamedValue(name: description.fieldName($0.offset), value: $0.element.canonical)
          },
          total: entry.total, contributors: entry.contributors, nearMisses: misses,
          isNotInTable: description.kind == .lookup && !entry.hasTable && entry.total > 0))
    }
  }

  private static func without(_ field: Int, _ message: [BabyBear]) -> [UInt32] {
    var rest = message.map(\.montgomery)
    rest[field] = .max
    return rest
  }

  /// Calls a closure for every message with a count on some buses: bus, AIR, row, interaction, hash, count, message.
  private static func visit(
    _ traces: TraceSet, _ hash: MessageHash, _ buses: Set<Int>,
    _ body: (Int, Int, Int, Int, UInt64, Int64, () -> [BabyBear]) -> Void
  ) {
    for (number, trace) in traces.airs.enumerated() {
      let interactions = trace.air.interactions.indices.filter {
        buses.contains(trace.air.interactions[$0].bus.number)
      }
      guard !interactions.isEmpty else { continue }
      let plan = EvaluationPlan(trace.air, constraints: [], interactions: interactions)
      guard let evaluator = BlockEvaluator(plan, publicValues: trace.publicValues) else { continue }
      withoutActuallyEscaping(body) { body in
        var sink = VisitSink(hash: hash, interactions: trace.air.interactions, air: number, body: body)
        for first in stride(from: 0, to: trace.height, by: EvaluationPlan.lanes) {
          evaluator.load(trace, first: first)
          sink.firstRow = first
          sink.laneCount = min(EvaluationPlan.lanes, trace.height - first)
          evaluator.run(&sink)
        }
      }
    }
  }
}

private struct VisitSink: EvaluationSink {
  let hash: MessageHash
  let interactions: [Interaction]
  let air: Int
  let body: (Int, Int, Int, Int, UInt64, Int64, () -> [BabyBear]) -> Void
  var firstRow = 0
  var laneCount = 0

  mutating func check(constraint: Int, values: UnsafePointer<BabyBear>) {}

  mutating func emit(
    interaction: Int, _ emission: EvaluationPlan.Emission, scratch: UnsafePointer<BabyBear>
  ) {
    let bus = interactions[interaction].bus.number
    for lane in 0..<laneCount {
      let count = scratch[Int(emission.count) + lane]
      if count.isZero { continue }
      let field = { (index: Int) in scratch[Int(emission.message[index]) + lane] }
      let key = hash.hash(bus: bus, count: emission.message.count, field).0
      body(bus, air, firstRow + lane, interaction, key, count.signed) {
        emission.message.indices.map(field)
      }
    }
  }
}
