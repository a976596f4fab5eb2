import WeftMemory

/// A fault of the guest: an instruction that could not be carried out. It did not retire; registers, memory, clock
/// and instruction count are as before it.
public struct Trap: Error, Sendable, Hashable {
  public enum Cause: Sendable, Hashable {
    case instructionAddressMisaligned
    case instructionAccessFault
    case illegalInstruction
    case breakpoint
    case loadAddressMisaligned
    case loadAccessFault
    case storeAddressMisaligned
    case storeAccessFault
    /// `ecall` where nothing handles it (machine environment without a handler).
    case environmentCall
    /// `ecall` with a number that nobody registered.
    case unknownEnvironmentCall(number: UInt32)
    /// A public value beyond the configured count.
    case publicValueOutOfRange(index: UInt32, count: Int)
    /// Output past its limit: the run ends as `LimitReached.output`, never as trapped.
    case outputLimit
    /// The instruction has more to do. The run does not end with it: the machine looks at its limits, and the instruction
    /// goes on when it is executed again.
    case unfinished
    /// The memory controller refused an access.
    case memory(MemoryError)
    /// An extension or system call reported a failure of its own.
    case failure(code: Int32, message: String)
    /// An extension broke a rule of its interface.
    case misuse(extension: String, rule: String)
  }

  public var cause: Cause
  /// Address of the instruction.
  public var programCounter: UInt64
  /// What `mtval` would hold: the faulting address, or the illegal word.
  public var value: UInt64

  public init(_ cause: Cause, programCounter: UInt64 = 0, value: UInt64 = 0) {
    self.cause = cause
    self.programCounter = programCounter
    self.value = value
  }

  /// A failure that an extension reports.
  public static func failure(_ message: String, code: Int32 = 1) -> Trap {
    Trap(.failure(code: code, message: message))
  }

  /// The exception code of `mcause` (RISC-V Privileged ISA 20211203, table 3.6), where the cause has one.
  public var exceptionCode: UInt32? {
    switch cause {
    case .instructionAddressMisaligned: 0
    case .instructionAccessFault: 1
    case .illegalInstruction: 2
    case .breakpoint: 3
    case .loadAddressMisaligned: 4
    case .loadAccessFault: 5
    case .storeAddressMisaligned: 6
    case .storeAccessFault: 7
    case .environmentCall: 8
    default: nil
    }
  }
}

extension Trap: CustomStringConvertible {
  public var description: String { "\(reason) at pc \(hexadecimal(programCounter))" }

  /// What happened, without the place.
  public var reason: String {
    switch cause {
    case .instructionAddressMisaligned: "jump to misaligned address \(hexadecimal(value))"
    case .instructionAccessFault: "no executable code at \(hexadecimal(value))"
    case .illegalInstruction:
      value & 3 != 3
        ? "16-bit instruction \(hexadecimal(value & 0xffff, digits: 4)): compressed instructions (C) are off"
        : "illegal instruction \(hexadecimal(value))"
    case .breakpoint: "breakpoint"
    case .loadAddressMisaligned: "misaligned load from \(hexadecimal(value))"
    case .loadAccessFault: "load from \(hexadecimal(value)), outside memory"
    case .storeAddressMisaligned: "misaligned store to \(hexadecimal(value))"
    case .storeAccessFault: "store to \(hexadecimal(value)), outside writable memory"
    case .environmentCall: "environment call without a handler"
    case .unknownEnvironmentCall(let number): "unknown environment call \(number)"
    case .publicValueOutOfRange(let index, let count): "public value \(index) of \(count)"
    case .outputLimit: "output past its limit"
    case .unfinished: "the instruction has more to do"
    case .memory(let error): "\(error)"
    case .failure(let code, let message): "\(message) (code \(code))"
    case .misuse(let name, let rule): "extension '\(name)' broke a rule: \(rule)"
    }
  }
}
