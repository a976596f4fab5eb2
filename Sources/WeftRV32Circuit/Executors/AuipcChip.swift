import WeftCircuit
import WeftField

struct AuipcColumns<Cell>: ColumnLayout {
  var isValid: Cell
  /// The upper three limbs of the immediate.
  var immediate: InlineArray<3, Cell>
  /// The middle limbs of the program counter; the lowest is that of rd, the top one is what is left of the distance.
  var pcMiddle: InlineArray<2, Cell>
  /// The value that rd gets.
  var rd: Word<Cell>
}

/// AUIPC: 19 columns. (reference/circuits.md §9.2)
public struct AuipcChip: ExecutorChip {
  typealias Adapter = RdWriteAdapter

  public let addressBase: AddressBase

  public init(addressBase: AddressBase = .zero) { self.addressBase = addressBase }

  public var name: String { "Auipc" }
  public static var opcodes: [CircuitOpcode] { [.auipc] }

  static func constrain(
    _ core: AuipcColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RdWriteOperation {
    let (isValid, immediate, rd, middle) = (core.isValid, core.immediate, core.rd, core.pcMiddle)
    let flags = OpcodeFlags([.auipc: isValid], in: builder)
    let low = [rd[0], middle[0], middle[1]]
    let top = (pc - low.composed()).divided(by: BabyBear(1 << 24))
    let limbs = low + [base.address(topByteOfDistance: top)]
    var carry: Expression = 0
    for i in 1..<4 {
      carry = (limbs[i] + immediate[i - 1] - rd[i] + carry).divided(by: 256)
      builder.when(isValid).assertBool(carry, "carry \(i) is a bit")
    }
    let pairs = [
      (rd[0], rd[1]), (rd[2], rd[3]), (immediate[0], immediate[1]), (immediate[2], middle[0]),
      // The top limb of a program counter's distance has six bits.
      (middle[1], 4 * top),
    ]
    for (index, (x, y)) in pairs.enumerated() {
      builder.bytes(x, y, count: isValid, label: "limbs of rd, immediate and pc: pair \(index)")
    }
    return RdWriteOperation(
      isValid: flags.isValid, opcode: flags.opcode, result: rd.array, immediate: immediate.composed(),
      nextPC: pc + 4)
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt32 {
    executed.record.programCounter &+ executed.instruction.c.canonical &<< 8
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt32) -> AuipcColumns<BabyBear> {
    let (pc, immediate) = (executed.record.programCounter, executed.instruction.c.canonical)
    return AuipcColumns(
      isValid: .one,
      immediate: [BabyBear(immediate.byte(0)), BabyBear(immediate.byte(1)), BabyBear(immediate.byte(2))],
      pcMiddle: [BabyBear(pc.byte(1)), BabyBear(pc.byte(2))], rd: Word(outcome))
  }
}
