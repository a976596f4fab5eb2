import WeftCircuit
import WeftField

struct LoadStoreColumns<Cell>: ColumnLayout {
  /// 0, 1 or 2; together they tell the case (`LoadStoreCase`).
  var flags: Word<Cell>
  var isValid: Cell
  var isLoad: Cell
  /// The memory word of a load, rs2 of a store.
  var read: Word<Cell>
  /// rd or the memory word, before and after.
  var previous: Word<Cell>
  var written: Word<Cell>
}

/// LW, LHU, LBU, SW, SH, SB: 38 columns. (reference/circuits.md §9.2)
public struct LoadStoreChip: ExecutorChip {
  typealias Adapter = LoadStoreAdapter

  public let addressBase: AddressBase

  public init(addressBase: AddressBase = .zero) { self.addressBase = addressBase }

  public var name: String { "LoadStore" }
  public static var opcodes: [CircuitOpcode] {
    [.loadWord, .loadByteUnsigned, .loadHalfUnsigned, .storeWord, .storeHalf, .storeByte]
  }

  static func constrain(
    _ core: LoadStoreColumns<Expression>, pc: Expression, base: AddressBase, in builder: CircuitBuilder
  ) -> LoadStoreOperation {
    let (flags, isValid) = (core.flags, core.isValid)
    for i in 0..<4 {
      builder.assertZero(flags[i] * (flags[i] - 1) * (flags[i] - 2), "flag \(i) is 0, 1 or 2")
    }
    let sum = flags.sum()
    builder.assertZero(sum * (sum - 1) * (sum - 2), "the sum of the flags is 0, 1 or 2")
    builder.assertZero((sum - 1) * (sum - 2) * isValid, "an instruction has a case")
    builder.assertBool(isValid, "isValid is a bit")

    let selectors =
      (0..<4).map { (flags[$0] * (flags[$0] - 1)).divided(by: 2) } + (0..<4).map { flags[$0] * (2 - sum) }
      + LoadStoreCase.pairs.map { flags[$0.0] * flags[$0.1] }
    let cases = zip(LoadStoreCase.all, selectors)
    /// Σ selector · value over the cases.
    func choose(_ value: (LoadStoreCase) -> Int) -> Expression {
      cases.map { $1 * Expression(value($0)) }.sum()
    }
    builder.assertEqual(core.isLoad, choose { $0.isLoad ? 1 : 0 }, "isLoad is that of the case")
    builder.when(core.isLoad).assertEqual(isValid, 1, "only instructions load")
    let bytes = (0..<4).map { limb in
      var value: Expression = 0
      for byte in 0..<4 {
        value += choose { $0.source(of: limb) == .read(byte) ? 1 : 0 } * core.read[byte]
      }
      value += choose { $0.source(of: limb) == .previous ? 1 : 0 } * core.previous[limb]
      builder.assertEqual(core.written[limb], value, "byte \(limb) comes from where the case says")
      return value
    }
    let first = CircuitOpcode.loadWord.rawValue
    return LoadStoreOperation(
      isValid: isValid,
      opcode: Expression(Int(first)) + choose { Int($0.opcode.rawValue - first) }, isLoad: core.isLoad,
      loadShift: choose { $0.isLoad ? $0.shift : 0 }, storeShift: choose { $0.isLoad ? 0 : $0.shift },
      read: core.read.array, previous: core.previous.array, written: core.written.array,
      writtenFormulas: bytes, addressBase: base)
  }

  static func isStore(_ opcode: CircuitOpcode) -> Bool {
    opcode == .storeWord || opcode == .storeHalf || opcode == .storeByte
  }

  /// The word that is written.
  @inline(__always)
  static func outcome(of executed: ExecutedInstruction) -> UInt32 {
    let record = executed.record
    let shift = 8 &* (LoadStoreAdapter.address(executed) & 3)
    switch executed.instruction.opcode {
    case .loadWord, .storeWord: return record.second
    case .loadHalfUnsigned: return (record.second &>> shift) & 0xffff
    case .loadByteUnsigned: return (record.second &>> shift) & 0xff
    case .storeHalf:
      return record.previous & ~(0xffff &<< shift) | (record.second & 0xffff) &<< shift
    default: return record.previous & ~(0xff &<< shift) | (record.second & 0xff) &<< shift
    }
  }

  /// The flags of a case as bytes of a word.
  @inline(__always)
  private static func flags(_ opcode: CircuitOpcode, shift: UInt32) -> UInt32 {
    switch opcode {
    case .loadWord: 0x0000_0002
    case .loadHalfUnsigned: 0x0000_0200 &<< (4 &* shift)
    case .loadByteUnsigned: shift == 0 ? 0x0200_0000 : 1 &<< (8 &* (shift &- 1))
    case .storeWord: 0x0100_0000
    case .storeHalf: shift == 0 ? 0x0000_0101 : 0x0001_0001
    default:
      switch shift {
      case 0: 0x0100_0001
      case 1: 0x0001_0100
      case 2: 0x0100_0100
      default: 0x0101_0000
      }
    }
  }

  @inline(__always)
  static func coreRow(_ executed: ExecutedInstruction, _ outcome: UInt32) -> LoadStoreColumns<BabyBear> {
    let (record, instruction) = (executed.record, executed.instruction)
    let opcode = instruction.opcode
    let isLoad = opcode == .loadWord || opcode == .loadHalfUnsigned || opcode == .loadByteUnsigned
    return LoadStoreColumns(
      flags: Word(flags(opcode, shift: LoadStoreAdapter.address(executed) & 3)), isValid: .one,
      isLoad: BabyBear(isLoad), read: Word(record.second),
      previous: Word(instruction.f.isZero ? 0 : record.previous), written: Word(outcome))
  }
}
