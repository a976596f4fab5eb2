import CWeftABI

// What frame, transaction and block are like, and the instructions that only move words.

enum FrameAddress: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.frame.pointee.address))
  }
}

enum Caller: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.frame.pointee.caller))
  }
}

enum CallValue: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.frame.pointee.value))
  }
}

enum Origin: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.origin))
  }
}

enum GasPrice: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.gas_price))
  }
}

enum Coinbase: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.coinbase))
  }
}

enum Timestamp: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.timestamp))
  }
}

enum BlockNumber: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.number))
  }
}

enum PreviousRandom: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.random))
  }
}

enum GasLimit: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.gas_limit))
  }
}

enum ChainID: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.chain_id))
  }
}

enum BaseFee: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.base_fee))
  }
}

enum BlobBaseFee: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.blob_base_fee))
  }
}

enum CallDataSize: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.frame.pointee.input_size))
  }
}

enum CodeSize: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.frame.pointee.code_size))
  }
}

enum ReturnDataSize: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.context.pointee.return_size))
  }
}

enum MemorySize: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.memorySize))
  }
}

enum ProgramCounter: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.payload & 0xffff_ffff))
  }
}

enum PushSmall: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, UInt256(s.payload))
  }
}

/// PUSH of more than eight bytes: the payload points to the value.
enum PushWide: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let constant = UnsafePointer<UInt256>(bitPattern: UInt(s.payload)).unsafelyUnwrapped
    return pushBody(s, D.self, constant.pointee)
  }
}

/// PUSH0.
enum PushZero: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    pushBody(s, D.self, .zero)
  }
}

enum Pop: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    D.proceed(s.popped().advanced())
  }
}

/// JUMPDEST, where an engine meets it.
enum JumpDestination: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation { D.proceed(s.advanced()) }
}

/// GAS ends its line, so what is left is exact.
enum GasLeft: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let gas = UInt64(bitPattern: s.gas &+ s.context.pointee.reserve)
    s.top[1] = UInt256(gas)
    return D.enter(s.popped(-1).advanced(), Line(rawValue: s.payload))
  }
}

enum Jump: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    D.jump(s.popped(), to: s.top.word(0))
  }
}

enum JumpIf: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    // Two dispatch sites, so that each indirect jump has a prediction of its own.
    if s.top.word(-1).isZero { return D.enter(s.popped(2).advanced(), Line(rawValue: s.payload)) }
    return D.jump(s.popped(2), to: s.top.word(0))
  }
}
