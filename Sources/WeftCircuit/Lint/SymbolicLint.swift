import WeftField

/// Looks for holes in an AIR without any trace: the rules of reference/circuits.md §12.2.
public struct SymbolicLint: Sendable {
  /// What the lint knows of the system.
  public struct Options: Sendable {
    /// The bus on which instructions pass program counter and time on, and the place of the time in its messages.
    public var timeBus: (number: Int, field: Int)?
    /// AIRs whose messages on the time bus are not instructions: the connector.
    public var timeExemptions: Set<String> = []
    /// The bus on which instructions are looked up, and the place of the opcode.
    public var programBus: (number: Int, field: Int)?
    /// The opcodes registered for an AIR; nil: none are known.
    public var opcodes: [String: Set<UInt32>] = [:]
    public var maximumDegree = 3

    public init() {}
  }

  public let air: AIRDescription
  public let options: Options
  let domains: FiniteDomains

  public init(_ air: AIRDescription, preprocessed: Trace? = nil, options: Options = Options()) {
    self.air = air
    self.options = options
    domains = FiniteDomains(air, preprocessed: preprocessed)
  }

  /// All findings, rule by rule.
  public func findings() -> [LintFinding] {
    counts() + timeSteps() + opcodes() + degrees() + zeroRow() + byteCells() + freeColumns()
  }

  /// Throws when there are findings.
  public func require() throws(CircuitError) {
    let findings = findings()
    if !findings.isEmpty { throw .unsound(air: air.name, findings: findings.map(\.description)) }
  }

  func finding(_ rule: LintFinding.Rule, _ message: String, _ location: SourceLocation?) -> LintFinding {
    LintFinding(rule: rule, air: air.name, message: message, location: location)
  }

  /// (a) Every count is provably 0 or 1, or −1 on a permutation bus; multiplicities of tables are free.
  private func counts() -> [LintFinding] {
    air.interactions.compactMap { interaction in
      if interaction.role == .table { return nil }
      let allowed: Set<BabyBear> = interaction.role == .lookup ? [0, 1] : [-1, 0, 1]
      let text = air.formula(of: interaction.count, limit: 80)
      guard let values = domains.values(of: interaction.count, allowed: allowed) else {
        return finding(
          .count, "the count of \(interaction.label), \(text), is not provably 0 or 1", interaction.location)
      }
      let others = values.subtracting(allowed).map(\.signed).sorted()
      if others.isEmpty { return nil }
      return finding(
        .count, "the count of \(interaction.label), \(text), can be \(others.prefix(4).map(String.init))",
        interaction.location)
    }
  }

  /// (b) Time grows by at most interactions · rows per instruction, and it grows.
  private func timeSteps() -> [LintFinding] {
    guard let bus = options.timeBus, !options.timeExemptions.contains(air.name) else { return [] }
    let messages = air.interactions.filter { $0.bus.number == bus.number && $0.message.count > bus.field }
    let (sends, receives) = (messages.filter { $0.role == .send }, messages.filter { $0.role == .receive })
    guard sends.count == receives.count else {
      return [
        finding(
          .timeStep, "\(receives.count) states are received and \(sends.count) sent", messages.first?.location
        )
      ]
    }
    return zip(receives, sends).compactMap { receive, send in
      let (from, to) = (Formula(air, receive.message[bus.field]), Formula(air, send.message[bus.field]))
      let rows = air.rowsPerStep.map { Formula(air, $0) }
      // Two random points tell whether the step is a constant times the rows.
      var generator = SystemRandomNumberGenerator()
      var steps: [BabyBear] = []
      for _ in 0..<3 {
        var point: [Variable: BabyBear] = [:]
        for variable in from.variables + to.variables + (rows?.variables ?? []) where point[variable] == nil {
          point[variable] = BabyBear(UInt32.random(in: 0..<BabyBear.order, using: &generator))
        }
        let value = { (variable: Variable) in point[variable] ?? .zero }
        let step = to.value(value) - from.value(value)
        steps.append(step * (rows?.value(value).inverseOrZero ?? .one))
      }
      let limit = Int64(air.interactions.count)
      if Set(steps).count == 1, steps[0].signed >= 1, steps[0].signed <= limit { return nil }
      let text = air.formula(of: send.message[bus.field], limit: 80)
      return finding(
        .timeStep, "time goes on to \(text), which is not at most \(limit) per row", send.location)
    }
  }

  /// (c) The opcodes that the AIR looks up are exactly those that are registered for it.
  private func opcodes() -> [LintFinding] {
    guard let expected = options.opcodes[air.name] else { return [] }
    guard let found = opcodeSet() else {
      return [finding(.opcodes, "the opcodes cannot be told from the AIR", nil)]
    }
    if found == expected { return [] }
    return [
      finding(.opcodes, "the AIR looks up \(found.sorted()), registered are \(expected.sorted())", nil)
    ]
  }

  /// The opcodes that the AIR looks up on the program bus; nil when they cannot be told.
  public func opcodeSet() -> Set<UInt32>? {
    guard let bus = options.programBus else { return nil }
    var result: Set<UInt32> = []
    for interaction in air.interactions
    where interaction.bus.number == bus.number && interaction.role == .lookup
      && interaction.message.count > bus.field
    {
      guard let values = domains.values(of: interaction.message[bus.field], where: interaction.count) else {
        return nil
      }
      result.formUnion(values.map(\.canonical))
    }
    return result
  }

  /// (d) Degrees, lengths of messages, selectors.
  private func degrees() -> [LintFinding] {
    var result: [LintFinding] = []
    for constraint in air.constraints where air.degrees[constraint.node] > options.maximumDegree {
      result.append(
        finding(
          .degree, "the constraint \(constraint.label) has the degree \(air.degrees[constraint.node])",
          constraint.location))
    }
    for interaction in air.interactions {
      let message = interaction.message.map { air.degrees[$0] }.max() ?? 0
      if message + 1 > options.maximumDegree || air.degrees[interaction.count] > options.maximumDegree {
        result.append(
          finding(
            .degree,
            "\(interaction.label) has a message of degree \(message) and a count of degree "
              + "\(air.degrees[interaction.count])", interaction.location))
      }
      if interaction.message.count + 1 > 128 {
        result.append(
          finding(
            .degree, "\(interaction.label) has a message of \(interaction.message.count) fields",
            interaction.location))
      }
      if (interaction.message + [interaction.count]).contains(where: { Formula(air, $0).hasSelector }) {
        result.append(
          finding(.selector, "\(interaction.label) depends on a selector of rows", interaction.location))
      }
    }
    return result
  }

  /// (e) Where padding is zero, a row of zeros between others of its kind satisfies every constraint and sends nothing.
  private func zeroRow() -> [LintFinding] {
    guard air.hasZeroPadding else { return [] }
    var result: [LintFinding] = []
    let selectors: [(first: BabyBear, last: BabyBear, transition: BabyBear)] = [(0, 0, 1), (0, 1, 0)]
    for constraint in air.constraints {
      let formula = Formula(air, constraint.node)
      if formula.hasPublicValue { continue }
      if selectors.contains(where: { !formula.value(selectors: $0, { _ in .zero }).isZero }) {
        result.append(
          finding(.zeroRow, "a row of zeros violates \(constraint.label)", constraint.location))
      }
    }
    for interaction in air.interactions where interaction.role != .table {
      if !Formula(air, interaction.count).value({ _ in .zero }).isZero {
        result.append(
          finding(.zeroRow, "a row of zeros has a message: \(interaction.label)", interaction.location))
      }
    }
    return result
  }

  /// No column is left over.
  private func freeColumns() -> [LintFinding] {
    var used: Set<Variable> = []
    let roots = air.constraints.map(\.node) + air.interactions.flatMap { $0.message + [$0.count] }
    for (entry, index) in air.variables(of: roots) {
      if case .main(let part, _) = entry {
        used.insert(Variable(entry: .main(part: part, offset: 0), index: index))
      }
    }
    return air.mainColumns.indices.compactMap { index in
      if used.contains(Variable(entry: .main(part: air.mainPart, offset: 0), index: index)) { return nil }
      return finding(.freeColumn, "nothing mentions the column \(air.mainColumns[index])", nil)
    }
  }
}
