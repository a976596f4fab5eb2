import WeftCircuit
import WeftField

struct ShiftColumns<Cell>: ColumnLayout {
  /// The result.
  var a: Word<Cell>
  /// The operand and the amount.
  var b: Word<Cell>
  var c: Word<Cell>
  var isSll: Cell
  var isSrl: Cell
  var isSra: Cell
  /// 2^bits of a shift to the left; 0 otherwise.
  var leftFactor: Cell
  /// 2^bits of a shift to the right; 0 otherwise.
  var rightFactor: Cell
  /// The sign of the operand of SRA.
  var sign: Cell
  /// One at the number of bits that limbs are shifted by.
  var bitMarkers: InlineArray<8, Cell>
  /// One at the number of limbs.
  var limbMarkers: Word<Cell>
  /// The bits that leave every limb of the operand.
  var carries: Word<Cell>
}

/// SLL, SRL, SRA, by a register or an immediate: 50 columns. (reference/circuits.md §9.2)
public struct ShiftChip: ExecutorChip {
  typealias Adapter = AluAdapter

  public init() {}

  public var name: String { "Shift" }
  public static var opcodes: [CircuitOpcode] { [.sll, .srl, .sra] }

  static func constrain(
    _ core: ShiftColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> RegisterOperation {
    let flags = OpcodeFlags([.sll: core.isSll, .srl: core.isSrl, .sra: core.isSra], in: builder)
    let isRight = core.isSrl + core.isSra
    let bits = constrainAmount(core, isRight: isRight, isValid: flags.isValid, in: builder)
    builder.assertBool(core.sign, "the sign is a bit")
    for shift in 0..<4 {
      let scope = builder.when(core.limbMarkers[shift])
      for j in 0..<4 {
        scope.assertZero(left(core, limb: j, shift: shift), "left by \(shift) limbs: limb \(j)")
        scope.assertZero(right(core, isRight, limb: j, shift: shift), "right by \(shift) limbs: limb \(j)")
      }
      for k in 0..<4 where k > 3 - shift {
        scope.assertZero(core.isSll * core.carries[k], "left by \(shift) limbs: carry \(k) unused")
      }
      for k in 0..<shift {
        scope.assertZero(isRight * core.carries[k], "right by \(shift) limbs: carry \(k) unused")
      }
    }
    builder.when(1 - core.isSra).assertZero(core.sign, "only SRA has a sign")
    builder.xor(core.b[3], 128, core.b[3] + 128 - 256 * core.sign, count: core.isSra, label: "the sign")
    for i in [0, 2] {
      builder.bytes(core.a[i], core.a[i + 1], count: flags.isValid, label: "limbs \(i), \(i + 1)")
    }
    for i in 0..<4 {
      builder.rangeCheck(core.carries[i], bits: bits, count: flags.isValid, label: "carry \(i)")
    }
    return RegisterOperation(
      isValid: flags.isValid, opcode: flags.opcode, first: core.b.array, second: core.c.array,
      result: core.a.array)
  }

  /// The amount is the low five bits of c, told by markers. Gives the number of bits within a limb.
  private static func constrainAmount(
    _ core: ShiftColumns<Expression>, isRight: Expression, isValid: Expression, in builder: CircuitBuilder
  ) -> Expression {
    var (bits, limbs): (Expression, Expression) = (0, 0)
    for i in 0..<8 {
      let marker = core.bitMarkers[i]
      builder.assertBool(marker, "bit marker \(i) is a bit")
      bits += Expression(i) * marker
      let factor = Expression(1 << i)
      builder.when(marker).assertEqual(core.leftFactor, factor * core.isSll, "left factor of \(i) bits")
      builder.when(marker).assertEqual(core.rightFactor, factor * isRight, "right factor of \(i) bits")
    }
    for i in 0..<4 {
      builder.assertBool(core.limbMarkers[i], "limb marker \(i) is a bit")
      limbs += Expression(i) * core.limbMarkers[i]
    }
    builder.when(isValid).assertEqual(core.bitMarkers.sum(), 1, "one bit marker is set")
    builder.when(isValid).assertEqual(core.limbMarkers.sum(), 1, "one limb marker is set")
    builder.rangeCheck(
      (core.c[0] - 8 * limbs - bits).divided(by: 32), bits: 3, count: isValid,
      label: "the amount without its low five bits")
    return bits
  }

  /// Limb j of b·2^(8·shift + bits), as a formula that is zero; zero anyhow unless the shift is to the left.
  private static func left(_ core: ShiftColumns<Expression>, limb j: Int, shift: Int) -> Expression {
    if j < shift { return core.a[j] * core.isSll }
    let incoming = j > shift ? core.carries[j - shift - 1] * core.isSll : 0
    return core.a[j] * core.isSll - incoming - core.b[j - shift] * core.leftFactor
      + 256 * core.carries[j - shift] * core.isSll
  }

  /// Limb j of b shifted to the right, as a formula that is zero; zero anyhow unless the shift is to the right.
  private static func right(
    _ core: ShiftColumns<Expression>, _ isRight: Expression, limb j: Int, shift: Int
  ) -> Expression {
    if shift + j > 3 { return core.a[j] * isRight - 255 * core.sign }
    let incoming =
      shift + j == 3 ? core.sign * (core.rightFactor - 1) : core.carries[shift + j + 1] * isRight
    return core.a[j] * core.rightFactor - 256 * incoming
      - isRight * (core.b[shift + j] - core.carries[shift + j])
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt32 {
    let (b, c) = (executed.record.first, AluAdapter.secondOperand(executed))
    return switch executed.instruction.opcode {
    case .sll: b &<< c
    case .srl: b &>> c
    default: UInt32(bitPattern: Int32(bitPattern: b) &>> Int32(bitPattern: c))
    }
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt32) -> ShiftColumns<BabyBear> {
    let opcode = executed.instruction.opcode
    let (b, c) = (executed.record.first, AluAdapter.secondOperand(executed))
    let isLeft = opcode == .sll
    let (bits, limbs) = (c & 7, (c &>> 3) & 3)
    let mask: UInt32 = (1 &<< bits) &- 1
    // What leaves every limb: its high bits to the left, its low ones to the right; limbs that are dropped have none.
    let carries: UInt32
    if isLeft {
      carries = (b &>> (8 &- bits)) & (mask &* 0x0101_0101) & (UInt32.max &>> (8 &* limbs))
    } else {
      carries = b & (mask &* 0x0101_0101) & (UInt32.max &<< (8 &* limbs))
    }
    let factor = BabyBear(1 &<< bits)
    return ShiftColumns(
      a: Word(outcome), b: Word(b), c: Word(c), isSll: BabyBear(isLeft), isSrl: BabyBear(opcode == .srl),
      isSra: BabyBear(opcode == .sra), leftFactor: isLeft ? factor : .zero,
      rightFactor: isLeft ? .zero : factor, sign: BabyBear(opcode == .sra && b &>> 31 == 1),
      bitMarkers: InlineArray { BabyBear(UInt32(truncatingIfNeeded: $0) == bits) },
      limbMarkers: Word(1 &<< (8 &* limbs)), carries: Word(carries))
  }
}
