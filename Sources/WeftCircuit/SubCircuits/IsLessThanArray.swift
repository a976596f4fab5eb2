import WeftField

/// Whether one array of numbers comes before another of the same length, compared from the first element on.
///
/// Source: reference/circuits.md §5, IsLtArray; that marked elements differ holds on every row, whatever the condition
/// (N5).
public struct IsLessThanArray<let count: Int, Cell>: ColumnLayout {
  /// One at the first place where the arrays differ.
  public var markers: InlineArray<count, Cell>
  /// The inverse of the difference at the marked place, 0 without one.
  public var inverse: Cell
  public var digits: DifferenceDigits<Cell>
  /// Whether x < y.
  public var result: Cell
}

extension IsLessThanArray where Cell == Expression {
  /// Constrains the columns for x and y, elements below 2^`bits`, where `condition` is 1.
  public func constrain(
    _ x: [Expression], _ y: [Expression], bits: Int = 29, condition: Expression,
    in builder: CircuitBuilder, label: String = "x < y", file: String = #fileID, line: Int = #line
  ) {
    guard x.count == count, y.count == count else {
      builder.problems.append("\(label): arrays of \(x.count) and \(y.count) elements, not \(count)")
      return
    }
    var prefix: Expression = 0
    var marked: Expression = 0
    for i in 0..<count {
      let difference = y[i] - x[i]
      builder.assertBool(markers[i], "\(label): marker \(i) is a bit", file: file, line: line)
      prefix += markers[i]
      builder.when(condition).assertZero(
        (1 - prefix) * difference, "\(label): equal before the mark, element \(i)", file: file, line: line)
      builder.when(markers[i]).assertEqual(
        difference * inverse, 1, "\(label): marked element \(i) differs", file: file, line: line)
      marked += markers[i] * difference
    }
    builder.assertBool(prefix, "\(label): at most one mark", file: file, line: line)
    builder.when(condition).assertZero(
      (1 - prefix) * result, "\(label): equal arrays are not less", file: file, line: line)
    builder.assertZero(
      (1 - prefix) * inverse, "\(label): no inverse without a mark", file: file, line: line)
    LessThan.isLess(
      0, than: marked, result: result, digits, bits: bits, count: condition, in: builder, label: label,
      file: file, line: line)
  }
}

extension IsLessThanArray where Cell == BabyBear {
  /// The columns for two arrays of numbers below 2^`bits`.
  public init(_ x: InlineArray<count, UInt32>, _ y: InlineArray<count, UInt32>, bits: UInt32 = 29) {
    var place = 0
    while place < count && x[place] == y[place] { place += 1 }
    let differs = place < count
    let (a, b) = differs ? (x[place], y[place]) : (0, 0)
    markers = InlineArray { BabyBear($0 == place) }
    inverse = (BabyBear(b) - BabyBear(a)).inverseOrZero
    (result, digits) = LessThan.fill(a, b, bits: bits)
  }
}
