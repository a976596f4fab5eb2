import CWeftABI

/// An RV32 instruction of an extension: its words, the registers that it touches, and what it does.
public struct ExtensionInstruction {
  /// What carries an instruction out. A closure that captures nothing will do.
  public typealias StepFunction =
    @convention(c) (UnsafeMutablePointer<weft_call>?, UnsafePointer<weft_operands>?) -> weft_status

  public var mnemonic: String
  public var encoding: Encoding
  public var registers: RegisterUse
  /// Time of one execution in a recorded run, one tick for each access; 0 where that depends on operands.
  public var ticks: UInt32
  public var step: StepFunction
  /// The chip that proves it; `nil`: it runs, and is not provable.
  public var air: ExtensionAIR?

  /// - Parameters:
  ///   - mnemonic: lower case, unique in a machine: `"bulk.copy"`.
  ///   - registers: those that the function touches through ``Step/rs1``, ``Step/rs2`` and ``Step/rd``.
  ///   - air: the chip that proves it.
  public static func step(
    _ mnemonic: String, _ encoding: Encoding, _ registers: RegisterUse, ticks: UInt32 = 0,
    air: ExtensionAIR? = nil, _ step: @escaping StepFunction
  ) -> ExtensionInstruction {
    ExtensionInstruction(
      mnemonic: mnemonic, encoding: encoding, registers: registers, ticks: ticks, step: step, air: air)
  }

  func entry(_ memory: inout TableMemory) -> weft_extension_instruction {
    var entry = weft_extension_instruction()
    entry.mnemonic = memory.text(mnemonic)
    entry.instruction_set = UInt32(WEFT_RV32)
    entry.form = encoding.form
    entry.encoding = weft_encoding(match: encoding.match, mask: encoding.mask)
    entry.registers = registers.rawValue
    entry.ticks = ticks
    entry.step = step
    if let air { entry.air = memory.value(keeping: air, air.entry) }
    return entry
  }

  /// Which registers an instruction touches. A recorded run accesses them in this order.
  public struct RegisterUse: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let readsRS1 = RegisterUse(rawValue: UInt32(WEFT_READS_RS1))
    public static let readsRS2 = RegisterUse(rawValue: UInt32(WEFT_READS_RS2))
    /// For an instruction with three operands.
    public static let readsRD = RegisterUse(rawValue: UInt32(WEFT_READS_RD))
    public static let writesRD = RegisterUse(rawValue: UInt32(WEFT_WRITES_RD))
  }

  /// The words that stand for an instruction, and where its operands are.
  public struct Encoding: Sendable, Hashable {
    /// A major opcode that extensions have.
    public enum Major: UInt32, Sendable, Hashable {
      case custom1 = 0x2b
      case custom2 = 0x5b
      case custom3 = 0x7b
    }

    var form: UInt32
    var match: UInt32
    var mask: UInt32

    /// Form R: rd, rs1, rs2.
    /// - Parameters:
    ///   - funct3: 0 to 7.
    ///   - funct7: 0 to 127.
    public static func r(_ major: Major, funct3: UInt32, funct7: UInt32) -> Encoding {
      Encoding(
        form: UInt32(WEFT_FORM_R), match: major.rawValue | (funct3 & 7) &<< 12 | (funct7 & 0x7f) &<< 25,
        mask: 0xfe00_707f)
    }

    /// Form I: rd, rs1, a signed immediate of 12 bits.
    public static func i(_ major: Major, funct3: UInt32) -> Encoding {
      Encoding(form: UInt32(WEFT_FORM_I), match: major.rawValue | (funct3 & 7) &<< 12, mask: 0x707f)
    }

    /// Form S: rs1, rs2, a signed immediate of 12 bits.
    public static func s(_ major: Major, funct3: UInt32) -> Encoding {
      Encoding(form: UInt32(WEFT_FORM_S), match: major.rawValue | (funct3 & 7) &<< 12, mask: 0x707f)
    }
  }
}
