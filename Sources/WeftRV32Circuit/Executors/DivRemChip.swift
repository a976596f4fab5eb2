import WeftCircuit
import WeftField

struct DivRemColumns<Cell>: ColumnLayout {
  /// Dividend and divisor.
  var b: Word<Cell>
  var c: Word<Cell>
  /// Quotient and remainder.
  var q: Word<Cell>
  var r: Word<Cell>
  var isDivisorZero: Cell
  /// Whether the remainder is zero though the divisor is not.
  var isRemainderZero: Cell
  var bSign: Cell
  var cSign: Cell
  var qSign: Cell
  /// Whether the signs of dividend and divisor differ.
  var signsDiffer: Cell
  /// The inverses of the sums of limbs, where a limb is not zero.
  var cSumInverse: Cell
  var rSumInverse: Cell
  /// The remainder with the sign of the divisor.
  var signedR: Word<Cell>
  /// The inverses of `signedR` − 256, which show that its limbs are none, where the signs differ.
  var signedRInverses: Word<Cell>
  /// Where the magnitudes of divisor and remainder differ first.
  var first: FirstDifference<Cell>
  var isDiv: Cell
  var isDivu: Cell
  var isRem: Cell
  var isRemu: Cell
}

/// DIV, DIVU, REM, REMU: 56 columns.
///
/// b = c·q + r on 64 bits with |r| < |c| and r of the sign of b; the zero divisor gives q = 2^32 − 1 and r = b. The
/// overflow −2^31 / −1 needs no case: 2^31 is its quotient as an unsigned number. (reference/circuits.md §9.2)
public struct DivRemChip: ExecutorChip {
  typealias Adapter = MultAdapter

  struct Outcome {
    var quotient: UInt32
    var remainder: UInt32
  }

  public init() {}

  public var name: String { "DivRem" }
  public static var opcodes: [CircuitOpcode] { [.div, .divu, .rem, .remu] }

  static func constrain(
    _ core: DivRemColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RegisterOperation {
    let flags = OpcodeFlags(
      [.div: core.isDiv, .divu: core.isDivu, .rem: core.isRem, .remu: core.isRemu], in: builder)
    let isValid = flags.isValid
    let isSpecial = core.isDivisorZero + core.isRemainderZero
    constrainProduct(core, isValid: isValid, in: builder)
    constrainZeros(core, isSpecial: isSpecial, isValid: isValid, in: builder)
    constrainSigns(core, in: builder)
    constrainRemainder(core, isSpecial: isSpecial, isValid: isValid, in: builder)
    let isQuotient = core.isDiv + core.isDivu
    return RegisterOperation(
      isValid: isValid, opcode: flags.opcode, first: core.b.array, second: core.c.array,
      result: (0..<4).map { isQuotient * core.q[$0] + (1 - isQuotient) * core.r[$0] })
  }

  /// b = c·q + r modulo 2^64, all words extended by their signs.
  private static func constrainProduct(
    _ core: DivRemColumns<Expression>, isValid: Expression, in builder: CircuitBuilder
  ) {
    let bExtension = 255 * core.bSign
    let low = LimbProduct.lowCarries(core.c, core.q, addend: core.r.array, result: core.b)
    let high = LimbProduct.highCarries(
      core.c, 255 * core.cSign, core.q, 255 * core.qSign,
      // The remainder has the sign of the dividend unless it is zero.
      addend: (1 - core.isRemainderZero) * bExtension,
      result: Array(repeating: bExtension, count: 4), carry: low[3])
    LimbProduct.checkBytes(core.q, label: "the quotient", count: isValid, in: builder)
    LimbProduct.checkBytes(core.r, label: "the remainder", count: isValid, in: builder)
    LimbProduct.check(low, label: "the low word", count: isValid, in: builder)
    LimbProduct.check(high, label: "the high word", count: isValid, in: builder)
  }

  private static func constrainZeros(
    _ core: DivRemColumns<Expression>, isSpecial: Expression, isValid: Expression, in builder: CircuitBuilder
  ) {
    let (divisorZero, remainderZero) = (core.isDivisorZero, core.isRemainderZero)
    builder.assertBool(isSpecial, "not both of divisor and remainder count as zero")
    builder.assertBool(divisorZero, "isDivisorZero is a bit")
    for i in 0..<4 {
      builder.when(divisorZero).assertZero(core.c[i], "the zero divisor: limb \(i)")
      builder.when(divisorZero).assertEqual(core.q[i], 255, "the quotient by zero: limb \(i)")
    }
    builder.assertBool(isValid - divisorZero, "isDivisorZero only where an instruction is")
    builder.when(isValid - divisorZero).assertEqual(
      core.c.sum() * core.cSumInverse, 1, "any other divisor has a limb that is not zero")
    builder.assertBool(remainderZero, "isRemainderZero is a bit")
    for i in 0..<4 { builder.when(remainderZero).assertZero(core.r[i], "the zero remainder: limb \(i)") }
    builder.assertBool(isValid - isSpecial, "special cases only where an instruction is")
    builder.when(isValid - isSpecial).assertEqual(
      core.r.sum() * core.rSumInverse, 1, "any other remainder has a limb that is not zero")
    builder.when(divisorZero).assertZero(core.cSumInverse, "no inverse of the zero divisor")
    builder.when(isSpecial).assertZero(core.rSumInverse, "no inverse of the remainder in special cases")
    builder.when(divisorZero).assertZero(core.qSign, "no sign of the quotient by zero")
  }

  private static func constrainSigns(_ core: DivRemColumns<Expression>, in builder: CircuitBuilder) {
    let isSigned = core.isDiv + core.isRem
    let (bSign, cSign, qSign, differ) = (core.bSign, core.cSign, core.qSign, core.signsDiffer)
    builder.assertBool(bSign, "bSign is a bit")
    builder.assertBool(cSign, "cSign is a bit")
    builder.when(1 - isSigned).assertZero(bSign, "DIVU, REMU: the dividend is not negative")
    builder.when(1 - isSigned).assertZero(cSign, "DIVU, REMU: the divisor is not negative")
    builder.assertEqual(differ, bSign + cSign - 2 * bSign * cSign, "signsDiffer is the exclusive or")
    builder.assertBool(qSign, "qSign is a bit")
    let isRegular = 1 - core.isDivisorZero
    builder.assertZero(
      core.q.sum() * isRegular * (qSign - differ), "a quotient that is not zero has the sign of signsDiffer")
    builder.assertZero(
      (qSign - differ) * isRegular * qSign, "a quotient of zero has the sign of signsDiffer or none")
    builder.bytes(
      2 * (core.b[3] - 128 * bSign), 2 * (core.c[3] - 128 * cSign), count: isSigned,
      label: "the signs are the top bits")
  }

  /// |r| < |c|: the remainder, negated where the signs differ, lies between zero and the divisor.
  private static func constrainRemainder(
    _ core: DivRemColumns<Expression>, isSpecial: Expression, isValid: Expression, in builder: CircuitBuilder
  ) {
    let differ = core.signsDiffer
    var carry: Expression = 0
    for i in 0..<4 {
      let (r, signed) = (core.r[i], core.signedR[i])
      builder.when(1 - differ).assertEqual(r, signed, "signs agree: the remainder as it is, limb \(i)")
      let last = carry
      carry = (last + r + signed).divided(by: 256)
      let negated = builder.when(differ)
      negated.assertZero((carry - last) * (carry - 1), "signs differ: r + signedR = 0, carry \(i)")
      negated.assertEqual(
        (signed - 256) * core.signedRInverses[i], 1, "signs differ: limb \(i) of signedR is not 256")
      negated.assertZero((1 - carry) * signed, "signs differ: limb \(i) of signedR is zero without carry")
      builder.when(1 - differ).assertZero(core.signedRInverses[i], "signs agree: no inverse \(i)")
    }
    let differences = (0..<4).map { (1 - 2 * core.cSign) * (core.c[$0] - core.signedR[$0]) }
    let shown = core.first.constrain(differences, from: isSpecial, in: builder)
    builder.when(isValid).assertEqual(
      shown, 1, "the remainder is less than the divisor, or a special case is")
    builder.bytes(
      core.first.difference - 1, 0, count: isValid - isSpecial,
      label: "the difference to the divisor is positive")
    builder.when(isSpecial).assertZero(core.first.difference, "no difference in special cases")
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> Outcome {
    let (b, c) = (executed.record.first, executed.record.second)
    if c == 0 { return Outcome(quotient: .max, remainder: b) }
    guard isSigned(executed.instruction.opcode) else { return Outcome(quotient: b / c, remainder: b % c) }
    // The one division that overflows.
    if c == .max { return Outcome(quotient: 0 &- b, remainder: 0) }
    let (x, y) = (Int32(bitPattern: b), Int32(bitPattern: c))
    return Outcome(quotient: UInt32(bitPattern: x / y), remainder: UInt32(bitPattern: x % y))
  }

  @inline(__always)
  private static func isSigned(_ opcode: CircuitOpcode) -> Bool { opcode == .div || opcode == .rem }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Outcome) -> DivRemColumns<BabyBear> {
    let opcode = executed.instruction.opcode
    let (b, c) = (executed.record.first, executed.record.second)
    let (q, r) = (outcome.quotient, outcome.remainder)
    let isDivisorZero = c == 0
    let isRemainderZero = r == 0 && !isDivisorZero
    let isSpecial = isDivisorZero || isRemainderZero
    let isNegative = isSigned(opcode) && b &>> 31 == 1
    let isDivisorNegative = isSigned(opcode) && c &>> 31 == 1
    let differ = isNegative != isDivisorNegative
    let signedR = differ ? 0 &- r : r
    var inverses = Word<BabyBear>(0)
    if differ {
      for i in 0..<4 { inverses[i] = SmallInverses.inverse(Int(signedR.byte(i)) &- 256) }
    }
    return DivRemColumns(
      b: Word(b), c: Word(c), q: Word(q), r: Word(r), isDivisorZero: BabyBear(isDivisorZero),
      isRemainderZero: BabyBear(isRemainderZero), bSign: BabyBear(isNegative),
      cSign: BabyBear(isDivisorNegative), qSign: BabyBear(differ && q != 0 && !isDivisorZero),
      signsDiffer: BabyBear(differ), cSumInverse: SmallInverses.inverse(c.byteSum),
      rSumInverse: isSpecial ? .zero : SmallInverses.inverse(r.byteSum), signedR: Word(signedR),
      signedRInverses: inverses,
      first: isSpecial
        ? .none : FirstDifference(signedR, c, isSigned: false, isLess: !isDivisorNegative),
      isDiv: BabyBear(opcode == .div), isDivu: BabyBear(opcode == .divu), isRem: BabyBear(opcode == .rem),
      isRemu: BabyBear(opcode == .remu))
  }
}
