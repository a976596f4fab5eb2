import WeftField

/// Where constraints can be stated: the builder itself, or a condition under it.
public protocol ConstraintScope {
  /// What every constraint is multiplied by; nil for nothing.
  var condition: Expression? { get }
  var builder: CircuitBuilder { get }
}

extension CircuitBuilder: ConstraintScope {
  public var condition: Expression? { nil }
  public var builder: CircuitBuilder { self }
}

/// Constraints that hold only where a condition is not zero.
public struct ConditionalScope: ConstraintScope {
  public let builder: CircuitBuilder
  public let condition: Expression?
}

extension ConstraintScope {
  /// The expression is zero.
  public func assertZero(
    _ expression: Expression, _ label: String, file: String = #fileID, line: Int = #line
  ) {
    builder.addConstraint(condition.map { $0 * expression } ?? expression, label, file, line)
  }

  /// The two expressions are equal.
  public func assertEqual(
    _ left: Expression, _ right: Expression, _ label: String, file: String = #fileID, line: Int = #line
  ) {
    assertZero(left - right, label, file: file, line: line)
  }

  /// The expression is 0 or 1.
  public func assertBool(
    _ expression: Expression, _ label: String, file: String = #fileID, line: Int = #line
  ) {
    assertZero(expression * (expression - 1), label, file: file, line: line)
  }

  /// Constraints that hold where `condition` is not zero. Its degree adds to theirs.
  public func when(_ condition: Expression) -> ConditionalScope {
    ConditionalScope(builder: builder, condition: self.condition.map { $0 * condition } ?? condition)
  }

  /// Constraints of the first row.
  public var whenFirstRow: ConditionalScope { when(builder.isFirstRow) }
  /// Constraints of the last row.
  public var whenLastRow: ConditionalScope { when(builder.isLastRow) }
  /// Constraints of all rows but the last.
  public var whenTransition: ConditionalScope { when(builder.isTransition) }
}
