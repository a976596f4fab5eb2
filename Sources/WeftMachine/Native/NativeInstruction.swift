import CWeftABI

/// An instruction that C code carries out: a step function or a full handler of `weft_extension.h`.
///
/// The code belongs to an object that stays loaded for as long as anything refers to the extension.
public struct NativeInstruction: @unchecked Sendable {  // function pointers to code that is never written
  /// Which registers an instruction accesses; in this order, reads before and the write after everything else.
  public struct RegisterUse: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let readsRS1 = RegisterUse(rawValue: UInt32(WEFT_READS_RS1))
    public static let readsRS2 = RegisterUse(rawValue: UInt32(WEFT_READS_RS2))
    public static let readsRD = RegisterUse(rawValue: UInt32(WEFT_READS_RD))
    public static let writesRD = RegisterUse(rawValue: UInt32(WEFT_WRITES_RD))
    static let all: RegisterUse = [.readsRS1, .readsRS2, .readsRD, .writesRD]

    /// Accesses to registers, one tick each.
    package var accessCount: Int { intersection(.all).rawValue.nonzeroBitCount }
  }

  /// How the operands of a word are found.
  public enum Form: UInt32, Sendable, Hashable {
    case r = 0
    case i = 1
    case s = 2
    case u = 3

    /// The operands of a word.
    public func operands(of word: UInt32) -> RV32Operands {
      switch self {
      case .r: RV32Operands(rType: word)
      case .i: RV32Operands(iType: word)
      case .s: RV32Operands(sType: word)
      case .u: RV32Operands(uType: word)
      }
    }
  }

  /// A function that carries one instruction out: `weft_step` of the header.
  public typealias Step =
    @convention(c) (UnsafeMutablePointer<weft_call>?, UnsafePointer<weft_operands>?) -> weft_status
  /// A handler of the threaded engine: `weft_handler` of the header.
  public typealias Handler =
    @convention(c) (
      UnsafePointer<weft_instruction>?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt8>?, UInt64, Int64,
      UnsafeMutablePointer<weft_context>?
    ) -> Void

  public var mnemonic: String
  public var form: Form
  public var registers: RegisterUse
  /// Time that one execution takes in a recorded run; 0 where it depends on the operands.
  public var ticks: UInt32
  public var step: Step
  /// Does the same as part of the threaded engine of a fast run.
  public var handler: Handler?
  /// Number of the extension's `NativeInstance` in a machine.
  public var instance: Int
  /// Swift code that carries the instruction out wherever the engine of a fast run does not, and when the step
  /// function has returned anything but `WEFT_OK` and done nothing. `nil`: the C code itself, watched.
  public var service: LoweredInstruction.Service?

  public init(
    mnemonic: String, form: Form, registers: RegisterUse, ticks: UInt32, step: Step, handler: Handler? = nil,
    instance: Int, service: LoweredInstruction.Service? = nil
  ) {
    self.mnemonic = mnemonic
    self.form = form
    self.registers = registers
    self.ticks = ticks
    self.step = step
    self.handler = handler
    self.instance = instance
    self.service = service
  }

  /// The operands of a word as the C side gets them.
  package func operands(of word: UInt32, at address: UInt32) -> weft_operands {
    form.nativeOperands(of: word, at: address)
  }

  /// The slot of the register file that takes writes to x0.
  package static let discardedRegister = 32

  /// The decoded slot of a full handler, as the header describes it; without the handler itself.
  package func slot(_ operands: weft_operands) -> weft_instruction {
    var slot = weft_instruction()
    slot.rd = form == .s ? operands.rs2 : operands.rd
    slot.rs1 = operands.rs1
    slot.length = 1
    slot.immediate = form == .r ? Int32(operands.rs2) : operands.immediate
    return slot
  }
}

extension NativeInstruction.Form {
  /// The operands of a word as the C side gets them.
  package func nativeOperands(of word: UInt32, at address: UInt32) -> weft_operands {
    let operands = operands(of: word)
    return weft_operands(
      word: word, address: address, immediate: operands.immediate, form: rawValue,
      rd: UInt8(
        truncatingIfNeeded: self != .s && operands.rd != 0 ? operands.rd : NativeInstruction.discardedRegister
      ),
      rs1: UInt8(truncatingIfNeeded: operands.rs1), rs2: UInt8(truncatingIfNeeded: operands.rs2),
      source_rd: UInt8(truncatingIfNeeded: operands.rd))
  }
}
