import WeftCircuit
import WeftField

struct BaseAluColumns<Cell>: ColumnLayout {
  /// The result.
  var a: Word<Cell>
  /// The operands.
  var b: Word<Cell>
  var c: Word<Cell>
  var isAdd: Cell
  var isSub: Cell
  var isXor: Cell
  var isOr: Cell
  var isAnd: Cell
}

/// ADD, SUB, XOR, OR, AND, with two registers or a register and an immediate: 33 columns.
///
/// Sums have a carry chain of bits; every limb of a bitwise result is looked up as an exclusive or, into which
/// 2·(x ∨ y) = x + y + (x ⊕ y) and 2·(x ∧ y) = x + y − (x ⊕ y) turn the others. (reference/circuits.md §9.2)
public struct BaseAluChip: ExecutorChip {
  typealias Adapter = AluAdapter

  public init() {}

  public var name: String { "BaseAlu" }
  public static var opcodes: [CircuitOpcode] { [.add, .sub, .xor, .or, .and] }

  static func constrain(
    _ core: BaseAluColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RegisterOperation {
    let (a, b, c) = (core.a, core.b, core.c)
    let flags = OpcodeFlags(
      [.add: core.isAdd, .sub: core.isSub, .xor: core.isXor, .or: core.isOr, .and: core.isAnd], in: builder)
    var (carry, borrow): (Expression, Expression) = (0, 0)
    for i in 0..<4 {
      carry = (b[i] + c[i] - a[i] + carry).divided(by: 256)
      builder.when(core.isAdd).assertBool(carry, "ADD: carry \(i) is a bit")
      borrow = (a[i] + c[i] - b[i] + borrow).divided(by: 256)
      builder.when(core.isSub).assertBool(borrow, "SUB: borrow \(i) is a bit")
    }
    let isBitwise = core.isXor + core.isOr + core.isAnd
    for i in 0..<4 {
      // Of a sum the limb is looked up against itself: a range check.
      let x = (1 - isBitwise) * a[i] + isBitwise * b[i]
      let y = (1 - isBitwise) * a[i] + isBitwise * c[i]
      let exclusive =
        core.isXor * a[i] + core.isOr * (2 * a[i] - b[i] - c[i]) + core.isAnd * (b[i] + c[i] - 2 * a[i])
      builder.xor(x, y, exclusive, count: flags.isValid, label: "limb \(i) of the result")
    }
    return RegisterOperation(
      isValid: flags.isValid, opcode: flags.opcode, first: b.array, second: c.array, result: a.array,
      byteReason: "x ∨ y and x ∧ y of bytes are bytes")
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt32 {
    let (b, c) = (executed.record.first, AluAdapter.secondOperand(executed))
    return switch executed.instruction.opcode {
    case .add: b &+ c
    case .sub: b &- c
    case .xor: b ^ c
    case .or: b | c
    default: b & c
    }
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt32) -> BaseAluColumns<BabyBear> {
    let opcode = executed.instruction.opcode
    return BaseAluColumns(
      a: Word(outcome), b: Word(executed.record.first), c: Word(AluAdapter.secondOperand(executed)),
      isAdd: BabyBear(opcode == .add), isSub: BabyBear(opcode == .sub), isXor: BabyBear(opcode == .xor),
      isOr: BabyBear(opcode == .or), isAnd: BabyBear(opcode == .and))
  }
}
