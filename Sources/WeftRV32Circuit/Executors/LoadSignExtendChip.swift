import WeftCircuit
import WeftField

struct LoadSignExtendColumns<Cell>: ColumnLayout {
  /// LB of an even and of an odd byte of a half-word.
  var isEvenByte: Cell
  var isOddByte: Cell
  var isHalf: Cell
  /// Whether the upper half of the word is loaded from.
  var isUpperHalf: Cell
  /// The sign of what is loaded.
  var sign: Cell
  /// The word, its halves exchanged where the upper one is loaded from.
  var shifted: Word<Cell>
  /// rd before.
  var previous: Word<Cell>
}

/// LB and LH: 33 columns. (reference/circuits.md §9.2)
public struct LoadSignExtendChip: ExecutorChip {
  typealias Adapter = LoadStoreAdapter

  public let addressBase: AddressBase

  public init(addressBase: AddressBase = .zero) { self.addressBase = addressBase }

  public var name: String { "LoadSignExtend" }
  public static var opcodes: [CircuitOpcode] { [.loadByte, .loadHalf] }

  static func constrain(
    _ core: LoadSignExtendColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> LoadStoreOperation {
    let isByte = core.isEvenByte + core.isOddByte
    let flags = OpcodeFlags(
      [.loadByte: core.isEvenByte, .loadByte: core.isOddByte, .loadHalf: core.isHalf], in: builder)
    let (isUpper, shifted) = (core.isUpperHalf, core.shifted)
    builder.assertBool(isUpper, "isUpperHalf is a bit")
    builder.assertBool(core.sign, "the sign is a bit")
    let top = core.isEvenByte * shifted[0] + (core.isOddByte + core.isHalf) * shifted[1]
    builder.rangeCheck(
      top - 128 * core.sign, bits: 7, count: flags.isValid, label: "the sign is the top bit")
    let upper = 255 * core.sign
    let written = [
      (core.isHalf + core.isEvenByte) * shifted[0] + core.isOddByte * shifted[1],
      core.isHalf * shifted[1] + isByte * upper, upper, upper,
    ]
    return LoadStoreOperation(
      isValid: flags.isValid, opcode: flags.opcode, isLoad: flags.isValid,
      loadShift: 2 * isUpper + core.isOddByte, storeShift: 0,
      read: (0..<4).map { isUpper * shifted[($0 + 2) % 4] + (1 - isUpper) * shifted[$0] },
      previous: core.previous.array, written: written, writtenFormulas: written,
      addressBase: base)
  }

  /// The word with its halves exchanged where the upper one is loaded from, and the sign.
  struct Outcome {
    var shifted: UInt32
    var isNegative: Bool
  }

  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> Outcome {
    let address = LoadStoreAdapter.address(executed)
    let word = executed.record.second
    let shifted = address & 2 == 0 ? word : word &>> 16 | word &<< 16
    let top: UInt32 = executed.instruction.opcode == .loadHalf || address & 1 == 1 ? 15 : 7
    return Outcome(shifted: shifted, isNegative: (shifted &>> top) & 1 == 1)
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: Outcome) -> LoadSignExtendColumns<BabyBear>
  {
    let instruction = executed.instruction
    let address = LoadStoreAdapter.address(executed)
    let isHalf = instruction.opcode == .loadHalf
    return LoadSignExtendColumns(
      isEvenByte: BabyBear(!isHalf && address & 1 == 0), isOddByte: BabyBear(!isHalf && address & 1 == 1),
      isHalf: BabyBear(isHalf), isUpperHalf: BabyBear(address & 2 != 0), sign: BabyBear(outcome.isNegative),
      shifted: Word(outcome.shifted), previous: Word(instruction.f.isZero ? 0 : executed.record.previous))
  }
}
