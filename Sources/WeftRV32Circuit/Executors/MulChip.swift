import WeftCircuit
import WeftField

struct MulColumns<Cell>: ColumnLayout {
  /// The result.
  var a: Word<Cell>
  /// The operands.
  var b: Word<Cell>
  var c: Word<Cell>
  var isValid: Cell
}

/// MUL: 28 columns. (reference/circuits.md §9.2)
public struct MulChip: ExecutorChip {
  typealias Adapter = MultAdapter

  public init() {}

  public var name: String { "Mul" }
  public static var opcodes: [CircuitOpcode] { [.mul] }

  static func constrain(
    _ core: MulColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RegisterOperation {
    let flags = OpcodeFlags([.mul: core.isValid], in: builder)
    LimbProduct.checkBytes(core.a, label: "the product", count: core.isValid, in: builder)
    LimbProduct.check(
      LimbProduct.lowCarries(core.b, core.c, result: core.a), label: "the product", count: core.isValid,
      in: builder)
    return RegisterOperation(
      isValid: flags.isValid, opcode: flags.opcode, first: core.b.array, second: core.c.array,
      result: core.a.array)
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt32 {
    executed.record.first &* executed.record.second
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt32) -> MulColumns<BabyBear> {
    MulColumns(
      a: Word(outcome), b: Word(executed.record.first), c: Word(executed.record.second), isValid: .one)
  }
}
