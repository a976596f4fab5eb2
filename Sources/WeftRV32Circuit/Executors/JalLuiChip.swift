import WeftCircuit
import WeftField

struct JalLuiColumns<Cell>: ColumnLayout {
  var immediate: Cell
  /// The value that rd gets.
  var rd: Word<Cell>
  var isJal: Cell
  var isLui: Cell
}

/// JAL and LUI: 17 columns. (reference/circuits.md §9.2)
public struct JalLuiChip: ExecutorChip {
  typealias Adapter = CondRdWriteAdapter

  public let addressBase: AddressBase

  public init(addressBase: AddressBase = .zero) { self.addressBase = addressBase }

  public var name: String { "JalLui" }
  public static var opcodes: [CircuitOpcode] { [.jal, .lui] }

  static func constrain(
    _ core: JalLuiColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RdWriteOperation {
    let (rd, isJal, isLui) = (core.rd, core.isJal, core.isLui)
    let flags = OpcodeFlags([.jal: isJal, .lui: isLui], in: builder)
    builder.when(isLui).assertZero(rd[0], "LUI: the lowest limb is 0")
    builder.when(isLui).assertEqual(
      rd.array[1...].composed(), 16 * core.immediate, "LUI: the other limbs are the immediate")
    builder.bytes(rd[0], rd[1], count: flags.isValid, label: "limbs 0, 1")
    builder.bytes(rd[2], rd[3], count: flags.isValid, label: "limbs 2, 3")
    let top = base.distance(topByte: rd[3])
    builder.xor(top, 192, top + 192, count: isJal, label: "JAL: the link has 30 bits")
    builder.when(isJal).assertEqual(
      [rd[0], rd[1], rd[2], top].composed(), pc + 4, "JAL: the link is pc + 4")
    return RdWriteOperation(
      isValid: flags.isValid, opcode: flags.opcode, result: rd.array, immediate: core.immediate,
      nextPC: pc + 4 * isLui + isJal * core.immediate)
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt32 {
    executed.instruction.opcode == .jal
      ? executed.record.programCounter &+ 4 : executed.instruction.c.canonical &<< 12
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt32) -> JalLuiColumns<BabyBear> {
    let isJal = executed.instruction.opcode == .jal
    return JalLuiColumns(
      immediate: executed.instruction.c, rd: Word(outcome), isJal: BabyBear(isJal), isLui: BabyBear(!isJal))
  }
}
