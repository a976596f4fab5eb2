import WeftCircuit
import WeftField

struct BranchLessThanColumns<Cell>: ColumnLayout {
  var a: Word<Cell>
  var b: Word<Cell>
  /// Whether the branch is taken.
  var isTaken: Cell
  var immediate: Cell
  var isBlt: Cell
  var isBltu: Cell
  var isBge: Cell
  var isBgeu: Cell
  var tops: SignedTops<Cell>
  /// Whether a < b.
  var isLess: Cell
  var first: FirstDifference<Cell>
}

/// BLT, BLTU, BGE, BGEU: 30 columns. (reference/circuits.md §9.2)
public struct BranchLessThanChip: ExecutorChip {
  typealias Adapter = BranchAdapter

  public init() {}

  public var name: String { "BranchLessThan" }
  public static var opcodes: [CircuitOpcode] { [.blt, .bltu, .bge, .bgeu] }

  static func constrain(
    _ core: BranchLessThanColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> BranchOperation {
    let flags = OpcodeFlags(
      [.blt: core.isBlt, .bltu: core.isBltu, .bge: core.isBge, .bgeu: core.isBgeu], in: builder)
    let isTaken = core.isTaken
    builder.assertBool(isTaken, "isTaken is a bit")
    builder.assertEqual(
      core.isLess, isTaken * (core.isBlt + core.isBltu) + (1 - isTaken) * (core.isBge + core.isBgeu),
      "isLess is what the branch says of the words")
    LimbComparison(
      x: core.a, y: core.b, tops: core.tops, isSigned: core.isBlt + core.isBge, isLess: core.isLess,
      first: core.first
    ).constrain(isValid: flags.isValid, in: builder)
    return BranchOperation(
      isValid: flags.isValid, opcode: flags.opcode, first: core.a.array, second: core.b.array,
      immediate: core.immediate, nextPC: pc + isTaken * core.immediate + 4 * (1 - isTaken))
  }

  @inline(__always)
  private static func isSigned(_ opcode: CircuitOpcode) -> Bool { opcode == .blt || opcode == .bge }

  @inline(__always)
  private static func isAtLeast(_ opcode: CircuitOpcode) -> Bool { opcode == .bge || opcode == .bgeu }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> Bool {
    let opcode = executed.instruction.opcode
    let flip: UInt32 = isSigned(opcode) ? 0x8000_0000 : 0
    return (executed.record.first ^ flip < executed.record.second ^ flip) != isAtLeast(opcode)
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Bool) -> BranchLessThanColumns<BabyBear> {
    let (a, b) = (executed.record.first, executed.record.second)
    let opcode = executed.instruction.opcode
    let isLess = outcome != isAtLeast(opcode)
    return BranchLessThanColumns(
      a: Word(a), b: Word(b), isTaken: BabyBear(outcome), immediate: executed.instruction.c,
      isBlt: BabyBear(opcode == .blt), isBltu: BabyBear(opcode == .bltu), isBge: BabyBear(opcode == .bge),
      isBgeu: BabyBear(opcode == .bgeu), tops: SignedTops(a, b, isSigned: isSigned(opcode)),
      isLess: BabyBear(isLess), first: FirstDifference(a, b, isSigned: isSigned(opcode), isLess: isLess))
  }
}
