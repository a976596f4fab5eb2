import WeftCircuit
import WeftField

struct BranchEqualColumns<Cell>: ColumnLayout {
  var a: Word<Cell>
  var b: Word<Cell>
  /// Whether the branch is taken.
  var isTaken: Cell
  var immediate: Cell
  var isBeq: Cell
  var isBne: Cell
  /// At the lowest limb that differs, the inverse of the difference; 0 elsewhere.
  var inverses: Word<Cell>
}

/// BEQ and BNE: 24 columns. (reference/circuits.md §9.2)
public struct BranchEqualChip: ExecutorChip {
  typealias Adapter = BranchAdapter

  public init() {}

  public var name: String { "BranchEqual" }
  public static var opcodes: [CircuitOpcode] { [.beq, .bne] }

  static func constrain(
    _ core: BranchEqualColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> BranchOperation {
    let flags = OpcodeFlags([.beq: core.isBeq, .bne: core.isBne], in: builder)
    let isTaken = core.isTaken
    builder.assertBool(isTaken, "isTaken is a bit")
    let isEqual = isTaken * core.isBeq + (1 - isTaken) * core.isBne
    var shown = isEqual
    for i in 0..<4 {
      let difference = core.a[i] - core.b[i]
      builder.when(isEqual).assertZero(difference, "equal words have equal limbs, \(i)")
      shown += difference * core.inverses[i]
    }
    builder.when(flags.isValid).assertEqual(shown, 1, "words that are not equal differ in a limb")
    for i in 0..<4 {
      builder.when(core.inverses[i]).assertEqual(
        (core.a[i] - core.b[i]) * core.inverses[i], 1, "inverse \(i) is that of the difference, or 0")
    }
    return BranchOperation(
      isValid: flags.isValid, opcode: flags.opcode, first: core.a.array, second: core.b.array,
      immediate: core.immediate, nextPC: pc + isTaken * core.immediate + 4 * (1 - isTaken))
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> Bool {
    (executed.record.first == executed.record.second) == (executed.instruction.opcode == .beq)
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Bool) -> BranchEqualColumns<BabyBear> {
    let (a, b) = (executed.record.first, executed.record.second)
    let isBeq = executed.instruction.opcode == .beq
    let limb = (a ^ b).trailingZeroBitCount &>> 3
    var inverses: Word<BabyBear> = Word(0)
    if limb < 4 && outcome != isBeq {
      inverses[limb] = SmallInverses.inverse(Int(a.byte(limb)) &- Int(b.byte(limb)))
    }
    return BranchEqualColumns(
      a: Word(a), b: Word(b), isTaken: BabyBear(outcome), immediate: executed.instruction.c,
      isBeq: BabyBear(isBeq), isBne: BabyBear(!isBeq), inverses: inverses)
  }
}
