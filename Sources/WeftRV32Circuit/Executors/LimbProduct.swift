import WeftCircuit
import WeftField

/// Products of words by the school method, limb by limb, modulo 2^64.
///
/// Carries are formulas: each is looked up in 11 bits, its limb as a byte, and since 256·2047 + 255 and
/// 8·255² + 2047 + 255 are far below p, the division by 256 in the field is that of integers. (reference/circuits.md §1)
enum LimbProduct {
  /// The carries of x·y + addend = result in the low four limbs.
  static func lowCarries(
    _ x: Word<Expression>, _ y: Word<Expression>, addend: [Expression] = [0, 0, 0, 0],
    result: Word<Expression>
  ) -> [Expression] {
    var carries: [Expression] = []
    for i in 0..<4 {
      let products = (0...i).map { x[$0] * y[i - $0] }.sum()
      carries.append((addend[i] + products + (carries.last ?? 0) - result[i]).divided(by: 256))
    }
    return carries
  }

  /// The carries of limbs 4 to 7, where the words are extended by limbs of xExtension and yExtension: the sum of products
  /// and of `addend` is `result`.
  static func highCarries(
    _ x: Word<Expression>, _ xExtension: Expression, _ y: Word<Expression>, _ yExtension: Expression,
    addend: Expression = 0, result: [Expression], carry: Expression
  ) -> [Expression] {
    var carries: [Expression] = []
    for j in 0..<4 {
      let products = (j + 1..<4).map { x[$0] * y[4 + j - $0] }.sum()
      let extended = (0...j).map { x[$0] * yExtension + y[$0] * xExtension }.sum()
      carries.append(
        (products + extended + addend + (carries.last ?? carry) - result[j]).divided(by: 256))
    }
    return carries
  }

  static func check(_ carries: [Expression], label: String, count: Expression, in builder: CircuitBuilder) {
    for (i, carry) in carries.enumerated() {
      builder.rangeCheck(carry, bits: 11, count: count, label: "\(label): carry \(i)")
    }
  }

  /// All limbs are bytes.
  static func checkBytes(
    _ word: Word<Expression>, label: String, count: Expression, in builder: CircuitBuilder
  ) {
    builder.bytes(word[0], word[1], count: count, label: "\(label): limbs 0, 1")
    builder.bytes(word[2], word[3], count: count, label: "\(label): limbs 2, 3")
  }
}
