import Synchronization
import WeftField

/// Checks traces against their AIRs without cryptography: every constraint in every row, every bus exactly.
///
/// One pass evaluates the constraints and sums keyed hashes of the messages; only buses whose sum is not zero are
/// looked at message by message. The work is cut into blocks of rows, and the report does not depend on the number of
/// threads. (reference/prover.md §14)
public struct Checker: Sendable {
  /// Threads that work on the traces.
  public var threads: Int
  /// Violations that are described per constraint, interaction and bus.
  public var violationLimit: Int
  /// Contributors that are named per unbalanced message and side, and near misses per message.
  public var contributorLimit: Int

  public init(
    threads: Int = Parallel.processorCount, violationLimit: Int = 10, contributorLimit: Int = 4
  ) {
    self.threads = threads
    self.violationLimit = violationLimit
    self.contributorLimit = contributorLimit
  }

  /// Rows per piece of work.
  private static var pieceRows: Int { 64 * EvaluationPlan.lanes }

  /// Checks all AIRs and all buses. Heights, widths and the number of public values are checked first.
  public func check(_ traces: TraceSet) throws(TraceError) -> CheckReport {
    try check(traces, buses: true)
  }

  /// Checks the constraints of the AIRs, not the buses: for a chip on its own.
  public func checkConstraints(_ traces: TraceSet) throws(TraceError) -> CheckReport {
    try check(traces, buses: false)
  }

  private func check(_ traces: TraceSet, buses: Bool) throws(TraceError) -> CheckReport {
    for air in traces.airs { try air.validate() }
    var report = CheckReport()
    report.airCount = traces.airs.count
    report.rowCount = traces.rowCount
    report.cellCount = traces.cellCount
    if buses {
      report.otherFindings += Self.systemFindings(traces)
      // Counts that wrap around mean nothing.
      guard report.otherFindings.isEmpty else { return report }
    }

    let system = CheckedSystem(traces: traces, buses: buses)
    let pieces = traces.airs.indices.flatMap { air in
      stride(from: 0, to: traces.airs[air].height, by: Self.pieceRows).map { (air: air, first: $0) }
    }
    let limit = violationLimit
    let results = Parallel.map(count: pieces.count, threads: threads) { index in
      let (air, first) = pieces[index]
      let rows = first..<min(first + Self.pieceRows, traces.airs[air].height)
      return system.checkPiece(air: air, rows: rows, limit: limit)
    }

    var sums: [Int: (UInt64, UInt64)] = [:]
    var failures: [FailureKey: (rows: Int, first: [Int])] = [:]
    var counts: [FailureKey: [(row: Int, count: Int64)]] = [:]
    for (piece, result) in zip(pieces, results) {
      guard let result else { throw .outOfMemory(rows: Self.pieceRows, columns: 1) }
      for (bus, sum) in result.sums {
        let old = sums[bus] ?? (0, 0)
        sums[bus] = (old.0 &+ sum.0, old.1 &+ sum.1)
      }
      for (constraint, failure) in result.failures {
        let key = FailureKey(air: piece.air, item: constraint)
        var old = failures[key] ?? (0, [])
        old.rows += failure.rows
        old.first += failure.first.prefix(max(0, limit - old.first.count))
        failures[key] = old
      }
      for (interaction, bad) in result.counts {
        counts[FailureKey(air: piece.air, item: interaction), default: []] += bad
      }
    }

    for key in failures.keys.sorted() {
      guard let failure = failures[key] else { continue }
      let air = traces.airs[key.air].air
      let constraint = air.constraints[key.item]
      report.constraintSummary.append(
        ConstraintSummary(
          air: air.name, label: constraint.label, location: constraint.location, rows: failure.rows))
      for row in failure.first {
        report.constraintViolations.append(traces.airs[key.air].violation(of: key.item, row: row))
      }
    }
    for key in counts.keys.sorted() {
      let air = traces.airs[key.air].air
      let interaction = air.interactions[key.item]
      for bad in counts[key, default: []].prefix(limit) {
        report.countViolations.append(
          CountViolation(
            air: air.name, row: bad.row, interaction: interaction.label, location: interaction.location,
            count: bad.count))
      }
    }
    let unbalanced = sums.filter { $0.value != (0, 0) }.keys.sorted()
    if !unbalanced.isEmpty {
      let balance = BusBalance(
        traces: traces, buses: Set(unbalanced), limit: violationLimit, contributorLimit: contributorLimit)
      for bus in unbalanced { try balance.report(bus, into: &report) }
    }
    return report
  }

  /// Counts that could wrap around modulo p: Σ weights · heights of every bus and Σ interactions · heights must stay
  /// below p. (reference/circuits.md §2, N1)
  private static func systemFindings(_ traces: TraceSet) -> [String] {
    var findings: [String] = []
    var weights: [Bus: Int] = [:]
    var total = 0
    for trace in traces.airs {
      for interaction in trace.air.interactions {
        let share = trace.height.multipliedReportingOverflow(by: interaction.weight)
        weights[interaction.bus, default: 0] += share.partialValue
        total += trace.height
      }
    }
    let limit = Int(BabyBear.order)
    for (bus, weight) in weights.sorted(by: { $0.key.number < $1.key.number }) where weight >= limit {
      findings.append("bus \(bus.name): \(weight) messages are possible, the field has only \(limit) counts")
    }
    if total >= limit { findings.append("\(total) interactions are more than the field's order \(limit)") }
    let buses = Set(traces.airs.flatMap { $0.air.interactions.map(\.bus) })
    do {
      try Bus.requireUnique(buses.sorted { ($0.number, $0.name) < ($1.number, $1.name) })
    } catch {
      findings.append(error.description)
    }
    return findings
  }
}

/// A constraint or an interaction of an AIR of a set.
private struct FailureKey: Hashable, Comparable {
  var air: Int
  var item: Int

  static func < (left: Self, right: Self) -> Bool { (left.air, left.item) < (right.air, right.item) }
}

extension AIRTrace {
  /// The value of a variable in a row.
  func value(of entry: ColumnEntry, index: Int, row: Int) -> BabyBear {
    let row = (row + entry.offset) & (height - 1)
    switch entry {
    case .preprocessed: return preprocessed?[row, index] ?? .zero
    case .main(let part, _): return (part < cached.count ? cached[part] : main)?[row, index] ?? .zero
    case .publicValue: return index < publicValues.count ? publicValues[index] : .zero
    case .permutation, .challenge, .exposed: return .zero
    }
  }

  /// The values of nodes in a row.
  func values(of roots: [Int], row: Int) -> [BabyBear] {
    let top = roots.max() ?? -1
    var values = [BabyBear](repeating: .zero, count: top + 1)
    for node in 0..<(top + 1) {
      values[node] =
        switch air.nodes[node] {
        case .variable(let entry, let index): value(of: entry, index: index, row: row)
        case .isFirstRow: BabyBear(row == 0)
        case .isLastRow: BabyBear(row == height - 1)
        case .isTransition: BabyBear(row != height - 1)
        case .constant(let constant): constant
        case .add(let a, let b): values[a] + values[b]
        case .subtract(let a, let b): values[a] - values[b]
        case .negate(let a): -values[a]
        case .multiply(let a, let b): values[a] * values[b]
        }
    }
    return roots.map { values[$0] }
  }

  func violation(of number: Int, row: Int) -> ConstraintViolation {
    let constraint = air.constraints[number]
    return ConstraintViolation(
      air: air.name, row: row, label: constraint.label, location: constraint.location,
      formula: air.formula(of: constraint.node),
      value: values(of: [constraint.node], row: row)[0].canonical,
      cells: air.variables(of: [constraint.node]).map { entry, index in
        NamedValue(
          name: air.name(of: entry, index: index),
          value: value(of: entry, index: index, row: row).canonical)
      })
  }
}
