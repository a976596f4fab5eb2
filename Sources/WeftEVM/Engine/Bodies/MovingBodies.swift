import CWeftABI

// What frame, transaction and block are like, and the instructions that only move words.

enum FrameAddress: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.frame.pointee.address)
  }
}

enum Caller: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.frame.pointee.caller)
  }
}

enum CallValue: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.frame.pointee.value)
  }
}

enum Origin: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.origin) }
}

enum GasPrice: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.gas_price) }
}

enum Coinbase: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.coinbase) }
}

enum Timestamp: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.timestamp) }
}

enum BlockNumber: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.number) }
}

enum PreviousRandom: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.random) }
}

enum GasLimit: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.gas_limit) }
}

enum ChainID: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.chain_id) }
}

enum BaseFee: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.context.pointee.base_fee) }
}

enum BlobBaseFee: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.pointee.blob_base_fee)
  }
}

enum CallDataSize: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.frame.pointee.input_size)
  }
}

enum CodeSize: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.frame.pointee.code_size)
  }
}

enum ReturnDataSize: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 {
    UInt256(s.context.pointee.return_size)
  }
}

enum MemorySize: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.memorySize) }
}

enum ProgramCounter: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.payload & 0xffff_ffff) }
}

enum PushSmall: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { UInt256(s.payload) }
}

/// PUSH of more than eight bytes: the payload points to the value.
enum PushWide: PushingBody {
  @inline(__always)
  static func word(_ s: ExecutionState) -> UInt256 {
    UnsafePointer<UInt256>(bitPattern: UInt(s.payload)).unsafelyUnwrapped.pointee
  }
}

/// PUSH0.
enum PushZero: PushingBody {
  @inline(__always) static func word(_ s: ExecutionState) -> UInt256 { .zero }
}

/// DUP in a group: the payload says where the word is, in bytes from the top of the stack.
enum Dup: PushingBody {
  @inline(__always)
  static func word(_ s: ExecutionState) -> UInt256 {
    let place = UnsafeMutableRawPointer(s.top) + Int(truncatingIfNeeded: s.payload)
    return place.assumingMemoryBound(to: UInt256.self).word(0)
  }
}

/// SWAP in a group: the payload says where the other word is, in bytes from the top of the stack without the operand.
enum Swap: UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ operand: UInt256, _: D.Type) -> D.Continuation {
    let place = UnsafeMutableRawPointer(s.top) + Int(truncatingIfNeeded: s.payload)
    let other = place.assumingMemoryBound(to: UInt256.self)
    let lower = other.word(0)
    other.pointee = operand
    return D.proceed(s.pushing(lower).advanced())
  }
}

enum Pop: UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ operand: UInt256, _: D.Type) -> D.Continuation {
    D.proceed(s.advanced())
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
    return D.enter(s.pushing(UInt256(gas)).advanced(), Line(rawValue: s.payload))
  }
}

enum Jump: UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ target: UInt256, _: D.Type) -> D.Continuation {
    D.jump(s, to: target)
  }
}

enum JumpIf: BinaryBody {
  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ target: UInt256, _ condition: UInt256, _: D.Type
  ) -> D.Continuation {
    // Two dispatch sites, so that each indirect jump has a prediction of its own.
    if condition.isZero { return D.enter(s.advanced(), Line(rawValue: s.payload)) }
    return D.jump(s, to: target)
  }
}
