import WeftField

/// Attacks AIRs: changes honest traces cell by cell and row by row, and reports every change that is accepted.
///
/// A change is rejected when a constraint fails, when a look-up is not in its table (multiplicities do not count: a
/// prover would write those that fit), or when what the AIR receives from the rest of the system is not what the honest
/// trace receives. What it sends may differ only in columns that are advice. (reference/circuits.md §12)
public struct SoundnessAudit: Sendable {
  public struct Options: Sendable {
    /// Rows that are attacked of every kind of row: real or padding, first, last, and every combination of flags.
    public var rowsPerKind = 2
    /// Rows that are attacked at most.
    public var rowLimit = 256
    /// Random values per cell.
    public var randomValues = 2
    /// Columns whose values are advice: the AIR may give out what it likes there. A name stands for all columns that
    /// begin with it.
    public var advice: [String] = []
    /// Numbers of permutation buses whose messages are fixed by the rest of the system, so that what is sent there may
    /// not differ either: nodes of a tree whose root is public.
    public var fixedBuses: Set<Int> = []
    /// Whether rows may be exchanged; nil: where the AIR is free of order.
    public var rowsMayMove: Bool?
    /// Columns of an AIR with order, by which its rows are sorted: rows that agree there may stand in any order. Empty:
    /// no two rows may be exchanged.
    public var sortColumns: [String] = []
    /// Flags of an AIR with order whose rows form groups: a row in which all of them agree is a group of its own, or
    /// padding, and such rows may stand in any order. Empty: there are none.
    public var groupColumns: [String] = []
    /// Changes of a few cells that are tried to show that a constraint is needed; 0 leaves it out.
    public var redundancyTrials = 0
    /// Accepted changes that are described.
    public var acceptedLimit = 20
    public var seed: UInt64 = 1
    public var threads = Parallel.processorCount
    public var lint = SymbolicLint.Options()

    public init() {}
  }

  public let traces: TraceSet
  public let options: Options
  private let hash = MessageHash()
  private let oracles: LookupOracles

  /// An audit of a set of honest traces. `tables` answer look-ups of their buses themselves, which spares gathering the
  /// messages of large tables from the set; other buses take theirs from the set. Look-up buses without a table in the set take what honest rows look up for the
  /// table.
  public init(_ traces: TraceSet, tables: [any LookupTable] = [], options: Options = Options()) {
    self.traces = traces
    self.options = options
    var oracles = LookupOracles()
    for table in tables { oracles.tables[table.bus.number] = table }
    let provided = Set(
      traces.airs.flatMap { $0.air.interactions.filter { $0.role == .table }.map(\.bus.number) })
    for trace in traces.airs {
      let wanted = trace.air.interactions.indices.filter { number in
        let interaction = trace.air.interactions[number]
        let bus = interaction.bus.number
        if oracles.tables[bus] != nil { return false }
        return interaction.role == (provided.contains(bus) ? .table : .lookup)
      }
      guard !wanted.isEmpty else { continue }
      let plan = EvaluationPlan(trace.air, constraints: [], interactions: wanted)
      guard let evaluator = BlockEvaluator(plan, publicValues: trace.publicValues) else { continue }
      var collector = MessageCollector(interactions: trace.air.interactions, hash: hash)
      for first in stride(from: 0, to: trace.height, by: EvaluationPlan.lanes) {
        evaluator.load(trace, first: first)
        collector.laneCount = min(EvaluationPlan.lanes, trace.height - first)
        evaluator.run(&collector)
      }
      for (bus, messages) in collector.messages { oracles.messages[bus, default: []].formUnion(messages) }
    }
    self.oracles = oracles
  }

  private func engine(_ trace: AIRTrace, _ plan: EvaluationPlan) -> MutationEngine? {
    MutationEngine(trace, plan: plan, hash: hash, oracles: oracles, fixedBuses: options.fixedBuses)
  }

  /// Attacks all AIRs of the set that have a main trace.
  public func auditAll() throws(TraceError) -> [SoundnessReport] {
    var reports: [SoundnessReport] = []
    for trace in traces.airs where trace.main != nil { reports.append(try audit(trace)) }
    return reports
  }

  /// Attacks one AIR of the set.
  public func audit(_ trace: AIRTrace) throws(TraceError) -> SoundnessReport {
    let air = trace.air
    var report = SoundnessReport(air: air.name)
    let lint = SymbolicLint(air, preprocessed: trace.preprocessed, options: options.lint)
    report.lint = lint.findings()
    let honest = try Checker(threads: options.threads, violationLimit: 3).checkConstraints(TraceSet([trace]))
    report.dishonest = honest.constraintSummary.map { "\($0.label) (\($0.location)) in \($0.rows) rows" }
    report.rows = selectRows(trace, lint.domains)

    let plan = EvaluationPlan(
      air, constraints: Array(air.constraints.indices), interactions: Array(air.interactions.indices))
    let rows = report.rows
    let pieces = Parallel.map(count: rows.count, threads: options.threads) { index -> AttackResult? in
      guard let engine = self.engine(trace, plan) else { return nil }
      var attack = RowAttack(trace: trace, options: options, rows: rows, engine: engine)
      return attack.run(index)
    }
    var needed: Set<Int> = []
    for piece in pieces {
      guard let piece else { throw .outOfMemory(rows: EvaluationPlan.lanes, columns: plan.scratchCount) }
      report.mutationCount += piece.count
      report.acceptedCount += piece.accepted.count
      report.accepted += piece.accepted.prefix(max(0, options.acceptedLimit - report.accepted.count))
      report.dishonest += piece.dishonest
      needed.formUnion(piece.needed)
    }
    try attackPublicValues(trace, into: &report)
    if options.redundancyTrials > 0 {
      needed.formUnion(try confirm(trace, rows, needed))
      report.redundantConstraints = air.constraints.indices.filter { !needed.contains($0) }
        .map { "\(air.constraints[$0].label) (\(air.constraints[$0].location))" }
    }
    return report
  }

  /// Changes every public value; a constraint must fail, or a message must contain it.
  private func attackPublicValues(_ trace: AIRTrace, into report: inout SoundnessReport) throws(TraceError) {
    let air = trace.air
    let sent = Set(
      air.variables(of: air.interactions.flatMap { $0.message + [$0.count] })
        .filter { $0.entry == .publicValue }.map(\.index))
    var numbers = SplitMix(state: options.seed)
    for index in trace.publicValues.indices where !sent.contains(index) {
      let honest = trace.publicValues[index]
      for value in [honest + 1, honest - 1, 0, BabyBear(numbers.next())] where value != honest {
        var changed = trace
        changed.publicValues[index] = value
        report.mutationCount += 1
        let check = try Checker(threads: options.threads, violationLimit: 1)
          .checkConstraints(TraceSet([changed]))
        guard check.isAccepted else { continue }
        report.acceptedCount += 1
        if report.accepted.count < options.acceptedLimit {
          let named = NamedValue(name: air.publicValueNames[index], value: value.canonical)
          report.accepted.append(
            AcceptedMutation(
              mutation: Mutation(air: air.name, kind: .publicValue(named)), effect: .unnoticed))
        }
      }
    }
  }

  /// What becomes of some rows of an AIR of the set when they are written with other cells, as a prover would who wants to
  /// prove something false: nil when they are rejected. For faults whose dependants are derived anew: fill the rows of a
  /// chip from a record with the fault and pass them here.
  public func effect(of rows: [Int: [BabyBear]], in trace: AIRTrace) throws(TraceError)
    -> AcceptedMutation.Effect?
  {
    try effects(of: [rows], in: trace)[0]
  }

  /// What becomes of an AIR's trace for each of many changes, as for one in `effect(of:in:)`.
  public func effects(of changes: [[Int: [BabyBear]]], in trace: AIRTrace) throws(TraceError)
    -> [AcceptedMutation.Effect?]
  {
    let air = trace.air
    for rows in changes {
      for (_, cells) in rows where cells.count != air.mainColumns.count {
        throw .badShape(
          air: air.name, what: "the number of cells of a row", expected: air.mainColumns.count,
          found: cells.count)
      }
    }
    let plan = EvaluationPlan(
      air, constraints: Array(air.constraints.indices), interactions: Array(air.interactions.indices))
    guard var engine = self.engine(trace, plan) else {
      throw .outOfMemory(rows: EvaluationPlan.lanes, columns: plan.scratchCount)
    }
    let verdicts = engine.judge(
      changes.map { rows in
        MutatedRows(rows: rows.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      })
    return verdicts.map { verdict in
      guard verdict.isAccepted else { return nil }
      return verdict.sendsChanged ? .otherOutput : .unnoticed
    }
  }

  /// Constraints that the lint, or some change of a few cells, needs, among those not known to be needed.
  private func confirm(
    _ trace: AIRTrace, _ rows: [Int], _ needed: Set<Int>
  ) throws(TraceError) -> Set<Int> {
    let air = trace.air
    let open = air.constraints.indices.filter { !needed.contains($0) }
    let found = Parallel.map(count: open.count, threads: options.threads) { index -> Int? in
      // Without it, a count may no longer be provably a bit.
      var without = air
      without.constraints.remove(at: open[index])
      let lint = SymbolicLint(without, preprocessed: trace.preprocessed, options: options.lint)
      if !lint.findings().isEmpty { return open[index] }
      let plan = EvaluationPlan(
        air, constraints: air.constraints.indices.filter { $0 != open[index] },
        interactions: Array(air.interactions.indices))
      guard let engine = self.engine(trace, plan) else { return nil }
      var attack = RowAttack(trace: trace, options: options, rows: rows, engine: engine)
      return attack.confirm(open[index]) ? open[index] : nil
    }
    return Set(found.compactMap(\.self))
  }

  /// A few rows of every kind, in order; those of padding are never left out.
  private func selectRows(_ trace: AIRTrace, _ domains: FiniteDomains) -> [Int] {
    let part = trace.air.mainPart
    let flags = trace.air.mainColumns.indices.filter {
      domains.domains[Variable(entry: .main(part: part, offset: 0), index: $0)] != nil
    }
    var counts: [[UInt32]: Int] = [:]
    var rows: [Int] = []
    for row in [trace.rowCount..<trace.height, 0..<trace.rowCount].joined()
    where rows.count < options.rowLimit {
      var kind = flags.map { trace.main?[row, $0].montgomery ?? 0 }
      kind.append(row < trace.rowCount ? 1 : 0)
      if !trace.air.isOrderFree { kind.append(row == 0 ? 1 : row == trace.height - 1 ? 2 : 0) }
      if counts[kind, default: 0] < options.rowsPerKind {
        counts[kind, default: 0] += 1
        rows.append(row)
      }
    }
    return rows.sorted()
  }
}

extension SoundnessAudit {
  /// Attacks a chip on its own: fills its rows from honest records, lints it, changes every cell of every kind of row,
  /// duplicates, removes and exchanges rows and cells. Throws, with all findings, when it is not sound.
  @discardableResult
  public static func assertSound<C: Chip>(
    chip: C, records: C.Records, tables: [any LookupTable] = [RangeTable(), BitwiseTable()],
    options: Options = Options()
  ) throws -> SoundnessReport {
    let report = try audit(chip: chip, records: records, tables: tables, options: options)
    try report.require()
    return report
  }

  /// Attacks a chip on its own and reports.
  public static func audit<C: Chip>(
    chip: C, records: C.Records, tables: [any LookupTable] = [RangeTable(), BitwiseTable()],
    options: Options = Options()
  ) throws(TraceError) -> SoundnessReport {
    let generator = TraceGenerator(threads: options.threads)
    let traces = try generator.generate([TraceJob(chip, records: records)])
    guard let trace = traces.airs.first else {
      throw .badRecord(air: chip.name, row: 0, reason: "the records give no rows to attack")
    }
    return try SoundnessAudit(traces, tables: tables, options: options).audit(trace)
  }
}
