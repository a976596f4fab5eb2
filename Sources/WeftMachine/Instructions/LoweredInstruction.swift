/// What an executor answers for one word: who carries it out, and with which operands.
public struct LoweredInstruction: Sendable {
  /// Swift code that carries out an instruction on the guest. It runs outside the engines' hot loop.
  ///
  /// It throws a `Trap` before it has changed anything, or does its whole work. The program counter moves to the
  /// next instruction unless the service jumps.
  public typealias Service = @Sendable (Guest, RV32Operands) throws(Trap) -> Void

  public enum Implementation: Sendable {
    /// An operation of the instruction set's own engines, numbered by the instruction set.
    case engine(operation: UInt8)
    /// Swift code that the host calls.
    case service(Service)
    /// C code of an extension: a step function or a full handler.
    case native(NativeInstruction)
  }

  public var implementation: Implementation
  public var operands: RV32Operands

  public init(_ implementation: Implementation, _ operands: RV32Operands) {
    self.implementation = implementation
    self.operands = operands
  }

  /// An instruction that Swift code carries out.
  public static func service(_ operands: RV32Operands, _ body: @escaping Service) -> LoweredInstruction {
    LoweredInstruction(.service(body), operands)
  }
}
