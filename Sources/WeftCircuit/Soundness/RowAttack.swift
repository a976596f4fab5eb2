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

  /// Whether two rows agree in the columns by which rows are sorted, or are groups of their own.
  private func mayStandInAnyOrder(_ first: [BabyBear], _ second: [BabyBear]) -> Bool {
    if !options.groupColumns.isEmpty, isGroup(first), isGroup(second) { return true }
    guard !options.sortColumns.isEmpty else { return false }
    return columns.indices.allSatisfy {
      first[$0] == second[$0] || !options.sortColumns.contains(columns[$0])
    }
  }

  private func isGroup(_ row: [BabyBear]) -> Bool {
    Set(columns.indices.filter { options.groupColumns.contains(columns[$0]) }.map { row[$0] }).count == 1
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

  /// Whether some row is accepted without a constraint and rejected with it, where the engine's plan leaves it out.
  ///
  /// A cell that the constraint looks at is changed; as long as other constraints fail, a cell of the first of them is
  /// set to what it demands.
  mutating func confirm(_ constraint: Int) -> Bool {
    numbers.state &+= UInt64(constraint) &* 0xbf58_476d_1ce4_e5b9
    let received = receivedColumns()
    let own = mainColumns(of: constraint)
    guard !own.isEmpty else { return false }
    let target = Formula(trace.air, trace.air.constraints[constraint].node)
    for _ in 0..<max(1, options.redundancyTrials / 128) {
      var batch: [(row: Int, cells: [BabyBear])] = []
      for _ in 0..<128 {
        let row = rows[pick(rows.count)]
        // Cells of one other row fit each other.
        let donor = cells(rows[pick(rows.count)])
        var changed = cells(row)
        let column = own[pick(own.count)]
        let choices = values(changed[column])
        changed[column] = pick(2) == 0 ? donor[column] : choices[pick(choices.count)]
        batch.append((row, changed))
      }
      for _ in 0..<Self.repairs {
        let verdicts = engine.judge(batch.map { MutatedRows(rows: [(number: $0.row, cells: $0.cells)]) })
        var open: [(row: Int, cells: [BabyBear])] = []
        for (candidate, verdict) in zip(batch, verdicts) {
          if verdict.isAccepted {
            if !value(of: target, candidate).isZero { return true }
          } else if let failed = verdict.firstConstraint, !verdict.receivesChanged {
            if let repaired = repair(candidate, failed, keeping: received) { open.append(repaired) }
          }
        }
        batch = open
        if batch.isEmpty { break }
      }
    }
    return false
  }

  /// Cells that are set anew at most to make other constraints hold.
  private static var repairs: Int { 6 }

  private mutating func pick(_ count: Int) -> Int { Int(numbers.next() % UInt64(count)) }

  /// The row with one cell set so that a constraint holds that is linear in it; nil where none is found.
  private mutating func repair(
    _ candidate: (row: Int, cells: [BabyBear]), _ constraint: Int, keeping received: Set<Int>
  ) -> (row: Int, cells: [BabyBear])? {
    let formula = Formula(trace.air, trace.air.constraints[constraint].node)
    let columns = mainColumns(of: constraint).filter { !received.contains($0) }
    guard !columns.isEmpty else { return nil }
    var changed = candidate
    let column = columns[pick(columns.count)]
    let base = value(of: formula, candidate)
    changed.cells[column] += 1
    guard let slope = (value(of: formula, changed) - base).inverse else { return nil }
    changed.cells[column] = candidate.cells[column] - base * slope
    return changed
  }

  private func value(of formula: Formula, _ candidate: (row: Int, cells: [BabyBear])) -> BabyBear {
    let (row, last) = (candidate.row, trace.height - 1)
    return formula.value(
      selectors: (BabyBear(row == 0), BabyBear(row == last), BabyBear(row != last)),
      { variable in
        variable.entry == .main(part: trace.air.mainPart, offset: 0)
          ? candidate.cells[variable.index]
          : trace.value(of: variable.entry, index: variable.index, row: row)
      })
  }

  /// Columns in what the AIR receives: their cells are the rest of the system's.
  private func receivedColumns() -> Set<Int> {
    let air = trace.air
    let nodes = air.interactions.filter { $0.role == .receive }.flatMap(\.message)
    return Set(
      air.variables(of: nodes).compactMap { entry, index in
        if case .main(air.mainPart, _) = entry { index } else { nil }
      })
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
