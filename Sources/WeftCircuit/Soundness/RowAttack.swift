import WeftField

/// What the attack on a row found.
struct AttackResult: Sendable {
  var count = 0
  var accepted: [AcceptedMutation] = []
  var dishonest: [String] = []
  /// Constraints that alone rejected some change.
  var needed: Set<Int> = []
}

/// The changes of one row and what becomes of them.
struct RowAttack: ~Copyable {
  private let trace: AIRTrace
  private let options: SoundnessAudit.Options
  private let rows: [Int]
  private var engine: MutationEngine
  private var numbers: SplitMix
  private let columns: [String]
  private var pending: [(Mutation, MutatedRows)] = []
  private var result = AttackResult()

  init(
    trace: AIRTrace, options: SoundnessAudit.Options, rows: [Int], engine: consuming MutationEngine
  ) {
    self.trace = trace
    self.options = options
    self.rows = rows
    self.engine = engine
    numbers = SplitMix(state: options.seed)
    columns = trace.air.mainColumns
  }

  private func cells(_ row: Int) -> [BabyBear] { trace.main?.row(row) ?? [] }

  private func isAdvice(_ column: String) -> Bool { options.advice.contains { column.hasPrefix($0) } }

  /// Whether the exchange of a column's cells is an exchange of advice: of the column, or of all others that differ.
  private func exchangesAdvice(_ column: String, _ rows: [Int]) -> Bool {
    if isAdvice(column) { return true }
    guard rows.count == 2 else { return false }
    let (first, second) = (cells(rows[0]), cells(rows[1]))
    return columns.indices.allSatisfy { index in
      first[index] == second[index] || columns[index] == column || isAdvice(columns[index])
    }
  }

  /// Whether two rows agree in the columns by which rows are sorted.
  private func mayStandInAnyOrder(_ first: [BabyBear], _ second: [BabyBear]) -> Bool {
    guard !options.sortColumns.isEmpty else { return false }
    return columns.indices.allSatisfy {
      first[$0] == second[$0] || !options.sortColumns.contains(columns[$0])
    }
  }

  /// Attacks the row with the given place among the selected ones.
  mutating func run(_ index: Int) -> AttackResult {
    let row = rows[index]
    numbers.state &+= UInt64(row) &* 0x9e37_79b9_7f4a_7c15
    honest(row)
    let original = cells(row)
    for column in columns.indices {
      for value in values(original[column]) {
        var changed = original
        changed[column] = value
        add(.cells(row: row, [NamedValue(name: columns[column], value: value.canonical)]), [(row, changed)])
      }
    }
    // Other rows: the next one that is selected, and the last one, often padding.
    let others = Set([rows[(index + 1) % rows.count], trace.height - 1]).subtracting([row]).sorted()
    for other in others { exchange(row, other) }
    flush()
    return result
  }

  private mutating func honest(_ row: Int) {
    let verdict = engine.judge([MutatedRows(rows: [(row, cells(row))])])[0]
    if !verdict.isAccepted || verdict.sendsChanged {
      result.dishonest.append(
        "row \(row) of \(trace.air.name): "
          + (verdict.soleConstraint.map { trace.air.constraints[$0].label } ?? "a look-up is in no table"))
    }
  }

  private mutating func exchange(_ row: Int, _ other: Int) {
    let (original, second) = (cells(row), cells(other))
    if original == second { return }
    let rowsMayMove = options.rowsMayMove ?? trace.air.isOrderFree
    let differing = columns.indices.filter { original[$0] != second[$0] }
    // Where one column differs, its exchange is that of the rows.
    for column in differing where differing.count > 1 || !rowsMayMove {
      var (changed, changedOther) = (original, second)
      (changed[column], changedOther[column]) = (second[column], original[column])
      add(.exchange(column: columns[column], rows: [row, other]), [(row, changed), (other, changedOther)])
    }
    add(.duplicate(row: row, over: other), [(other, original)])
    if rowsMayMove {
      // Must be accepted: an AIR that calls itself free of order has to be.
      let verdict = engine.judge([MutatedRows(rows: [(row, second), (other, original)])])[0]
      result.count += 1
      if !verdict.isAccepted || verdict.sendsChanged {
        result.dishonest.append("the rows \(row) and \(other) cannot be exchanged in an AIR without order")
      }
    } else if !mayStandInAnyOrder(original, second) {
      add(.swap(rows: [row, other]), [(row, second), (other, original)])
    }
    if row < trace.rowCount {
      let padding = trace.rowCount < trace.height ? cells(trace.height - 1) : original.map { _ in .zero }
      if padding != original { add(.remove(row: row), [(row, padding)]) }
    }
  }

  /// The values that a cell is changed to.
  private mutating func values(_ x: BabyBear) -> [BabyBear] {
    var values: [BabyBear] = [
      x + 1, x - 1, 0, 1, 2, 255, 256, x + 256, x - 256, -x, x.inverseOrZero, -1, 128, x + x,
      BabyBear(UInt32(truncatingIfNeeded: numbers.next() & 255)),
    ]
    for _ in 0..<options.randomValues { values.append(BabyBear(numbers.next())) }
    var seen: Set<BabyBear> = [x]
    return values.filter { seen.insert($0).inserted }
  }

  private mutating func add(_ kind: Mutation.Kind, _ rows: [(Int, [BabyBear])]) {
    pending.append((Mutation(air: trace.air.name, kind: kind), MutatedRows(rows: rows)))
    if pending.count >= 256 { flush() }
  }

  private mutating func flush() {
    let batch = pending
    pending = []
    let verdicts = engine.judge(batch.map(\.1))
    result.count += batch.count
    for ((mutation, _), verdict) in zip(batch, verdicts) {
      if let constraint = verdict.soleConstraint, !verdict.receivesChanged {
        result.needed.insert(constraint)
      }
      guard verdict.isAccepted else { continue }
      if verdict.sendsChanged {
        // Advice may be anything that the constraints allow.
        if case .cells(_, let cells) = mutation.kind, cells.allSatisfy({ isAdvice($0.name) }) { continue }
        if case .exchange(let column, let rows) = mutation.kind, exchangesAdvice(column, rows) { continue }
      }
      result.accepted.append(
        AcceptedMutation(mutation: mutation, effect: verdict.sendsChanged ? .otherOutput : .unnoticed))
    }
  }

  /// Tries to show that a constraint is needed, by changes of two and three cells among the columns that it and its
  /// neighbours look at. Gives the constraints that were shown to be needed.
  mutating func confirm(_ constraint: Int) -> Set<Int> {
    numbers.state &+= UInt64(constraint) &* 0xbf58_476d_1ce4_e5b9
    let air = trace.air
    let own = mainColumns(of: constraint)
    guard !own.isEmpty else { return [] }
    var around = own
    for index in air.constraints.indices where around.count < 24 {
      let other = mainColumns(of: index)
      if other.contains(where: own.contains) { around += other.filter { !around.contains($0) } }
    }
    var found: Set<Int> = []
    var tried = 0
    while tried < options.redundancyTrials && !found.contains(constraint) {
      var batch: [MutatedRows] = []
      for _ in 0..<128 {
        let row = rows[Int(numbers.next() % UInt64(rows.count))]
        var changed = cells(row)
        for place in 0..<(2 + Int(numbers.next() % 2)) {
          let pool = place == 0 ? own : around
          let column = pool[Int(numbers.next() % UInt64(pool.count))]
          let choices = values(changed[column])
          changed[column] = choices[Int(numbers.next() % UInt64(choices.count))]
        }
        batch.append(MutatedRows(rows: [(row, changed)]))
      }
      tried += batch.count
      for verdict in engine.judge(batch) {
        if let sole = verdict.soleConstraint, !verdict.receivesChanged { found.insert(sole) }
      }
    }
    return found
  }

  private func mainColumns(of constraint: Int) -> [Int] {
    let air = trace.air
    var seen: Set<Int> = []
    return air.variables(of: [air.constraints[constraint].node]).compactMap { entry, index in
      guard case .main(air.mainPart, _) = entry, seen.insert(index).inserted else { return nil }
      return index
    }
  }
}

/// A small generator of numbers: the same attack every time.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z &>> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z &>> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z &>> 31)
  }
}
