import WeftCircuit
import WeftField

struct MulHighColumns<Cell>: ColumnLayout {
  /// The result.
  var a: Word<Cell>
  /// The operands.
  var b: Word<Cell>
  var c: Word<Cell>
  /// The low word of the product.
  var low: Word<Cell>
  /// The limbs that extend the operands: 255 where they are negative, else 0.
  var bExtension: Cell
  var cExtension: Cell
  var isMulh: Cell
  var isMulhsu: Cell
  var isMulhu: Cell
}

/// MULH, MULHSU, MULHU: 36 columns. (reference/circuits.md §9.2)
public struct MulHighChip: ExecutorChip {
  typealias Adapter = MultAdapter

  public init() {}

  public var name: String { "MulHigh" }
  public static var opcodes: [CircuitOpcode] { [.mulh, .mulhsu, .mulhu] }

  static func constrain(
    _ core: MulHighColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RegisterOperation {
    let flags = OpcodeFlags(
      [.mulh: core.isMulh, .mulhsu: core.isMulhsu, .mulhu: core.isMulhu], in: builder)
    let isValid = flags.isValid
    let low = LimbProduct.lowCarries(core.b, core.c, result: core.low)
    let high = LimbProduct.highCarries(
      core.b, core.bExtension, core.c, core.cExtension, result: core.a.array, carry: low[3])
    LimbProduct.checkBytes(core.low, label: "the low word", count: isValid, in: builder)
    LimbProduct.checkBytes(core.a, label: "the high word", count: isValid, in: builder)
    LimbProduct.check(low, label: "the low word", count: isValid, in: builder)
    LimbProduct.check(high, label: "the high word", count: isValid, in: builder)

    let bSign = core.bExtension.divided(by: 255)
    let cSign = core.cExtension.divided(by: 255)
    builder.assertBool(bSign, "the extension of b is 0 or 255")
    builder.assertBool(cSign, "the extension of c is 0 or 255")
    builder.when(core.isMulhu).assertZero(bSign, "MULHU: b is not negative")
    builder.when(core.isMulhu + core.isMulhsu).assertZero(cSign, "MULHSU, MULHU: c is not negative")
    builder.bytes(
      2 * (core.b[3] - 128 * bSign), (core.isMulh + 1) * (core.c[3] - 128 * cSign),
      count: core.isMulh + core.isMulhsu, label: "the extensions are those of the signs")
    return RegisterOperation(
      isValid: isValid, opcode: flags.opcode, first: core.b.array, second: core.c.array,
      result: core.a.array)
  }

  /// The product modulo 2^64.
  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt64 {
    let (b, c) = (executed.record.first, executed.record.second)
    let (isBNegative, isCNegative) = negatives(executed)
    return (UInt64(b) | (isBNegative ? 0xffff_ffff_0000_0000 : 0))
      &* (UInt64(c) | (isCNegative ? 0xffff_ffff_0000_0000 : 0))
  }

  @inline(__always)
  private static func negatives(_ executed: ExecutedInstruction) -> (b: Bool, c: Bool) {
    let opcode = executed.instruction.opcode
    return (
      opcode != .mulhu && executed.record.first &>> 31 == 1,
      opcode == .mulh && executed.record.second &>> 31 == 1
    )
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt64) -> MulHighColumns<BabyBear> {
    let opcode = executed.instruction.opcode
    let (isBNegative, isCNegative) = negatives(executed)
    return MulHighColumns(
      a: Word(UInt32(truncatingIfNeeded: outcome &>> 32)), b: Word(executed.record.first),
      c: Word(executed.record.second), low: Word(UInt32(truncatingIfNeeded: outcome)),
      bExtension: BabyBear(isBNegative ? 255 as UInt32 : 0),
      cExtension: BabyBear(isCNegative ? 255 as UInt32 : 0), isMulh: BabyBear(opcode == .mulh),
      isMulhsu: BabyBear(opcode == .mulhsu), isMulhu: BabyBear(opcode == .mulhu))
  }
}
