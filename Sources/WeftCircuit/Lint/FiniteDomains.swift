import WeftField

/// Which values the flags of an AIR can take, and together: proofs by trying all of them.
///
/// A variable is finite when a constraint in it alone, of every row, has all its roots among small numbers, or when it
/// is a preprocessed column with few values. What formulas of finite variables can be is found by trying all values that
/// satisfy the constraints between them.
struct FiniteDomains: Sendable {
  /// Assignments that are tried at most.
  static var limit: Int { 1 << 17 }

  let air: AIRDescription
  private(set) var domains: [Variable: [BabyBear]] = [:]
  /// Constraints of every row in finite variables only.
  private var relations: [(formula: Formula, variables: [Variable])] = []

  init(_ air: AIRDescription, preprocessed: Trace?) {
    self.air = air
    let formulas = air.constraints.map { Formula(air, $0.node) }
    for formula in formulas where !formula.hasSelector && formula.variables.count == 1 {
      let variable = formula.variables[0]
      guard !formula.hasPublicValue, let roots = Self.roots(of: formula, variable) else { continue }
      note(variable, roots)
    }
    if let preprocessed {
      for index in 0..<preprocessed.width {
        var values: Set<BabyBear> = []
        for row in 0..<preprocessed.height where values.count <= 4 { values.insert(preprocessed[row, index]) }
        if values.count <= 4 {
          note(
            Variable(entry: .preprocessed(offset: 0), index: index),
            values.sorted { $0.canonical < $1.canonical })
        }
      }
    }
    for formula in formulas where !formula.hasSelector && !formula.hasPublicValue {
      guard formula.variables.allSatisfy({ domains[$0] != nil }) else { continue }
      relations.append((formula, formula.variables))
    }
  }

  private mutating func note(_ variable: Variable, _ roots: [BabyBear]) {
    domains[variable] = domains[variable].map { $0.filter(roots.contains) } ?? roots
    // What holds in every row holds in the next one.
    if let next = variable.shifted {
      domains[next] = domains[next].map { $0.filter(roots.contains) } ?? roots
    }
  }

  /// All roots of a formula in one variable, when they are small numbers.
  private static func roots(of formula: Formula, _ variable: Variable) -> [BabyBear]? {
    let bound = formula.degree
    guard bound > 0, bound <= 8 else { return nil }
    // The true degree: the highest difference of the values at 0, 1, …, bound that is not zero.
    var differences = (0...bound).map { point in formula.value { _ in BabyBear(point) } }
    var degree = -1
    for order in 0...bound {
      if let head = differences.first, !head.isZero { degree = order }
      differences = zip(differences, differences.dropFirst()).map { $1 - $0 }
    }
    guard degree > 0 else { return nil }
    let candidates = (Array(-8...8) + [128, 255, 256, -255, -256, 3, 16, 17, 29]).map { BabyBear($0) }
    var roots: [BabyBear] = []
    for candidate in candidates where !roots.contains(candidate) {
      if formula.value({ _ in candidate }).isZero { roots.append(candidate) }
    }
    return roots.count == degree ? roots : nil
  }

  /// Calls a closure with every assignment of the variables that satisfies the relations, on demand widened by related
  /// variables as far as the limit allows. False when a variable is not finite or there are too many assignments.
  func enumerate(_ wanted: [Variable], widened: Bool, _ body: ((Variable) -> BabyBear?) -> Void) -> Bool {
    var variables: [Variable] = []
    var size = 1
    func add(_ variable: Variable) -> Bool {
      if variables.contains(variable) { return true }
      guard let domain = domains[variable], size * max(domain.count, 1) <= Self.limit else { return false }
      size *= max(domain.count, 1)
      variables.append(variable)
      return true
    }
    for variable in wanted { guard add(variable) else { return false } }
    // Relations that share a variable, in this row and one later.
    var active: [(formula: Formula, rename: [Variable: Variable], variables: [Variable])] = []
    func instances() -> [(formula: Formula, rename: [Variable: Variable], variables: [Variable])] {
      relations.flatMap { relation in
        var result = [(relation.formula, [Variable: Variable](), relation.variables)]
        let shifted = relation.variables.compactMap(\.shifted)
        if shifted.count == relation.variables.count {
          result.append(
            (relation.formula, Dictionary(uniqueKeysWithValues: zip(relation.variables, shifted)), shifted))
        }
        return result
      }
    }
    let all = instances()
    var grown = widened
    while grown {
      grown = false
      for relation in all
      where relation.variables.contains(where: variables.contains)
        && !relation.variables.allSatisfy(variables.contains)
      {
        let before = (variables, size)
        // Widening is a help, not a duty; small steps only, so that the limit is not spent on strangers.
        if size <= 1 << 10 && relation.variables.allSatisfy(add) {
          grown = true
        } else {
          (variables, size) = before
        }
      }
    }
    active = all.filter { $0.variables.allSatisfy(variables.contains) }

    // Depth first; a relation is tried as soon as its last variable has a value.
    var ready: [[Int]] = Array(repeating: [], count: variables.count + 1)
    for (index, relation) in active.enumerated() {
      let last = relation.variables.compactMap { variables.firstIndex(of: $0) }.max() ?? -1
      ready[last + 1].append(index)
    }
    var assignment: [Variable: BabyBear] = [:]
    func descend(_ depth: Int) {
      for index in ready[depth] {
        let relation = active[index]
        let value = relation.formula.value { assignment[relation.rename[$0] ?? $0] ?? .zero }
        if !value.isZero { return }
      }
      guard depth < variables.count else {
        body { assignment[$0] }
        return
      }
      for value in domains[variables[depth]] ?? [] {
        assignment[variables[depth]] = value
        descend(depth + 1)
      }
      assignment[variables[depth]] = nil
    }
    descend(0)
    return true
  }

  /// All values that a node can take where `condition` (a node) is not zero; nil when they cannot be told. Related
  /// variables are looked at only where the values are not all `allowed` without them.
  func values(of node: Int, where condition: Int? = nil, allowed: Set<BabyBear> = []) -> Set<BabyBear>? {
    let formula = Formula(air, node)
    let guardFormula = condition.map { Formula(air, $0) }
    guard !formula.hasSelector, guardFormula?.hasSelector != true else { return nil }
    for widened in [false, true] {
      var result: Set<BabyBear> = []
      let done = enumerate(formula.variables + (guardFormula?.variables ?? []), widened: widened) { value in
        if let guardFormula, guardFormula.value({ value($0) ?? .zero }).isZero { return }
        result.insert(formula.value { value($0) ?? .zero })
      }
      guard done else { return nil }
      if widened || result.isSubset(of: allowed) { return result }
    }
    return nil
  }
}
