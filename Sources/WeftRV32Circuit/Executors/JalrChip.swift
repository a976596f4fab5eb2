import WeftCircuit
import WeftField

struct JalrColumns<Cell>: ColumnLayout {
  var immediate: Cell
  var rs1: Word<Cell>
  /// The upper three limbs of the link; the lowest one is what is left of pc + 4.
  var linkHigh: InlineArray<3, Cell>
  var isValid: Cell
  /// The lowest bit of the sum, which the target lacks.
  var lowBit: Cell
  /// The target, a distance: bits 1–15 and 16–29.
  var target: InlineArray<2, Cell>
  var immediateSign: Cell
}

/// JALR: 26 columns. (reference/circuits.md §9.2)
public struct JalrChip: ExecutorChip {
  typealias Adapter = JalrAdapter

  /// What rd gets, and rs1 + immediate, whose lowest bit is not of the target.
  struct Outcome {
    var link: UInt32
    var sum: UInt32
  }

  public let addressBase: AddressBase

  public init(addressBase: AddressBase = .zero) { self.addressBase = addressBase }

  public var name: String { "Jalr" }
  public static var opcodes: [CircuitOpcode] { [.jalr] }

  static func constrain(
    _ core: JalrColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> JalrOperation {
    let (isValid, rs1, high) = (core.isValid, core.rs1, core.linkHigh)
    let flags = OpcodeFlags([.jalr: isValid], in: builder)
    let linkTop = base.distance(topByte: high[2])
    let lowest = pc + 4 - 256 * [high[0], high[1], linkTop].composed()
    builder.bytes(lowest, high[0], count: isValid, label: "the link: limbs 0, 1")
    builder.rangeCheck(high[1], bits: 8, count: isValid, label: "the link: limb 2")
    builder.rangeCheck(linkTop, bits: 6, count: isValid, label: "the link: limb 3")

    builder.assertBool(core.lowBit, "the low bit is a bit")
    builder.assertBool(core.immediateSign, "the sign of the immediate is a bit")
    let (low, top) = (core.target[0], core.target[1])
    let carry0 = (rs1[0] + 256 * rs1[1] + core.immediate - 2 * low - core.lowBit).divided(by: 65536)
    let upper = rs1[2] + 256 * rs1[3] + 65535 * core.immediateSign + carry0 - top
    let carry1 = base.distance(upperHalf: upper).divided(by: 65536)
    builder.when(isValid).assertBool(carry0, "carry 0 of the target is a bit")
    builder.when(isValid).assertBool(carry1, "carry 1 of the target is a bit")
    builder.rangeCheck(low, bits: 15, count: isValid, label: "the target: bits 1 to 15")
    builder.rangeCheck(top, bits: 14, count: isValid, label: "the target: bits 16 to 29")
    return JalrOperation(
      isValid: flags.isValid, opcode: flags.opcode, base: rs1.array, link: [lowest] + high.array,
      immediate: core.immediate, immediateSign: core.immediateSign, nextPC: 2 * low + 65536 * top)
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> Outcome {
    let (record, instruction) = (executed.record, executed.instruction)
    let immediate = instruction.c.canonical | (instruction.g.isZero ? 0 : 0xffff_0000)
    return Outcome(link: record.programCounter &+ 4, sum: record.first &+ immediate)
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Outcome) -> JalrColumns<BabyBear> {
    let (link, target) = (outcome.link, outcome.sum &- executed.addressBase)
    return JalrColumns(
      immediate: executed.instruction.c, rs1: Word(executed.record.first),
      linkHigh: [BabyBear(link.byte(1)), BabyBear(link.byte(2)), BabyBear(link.byte(3))], isValid: .one,
      lowBit: BabyBear(target & 1), target: [BabyBear((target &>> 1) & 0x7fff), BabyBear(target &>> 16)],
      immediateSign: executed.instruction.g)
  }
}
