/// Why a frame halted exceptionally. To the protocol all are the same: the frame's gas is gone, its changes are
/// undone, and it returns nothing.
public enum EVMHalt: UInt32, Error, Sendable, Hashable, CaseIterable {
  case outOfGas = 1
  case stackUnderflow
  case stackOverflow
  case invalidJump
  case undefinedInstruction
  /// The designated INVALID instruction.
  case invalidInstruction
  /// A change of state in a static call.
  case staticViolation
  /// RETURNDATACOPY past the end of the return data.
  case returnDataOutOfBounds
  /// Init code longer than the fork allows.
  case initCodeTooLong
  /// New code longer than the fork allows.
  case codeTooLong
  /// New code that begins with 0xEF.
  case reservedCode
  /// The gas left does not pay for storing new code.
  case depositOutOfGas
  /// The address of a new contract is taken.
  case creationCollision
  case precompileFailed
  /// Memory past the host's limit.
  case memoryLimit
  /// An instruction of an extension failed.
  case extensionFailed

  /// The name in traces and messages.
  public var name: String {
    switch self {
    case .outOfGas: "out of gas"
    case .stackUnderflow: "stack underflow"
    case .stackOverflow: "stack overflow"
    case .invalidJump: "invalid jump destination"
    case .undefinedInstruction: "undefined instruction"
    case .invalidInstruction: "INVALID instruction"
    case .staticViolation: "state change in a static call"
    case .returnDataOutOfBounds: "return data out of bounds"
    case .initCodeTooLong: "init code too long"
    case .codeTooLong: "code too long"
    case .reservedCode: "code begins with 0xef"
    case .depositOutOfGas: "no gas for the code deposit"
    case .creationCollision: "address of the new contract is taken"
    case .precompileFailed: "precompiled contract failed"
    case .memoryLimit: "memory limit reached"
    case .extensionFailed: "instruction of an extension failed"
    }
  }
}

extension EVMHalt: CustomStringConvertible {
  public var description: String { name }
}
