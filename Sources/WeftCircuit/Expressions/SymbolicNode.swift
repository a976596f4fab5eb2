import WeftField

/// A node of an expression graph; operands are numbers of nodes that stand before it.
///
/// Exactly the nodes of stark-backend's keys (reference/prover.md §6), so a graph serves checker, prover and verifier.
public enum SymbolicNode: Hashable, Sendable {
  case variable(ColumnEntry, index: Int)
  /// 1 in the first row, 0 elsewhere.
  case isFirstRow
  /// 1 in the last row, 0 elsewhere.
  case isLastRow
  /// 0 in the last row, 1 elsewhere.
  case isTransition
  case constant(BabyBear)
  case add(Int, Int)
  case subtract(Int, Int)
  case negate(Int)
  case multiply(Int, Int)

  /// The degree multiple, given those of the operands.
  func degree(_ operand: (Int) -> Int) -> Int {
    switch self {
    case .variable(let entry, _): entry.degree
    case .isFirstRow, .isLastRow: 1
    case .isTransition, .constant: 0
    case .add(let a, let b), .subtract(let a, let b): max(operand(a), operand(b))
    case .negate(let a): operand(a)
    case .multiply(let a, let b): operand(a) + operand(b)
    }
  }

  /// The operands, in their order.
  public var operands: [Int] {
    switch self {
    case .variable, .isFirstRow, .isLastRow, .isTransition, .constant: []
    case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b): [a, b]
    case .negate(let a): [a]
    }
  }

  /// The node with its operands renumbered.
  func mapOperands(_ map: (Int) -> Int) -> SymbolicNode {
    switch self {
    case .variable, .isFirstRow, .isLastRow, .isTransition, .constant: self
    case .add(let a, let b): .add(map(a), map(b))
    case .subtract(let a, let b): .subtract(map(a), map(b))
    case .multiply(let a, let b): .multiply(map(a), map(b))
    case .negate(let a): .negate(map(a))
    }
  }

  /// Whether the node is one of the selectors of rows, which must not appear in interactions.
  public var isSelector: Bool {
    switch self {
    case .isFirstRow, .isLastRow, .isTransition: true
    default: false
    }
  }
}
