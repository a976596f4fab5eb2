import WeftCircuit
import WeftField

struct LessThanColumns<Cell>: ColumnLayout {
  var b: Word<Cell>
  var c: Word<Cell>
  /// The result: whether b < c.
  var isLess: Cell
  var isSlt: Cell
  var isSltu: Cell
  var tops: SignedTops<Cell>
  var first: FirstDifference<Cell>
}

/// SLT and SLTU, with two registers or a register and an immediate: 34 columns. (reference/circuits.md §9.2)
public struct LessThanChip: ExecutorChip {
  typealias Adapter = AluAdapter

  public init() {}

  public var name: String { "LessThan" }
  public static var opcodes: [CircuitOpcode] { [.slt, .sltu] }

  static func constrain(
    _ core: LessThanColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RegisterOperation {
    let flags = OpcodeFlags([.slt: core.isSlt, .sltu: core.isSltu], in: builder)
    builder.assertBool(core.isLess, "the result is a bit")
    LimbComparison(
      x: core.b, y: core.c, tops: core.tops, isSigned: core.isSlt, isLess: core.isLess, first: core.first
    ).constrain(isValid: flags.isValid, in: builder)
    return RegisterOperation(
      isValid: flags.isValid, opcode: flags.opcode, first: core.b.array, second: core.c.array,
      result: [core.isLess, 0, 0, 0])
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> Bool {
    let (b, c) = (executed.record.first, AluAdapter.secondOperand(executed))
    return executed.instruction.opcode == .slt
      ? Int32(bitPattern: b) < Int32(bitPattern: c) : b < c
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Bool) -> LessThanColumns<BabyBear> {
    let (b, c) = (executed.record.first, AluAdapter.secondOperand(executed))
    let isSigned = executed.instruction.opcode == .slt
    return LessThanColumns(
      b: Word(b), c: Word(c), isLess: BabyBear(outcome), isSlt: BabyBear(isSigned),
      isSltu: BabyBear(!isSigned), tops: SignedTops(b, c, isSigned: isSigned),
      first: FirstDifference(b, c, isSigned: isSigned, isLess: outcome))
  }
}
