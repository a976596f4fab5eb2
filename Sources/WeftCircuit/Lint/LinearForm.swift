import WeftField

/// A variable of a row or of the next one.
struct Variable: Hashable, Sendable {
  var entry: ColumnEntry
  var index: Int

  /// The same variable one row later; nil for the next row and for what does not belong to a row.
  var shifted: Variable? {
    switch entry {
    case .main(let part, 0): Variable(entry: .main(part: part, offset: 1), index: index)
    case .preprocessed(0): Variable(entry: .preprocessed(offset: 1), index: index)
    default: nil
    }
  }
}

/// A constant plus multiples of variables.
struct LinearForm: Hashable, Sendable {
  var constant: BabyBear
  /// No coefficient is zero.
  var terms: [Variable: BabyBear] = [:]

  init(_ constant: BabyBear) { self.constant = constant }

  init(_ variable: Variable) {
    constant = .zero
    terms = [variable: .one]
  }

  var isConstant: Bool { terms.isEmpty }

  func scaled(_ factor: BabyBear) -> LinearForm {
    var result = LinearForm(constant * factor)
    if !factor.isZero { result.terms = terms.mapValues { $0 * factor } }
    return result
  }

  static func + (left: LinearForm, right: LinearForm) -> LinearForm {
    var result = left
    result.constant += right.constant
    for (variable, factor) in right.terms {
      let sum = (result.terms[variable] ?? .zero) + factor
      result.terms[variable] = sum.isZero ? nil : sum
    }
    return result
  }

  static func product(_ left: LinearForm, _ right: LinearForm) -> LinearForm? {
    if left.isConstant { return right.scaled(left.constant) }
    if right.isConstant { return left.scaled(right.constant) }
    return nil
  }
}

/// The nodes below a root, ready to be evaluated with some variables fixed.
struct Formula: Sendable {
  private let nodes: [SymbolicNode]
  let variables: [Variable]
  let hasSelector: Bool
  let hasPublicValue: Bool
  let degree: Int

  init(_ air: AIRDescription, _ root: Int) {
    var needed = [Bool](repeating: false, count: root + 1)
    needed[root] = true
    var order: [Int] = []
    for index in stride(from: root, through: 0, by: -1) where needed[index] {
      order.append(index)
      for operand in air.nodes[index].operands { needed[operand] = true }
    }
    order.reverse()
    var numbers: [Int: Int] = [:]
    for (position, index) in order.enumerated() { numbers[index] = position }
    nodes = order.map { air.nodes[$0].mapOperands { numbers[$0] ?? 0 } }
    variables = nodes.compactMap {
      if case .variable(let entry, let index) = $0 { Variable(entry: entry, index: index) } else { nil }
    }
    hasSelector = nodes.contains(where: \.isSelector)
    hasPublicValue = variables.contains { $0.entry == .publicValue }
    degree = air.degrees[root]
  }

  /// The value where every variable is given; selectors are `selectors`.
  func value(
    selectors: (first: BabyBear, last: BabyBear, transition: BabyBear) = (.zero, .zero, .one),
    _ variable: (Variable) -> BabyBear
  ) -> BabyBear {
    var values: [BabyBear] = []
    values.reserveCapacity(nodes.count)
    for node in nodes {
      switch node {
      case .variable(let entry, let index): values.append(variable(Variable(entry: entry, index: index)))
      case .isFirstRow: values.append(selectors.first)
      case .isLastRow: values.append(selectors.last)
      case .isTransition: values.append(selectors.transition)
      case .constant(let constant): values.append(constant)
      case .add(let a, let b): values.append(values[a] + values[b])
      case .subtract(let a, let b): values.append(values[a] - values[b])
      case .negate(let a): values.append(-values[a])
      case .multiply(let a, let b): values.append(values[a] * values[b])
      }
    }
    return values.last ?? .zero
  }

  /// The linear form that is left when some variables are fixed; nil when products of others are left.
  func linear(_ fixed: (Variable) -> BabyBear?) -> LinearForm? {
    var values: [LinearForm?] = []
    values.reserveCapacity(nodes.count)
    for node in nodes {
      switch node {
      case .variable(let entry, let index):
        let variable = Variable(entry: entry, index: index)
        values.append(fixed(variable).map { LinearForm($0) } ?? LinearForm(variable))
      case .isFirstRow, .isLastRow, .isTransition: values.append(nil)
      case .constant(let constant): values.append(LinearForm(constant))
      case .add(let a, let b): values.append(values[a].flatMap { x in values[b].map { x + $0 } })
      case .subtract(let a, let b):
        values.append(values[a].flatMap { x in values[b].map { x + $0.scaled(.minusOne) } })
      case .negate(let a): values.append(values[a].map { $0.scaled(.minusOne) })
      case .multiply(let a, let b):
        if let x = values[a], let y = values[b] {
          values.append(LinearForm.product(x, y))
        } else if values[a]?.isConstant == true, values[a]?.constant.isZero == true {
          values.append(LinearForm(.zero))
        } else if values[b]?.isConstant == true, values[b]?.constant.isZero == true {
          values.append(LinearForm(.zero))
        } else {
          values.append(nil)
        }
      }
    }
    return values.last ?? nil
  }
}
