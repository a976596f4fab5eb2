import WeftField

/// The digits of a difference below 2^`bits`: 17 bits and the rest, both looked up.
///
/// Numbers of up to 29 bits: 2^29 < p/2, so a difference that wrapped around is never below 2^29. (reference/circuits.md
/// §2, §5)
public struct DifferenceDigits<Cell>: ColumnLayout {
  public var low: Cell
  public var high: Cell

  /// Digits from cells.
  @inlinable
  public init(low: Cell, high: Cell) {
    self.low = low
    self.high = high
  }
}

extension DifferenceDigits where Cell == BabyBear {
  /// The digits of a number.
  @inlinable @inline(__always)
  public init(of difference: UInt32) {
    low = BabyBear(difference & 0x1_ffff)
    high = BabyBear(difference &>> 17)
  }

  /// The digits for `x < y`, both below 2^29.
  @inlinable @inline(__always)
  public init(assertingLess x: UInt32, than y: UInt32) { self.init(of: y &- x &- 1) }
}

extension DifferenceDigits where Cell == Expression {
  /// low + 2^17·high.
  public var value: Expression { low + high * Expression(1 << 17) }

  /// Both digits are in range where `count` is 1, so that the value is below 2^`bits`, 17 ≤ bits ≤ 29.
  public func check(
    bits: Int = 29, count: Expression, in builder: CircuitBuilder, label: String = "difference",
    file: String = #fileID, line: Int = #line
  ) {
    builder.rangeCheck(low, bits: 17, count: count, label: "\(label): low digit", file: file, line: line)
    builder.rangeCheck(
      high, bits: Expression(bits - 17), count: count, label: "\(label): high digit", file: file, line: line)
  }
}

/// Comparisons of numbers below 2^29.
public enum LessThan {
  /// x < y where `count` is 1.
  public static func assertLess(
    _ x: Expression, than y: Expression, _ digits: DifferenceDigits<Expression>, bits: Int = 29,
    count: Expression, in builder: CircuitBuilder, label: String = "x < y", file: String = #fileID,
    line: Int = #line
  ) {
    builder.when(count).assertEqual(y - x - 1, digits.value, label, file: file, line: line)
    digits.check(bits: bits, count: count, in: builder, label: label, file: file, line: line)
  }

  /// `result` = 1 if x < y else 0, where `count` is 1; result is a bit everywhere.
  public static func isLess(
    _ x: Expression, than y: Expression, result: Expression, _ digits: DifferenceDigits<Expression>,
    bits: Int = 29, count: Expression, in builder: CircuitBuilder, label: String = "x < y",
    file: String = #fileID, line: Int = #line
  ) {
    let power = Expression(1 << bits)
    builder.when(count).assertEqual(
      y - x + power - 1, digits.value + power * result, label, file: file, line: line)
    builder.assertBool(result, "\(label): result is a bit", file: file, line: line)
    digits.check(bits: bits, count: count, in: builder, label: label, file: file, line: line)
  }

  /// The result and the digits of `isLess` for numbers below 2^`bits`.
  @inlinable
  public static func fill(_ x: UInt32, _ y: UInt32, bits: UInt32 = 29) -> (
    result: BabyBear, digits: DifferenceDigits<BabyBear>
  ) {
    let difference = y &+ (1 &<< bits) &- x &- 1
    return (BabyBear(x < y), DifferenceDigits(of: difference & ((1 &<< bits) &- 1)))
  }
}
