import WeftCircuit
import WeftField

/// Where two words differ first, seen from the top, and by how much there.
struct FirstDifference<Cell>: ColumnLayout {
  /// One at the highest limb that differs.
  var markers: Word<Cell>
  /// The difference of the marked limbs in the direction that is claimed, so that it is positive; 0 without a mark.
  var difference: Cell
}

extension FirstDifference where Cell == Expression {
  /// Constrains the columns for differences of limbs, the lowest first. Limbs above the mark are equal, the marked ones
  /// differ by `difference`; that it is positive is looked up by the caller. The sum of `start`, a bit, and of all markers
  /// is the result: a bit too once the caller asserts it.
  func constrain(_ differences: [Expression], from start: Expression = 0, in builder: CircuitBuilder)
    -> Expression
  {
    var marked = start
    for i in (0..<4).reversed() {
      builder.assertBool(markers[i], "marker \(i) is a bit")
      marked += markers[i]
      builder.when(1 - marked).assertZero(differences[i], "limbs above the mark are equal, \(i)")
      builder.when(markers[i]).assertEqual(difference, differences[i], "the difference at the mark, \(i)")
    }
    return marked
  }
}

extension FirstDifference where Cell == BabyBear {
  static var none: Self { Self(markers: Word(0), difference: .zero) }

  /// The columns for two words, compared as signed or unsigned numbers, of which the first is claimed to be the lesser
  /// one or not.
  @inline(__always)
  init(_ x: UInt32, _ y: UInt32, isSigned: Bool, isLess: Bool) {
    let difference = x ^ y
    guard difference != 0 else {
      self = .none
      return
    }
    // The signs exchange their order: bytes are compared as if they were unsigned.
    let flip: UInt32 = isSigned ? 0x8000_0000 : 0
    let shift = 24 &- (UInt32(truncatingIfNeeded: difference.leadingZeroBitCount) & 24)
    let (low, high) = isLess ? (x ^ flip, y ^ flip) : (y ^ flip, x ^ flip)
    markers = Word(1 &<< shift)
    self.difference = BabyBear((high &>> shift) & 255) - BabyBear((low &>> shift) & 255)
  }
}

/// The top limbs of two words as numbers from −128 to 127, or from 0 to 255 where the comparison is unsigned.
struct SignedTops<Cell>: ColumnLayout {
  var x: Cell
  var y: Cell
}

extension SignedTops where Cell == BabyBear {
  @inline(__always)
  init(_ x: UInt32, _ y: UInt32, isSigned: Bool) {
    func top(_ value: UInt32) -> BabyBear {
      let limb = BabyBear(value &>> 24)
      return isSigned && value &>> 31 == 1 ? limb - 256 : limb
    }
    self.init(x: top(x), y: top(y))
  }
}

/// The comparison of two words. (reference/circuits.md §9.2, compare block)
struct LimbComparison {
  var x: Word<Expression>
  var y: Word<Expression>
  var tops: SignedTops<Expression>
  /// 1 where the words are compared as signed numbers; a sum of flags.
  var isSigned: Expression
  /// Whether x < y: a bit.
  var isLess: Expression
  var first: FirstDifference<Expression>

  func constrain(isValid: Expression, in builder: CircuitBuilder) {
    for (name, limb, top) in [("x", x[3], tops.x), ("y", y[3], tops.y)] {
      builder.assertZero(
        (limb - top) * (256 - (limb - top)), "the top limb of \(name) is taken as it is or minus 256")
    }
    let direction = 2 * isLess - 1
    let differences = (0..<4).map { i in ((i == 3 ? tops.y : y[i]) - (i == 3 ? tops.x : x[i])) * direction }
    let differs = first.constrain(differences, in: builder)
    builder.assertBool(differs, "at most one mark")
    builder.assertZero((1 - differs) * isLess, "equal words are not less")
    builder.bytes(
      tops.x + 128 * isSigned, tops.y + 128 * isSigned, count: isValid, label: "range of the top limbs")
    builder.bytes(first.difference - 1, 0, count: differs, label: "the difference is positive")
    builder.assertZero((1 - differs) * first.difference, "no difference without a mark")
  }
}
