import CWeftABI
import WeftMemory

/// The chip that proves an instruction: how it is described, and the functions of the extension that fill its rows.
///
/// An executor carries it, so that one registration brings both. What makes a trace of it is in the circuit's module.
public struct InstructionChip: @unchecked Sendable {  // functions and a table that are never written
  public let description: ChipDescription
  public let form: NativeInstruction.Form
  public let registers: NativeInstruction.RegisterUse
  /// Time of one execution; 0 where it depends on the operands.
  public let ticks: UInt32
  /// The extension's own spaces, in the order of their declaration.
  public var spaces: [AddressSpaceID] = []
  private let air: UnsafePointer<weft_air>
  /// Keeps the code loaded.
  private let owner: (any AnyObject & Sendable)?

  init(
    _ description: ChipDescription, _ air: UnsafePointer<weft_air>, form: NativeInstruction.Form,
    registers: NativeInstruction.RegisterUse, ticks: UInt32, owner: (any AnyObject & Sendable)?
  ) {
    self.description = description
    self.air = air
    self.form = form
    self.registers = registers
    self.ticks = ticks
    self.owner = owner
  }

  /// Asks an extension for the description of a chip, twice: it has to be the same.
  /// - Parameters:
  ///   - blockSizes: cells of the blocks of the extension's own spaces.
  /// - Returns: the chip, or what is wrong with its description, one line each.
  public static func describe(
    _ air: UnsafePointer<weft_air>, form: NativeInstruction.Form, registers: NativeInstruction.RegisterUse,
    ticks: UInt32, blockSizes: [Int], owner: (any AnyObject & Sendable)?
  ) -> (chip: InstructionChip?, problems: [String]) {
    func ask() -> (ChipDescription, [String]) {
      ChipRecorder(form: form, registers: registers, ticks: ticks, blockSizes: blockSizes).record(air)
    }
    let (first, problems) = ask()
    guard problems.isEmpty else { return (nil, problems) }
    guard ask() == (first, []) else {
      return (nil, ["rule repetition: a second description differs from the first"])
    }
    return (
      InstructionChip(first, air, form: form, registers: registers, ticks: ticks, owner: owner), []
    )
  }

  /// Whether the extension says how many rows an execution takes; otherwise it is one.
  public var isLoop: Bool { description.isLoop }

  /// Rows of an execution.
  public func rowCount(_ record: UnsafePointer<weft_air_record>) -> Int {
    air.pointee.row_count.map { Int($0(air, record)) } ?? 1
  }

  /// Fills own columns of some rows of an execution, which are zero.
  /// - Returns: the status of the extension's function.
  public func fill(
    _ record: UnsafePointer<weft_air_record>, rows: Range<Int>, into cells: UnsafeMutablePointer<UInt32>
  ) -> Int32 {
    guard let fill = air.pointee.fill else { return weft_status(WEFT_OK) }
    return fill(
      air, record, UInt32(truncatingIfNeeded: rows.lowerBound),
      UInt32(truncatingIfNeeded: rows.upperBound &- rows.lowerBound),
      UInt32(truncatingIfNeeded: description.columnCount), cells)
  }

  /// A number of 12 bits that tells provable instructions apart, by their words alone: major opcode, funct3, funct7.
  /// - Returns: `nil` for encodings that are not all words of a form.
  public static func key(of encoding: InstructionEncoding, form: NativeInstruction.Form) -> UInt32? {
    guard case .rv32(let match, let mask) = encoding else { return nil }
    let expected: UInt32 =
      switch form {
      case .r: 0xfe00_707f
      case .i, .s: 0x707f
      case .u: 0x7f
      }
    guard mask == expected, let major = majors.firstIndex(of: match & 0x7f) else { return nil }
    return UInt32(truncatingIfNeeded: major) &<< 10 | (match &>> 5) & 0x380 | match &>> 25
  }

  private static let majors: [UInt32] = [0x2b, 0x5b, 0x7b]
}
