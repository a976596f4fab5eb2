import WeftField

/// Whether a value is zero.
public enum IsZero {
  /// `result` = 1 if x = 0 else 0, where `condition` is 1. `inverse` is x^{-1}, or 0. (reference/circuits.md §5)
  ///
  /// The inverse of a zero is free; pin it with `pinInverse` where every cell must be determined.
  public static func constrain(
    _ x: Expression, result: Expression, inverse: Expression, condition: Expression,
    in builder: CircuitBuilder, label: String = "is zero", file: String = #fileID, line: Int = #line
  ) {
    builder.assertZero(x * result, "\(label): not one for others", file: file, line: line)
    builder.when(condition).assertEqual(
      result + x * inverse, 1, "\(label): one for zero", file: file, line: line)
  }

  /// The inverse is 0 where the result is 1.
  public static func pinInverse(
    result: Expression, inverse: Expression, in builder: CircuitBuilder, label: String = "is zero",
    file: String = #fileID, line: Int = #line
  ) {
    builder.assertZero(result * inverse, "\(label): no inverse of zero", file: file, line: line)
  }

  /// The result and the inverse for a value.
  @inlinable
  public static func fill(_ x: BabyBear) -> (result: BabyBear, inverse: BabyBear) {
    (BabyBear(x.isZero), x.inverseOrZero)
  }
}
