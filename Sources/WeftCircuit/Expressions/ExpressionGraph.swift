import WeftField

/// The nodes of one AIR while it is described: equal expressions are one node.
///
/// Constants are folded, neutral elements vanish and the operands of sums and products are put in order, so that the
/// same formula written twice is the same node.
final class ExpressionGraph {
  private(set) var nodes: [SymbolicNode] = []
  private(set) var degrees: [Int] = []
  private var numbers: [SymbolicNode: Int] = [:]
  /// Set when an expression of another graph was used.
  var hasForeignOperands = false

  func intern(_ node: SymbolicNode) -> Int {
    if let number = numbers[node] { return number }
    let number = nodes.count
    degrees.append(node.degree { degrees[$0] })
    nodes.append(node)
    numbers[node] = number
    return number
  }

  func constant(_ value: BabyBear) -> Int { intern(.constant(value)) }

  private func value(_ node: Int) -> BabyBear? {
    if case .constant(let value) = nodes[node] { value } else { nil }
  }

  func add(_ a: Int, _ b: Int) -> Int {
    switch (value(a), value(b)) {
    case (let x?, let y?): return constant(x + y)
    case (let x?, nil) where x.isZero: return b
    case (nil, let y?) where y.isZero: return a
    default: return intern(.add(min(a, b), max(a, b)))
    }
  }

  func subtract(_ a: Int, _ b: Int) -> Int {
    switch (value(a), value(b)) {
    case (let x?, let y?): return constant(x - y)
    case (let x?, nil) where x.isZero: return negate(b)
    case (nil, let y?) where y.isZero: return a
    default: return a == b ? constant(.zero) : intern(.subtract(a, b))
    }
  }

  func negate(_ a: Int) -> Int {
    switch nodes[a] {
    case .constant(let x): return constant(-x)
    case .negate(let operand): return operand
    default: return intern(.negate(a))
    }
  }

  func multiply(_ a: Int, _ b: Int) -> Int {
    switch (value(a), value(b)) {
    case (let x?, let y?): return constant(x * y)
    case (let x?, nil): return scale(b, by: x)
    case (nil, let y?): return scale(a, by: y)
    default: return intern(.multiply(min(a, b), max(a, b)))
    }
  }

  private func scale(_ node: Int, by factor: BabyBear) -> Int {
    if factor.isZero { return constant(.zero) }
    if factor == .one { return node }
    if factor == .minusOne { return negate(node) }
    let other = constant(factor)
    return intern(.multiply(min(node, other), max(node, other)))
  }
}
