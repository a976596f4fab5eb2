import CWeftABI
import WeftMachine

/// A `weft_extension` that has been read and found in order: strings copied, counts within limits.
public struct ExtensionDescription: @unchecked Sendable {  // function pointers to code that is never written
  public struct Instruction {
    public var mnemonic: String
    public var encoding: InstructionEncoding
    public var form: NativeInstruction.Form
    public var registers: NativeInstruction.RegisterUse
    /// Time that one execution takes in a recorded run; 0 where it depends on the operands.
    public var ticks: UInt32
    public var step: NativeInstruction.Step
    /// Does the same as part of the threaded engine.
    public var handler: NativeInstruction.Handler?
    /// What describes the chip that proves it, and the chip once it is described.
    var air: UnsafePointer<weft_air>?
    public internal(set) var chip: InstructionChip?

    /// Whether it brings the chip that proves it.
    public var isProvable: Bool { air != nil }
  }

  public struct Phantom {
    public var name: String
    public var number: UInt32
    public var perform: @convention(c) (UnsafeMutablePointer<weft_call>?, UInt32, UInt32) -> weft_status
  }

  public struct Call {
    public var name: String
    public var number: UInt32
    public var perform:
      @convention(c) (
        UnsafeMutablePointer<weft_call>?, UnsafePointer<UInt32>?, UnsafeMutablePointer<weft_call_result>?
      ) -> weft_status
  }

  public struct Space: Sendable, Hashable {
    public var name: String
    /// Whether a cell is an element of the field; else it is a byte.
    public var holdsFieldElements: Bool
    public var blockSize: Int
    public var cellCount: UInt64
  }

  public var name: String
  public var version: String
  /// SPDX expression.
  public var license: String
  public var instructions: [Instruction]
  public var phantoms: [Phantom]
  public var calls: [Call]
  public var spaces: [Space]
  /// What it brings to the EVM.
  public var evm: EVMParts
  /// Life cycle of a machine's instance.
  public var interface: NativeInterface

  /// Most instructions, phantom instructions, calls or spaces of one extension.
  public static let countLimit = 1024
}
