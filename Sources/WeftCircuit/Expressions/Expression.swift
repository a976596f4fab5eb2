import WeftField

/// A formula over the columns of an AIR: what its constraints and interactions are written with.
///
/// A value is a reference into the graph of the builder that made it; literals and field elements are formulas too.
/// Expressions of two builders must not be mixed (the description is then refused).
public struct Expression {
  /// The graph; nil for a constant, whose element is then in `payload`.
  let graph: ExpressionGraph?
  /// The number of the node, or the Montgomery word of a constant.
  let payload: Int

  init(_ graph: ExpressionGraph, _ node: Int) {
    self.graph = graph
    payload = node
  }

  /// A constant.
  public init(_ value: BabyBear) {
    graph = nil
    payload = Int(value.montgomery)
  }

  /// A constant.
  public init(_ value: Int) { self.init(BabyBear(value)) }

  /// The element, when the expression is a constant.
  public var constant: BabyBear? {
    guard let graph else { return BabyBear(uncheckedMontgomery: UInt32(payload)) }
    if case .constant(let value) = graph.nodes[payload] { return value }
    return nil
  }

  /// The degree multiple: what the expression counts towards the limit of 3.
  public var degree: Int {
    guard let graph else { return 0 }
    return graph.degrees[payload]
  }

  /// The number of the node in a graph, entering constants.
  func node(in target: ExpressionGraph) -> Int {
    guard let graph else { return target.constant(BabyBear(uncheckedMontgomery: UInt32(payload))) }
    if graph !== target {
      target.hasForeignOperands = true
      return target.constant(.zero)
    }
    return payload
  }

  private static func combine(
    _ left: Expression, _ right: Expression, _ constants: (BabyBear, BabyBear) -> BabyBear,
    _ operation: (ExpressionGraph, Int, Int) -> Int
  ) -> Expression {
    guard let graph = left.graph ?? right.graph else {
      return Expression(
        constants(
          BabyBear(uncheckedMontgomery: UInt32(left.payload)),
          BabyBear(uncheckedMontgomery: UInt32(right.payload))))
    }
    return Expression(graph, operation(graph, left.node(in: graph), right.node(in: graph)))
  }

  public static func + (left: Expression, right: Expression) -> Expression {
    combine(left, right, { $0 + $1 }, { $0.add($1, $2) })
  }

  public static func - (left: Expression, right: Expression) -> Expression {
    combine(left, right, { $0 - $1 }, { $0.subtract($1, $2) })
  }

  public static func * (left: Expression, right: Expression) -> Expression {
    combine(left, right, { $0 * $1 }, { $0.multiply($1, $2) })
  }

  public static prefix func - (operand: Expression) -> Expression { 0 - operand }

  public static func += (left: inout Expression, right: Expression) { left = left + right }

  public static func -= (left: inout Expression, right: Expression) { left = left - right }

  public static func *= (left: inout Expression, right: Expression) { left = left * right }

  /// The expression divided by a constant that is not zero (division by zero gives zero).
  public func divided(by divisor: BabyBear) -> Expression { self * Expression(divisor.inverseOrZero) }

  public var squared: Expression { self * self }
}

extension Expression: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) { self.init(value) }
}

extension Sequence where Element == Expression {
  /// The sum of the expressions; 0 of none.
  public func sum() -> Expression { reduce(0) { $0 + $1 } }
}

extension Collection where Element == Expression {
  /// Σ base^i · self[i]: the number whose digits the expressions are, the lowest first.
  public func composed(base: Int = 256) -> Expression {
    var factor = BabyBear.one
    var result: Expression = 0
    for digit in self {
      result += digit * Expression(factor)
      factor *= BabyBear(base)
    }
    return result
  }
}

extension InlineArray {
  /// The elements as an array.
  public var array: [Element] { indices.map { self[$0] } }
}

extension InlineArray where Element == Expression {
  /// Σ base^i · self[i].
  public func composed(base: Int = 256) -> Expression { array.composed(base: base) }

  public func sum() -> Expression { array.sum() }
}
