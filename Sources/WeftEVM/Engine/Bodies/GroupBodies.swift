import CWeftABI

// What groups of instructions do that one handler carries out: the bodies of their instructions, with words handed on
// in registers that would have gone by way of the stack. Each instruction keeps its slot, so that one which goes to the
// host, last in every group, is found there with its operands on the stack.
//
// In a group, the payload of a DUP behind other pushing instructions is relative to the stack before them.

/// A pushed word is the operand.
enum PushThen<Push: PushingBody, Next: UnaryBody>: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    Next.run(s.advanced(), Push.word(s), D.self)
  }
}

/// A pushed word is the first operand, the top of the stack the second.
enum PushWith<Push: PushingBody, Next: BinaryBody>: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    Next.run(s.popped().advanced(), Push.word(s), Next.second(s.top), D.self)
  }
}

/// Two pushed words are the operands.
enum PushBoth<Second: PushingBody, First: PushingBody, Next: BinaryBody>: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    Next.run(s.advanced(by: 2), First.word(s.advanced()), Second.word(s), D.self)
  }
}

enum PushTwo<Lower: PushingBody, Upper: PushingBody>: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    let upper = Upper.word(s.advanced())
    return D.proceed(s.pushing(Lower.word(s)).pushing(upper).advanced(by: 2))
  }
}

/// The result of two words is the operand of what follows.
enum Chain<Operation: BinaryOperation, Next: UnaryBody>: BinaryBody {
  @inline(__always) static var hasCarries: Bool { Operation.hasCarries }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ first: UInt256, _ second: UInt256, _: D.Type
  ) -> D.Continuation {
    Next.run(s.advanced(), Operation.apply(first, second), D.self)
  }
}

/// The result of two words is the first operand of what follows, the top of the stack the second.
enum ChainWith<Operation: BinaryOperation, Next: BinaryBody>: BinaryBody {
  @inline(__always) static var hasCarries: Bool { Operation.hasCarries }

  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ first: UInt256, _ second: UInt256, _: D.Type
  ) -> D.Continuation {
    Next.run(s.popped().advanced(), Operation.apply(first, second), Next.second(s.top), D.self)
  }
}

/// SWAP and POP: the word takes the place of the one that it would have been exchanged with.
enum SwapPop: UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ operand: UInt256, _: D.Type) -> D.Continuation {
    let place = UnsafeMutableRawPointer(s.top) + Int(truncatingIfNeeded: s.payload)
    place.assumingMemoryBound(to: UInt256.self).pointee = operand
    return D.proceed(s.advanced(by: 2))
  }
}

enum PopTwo: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    D.proceed(s.popped(2).advanced(by: 2))
  }
}

enum PopThree: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    D.proceed(s.popped(3).advanced(by: 3))
  }
}

/// PUSH and JUMP to a destination; the payload of the PUSH points to its landing.
enum JumpTo: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation { D.land(s, s.landing) }
}

/// PUSH and JUMPI to a destination; the payload of the PUSH points to its landing.
enum JumpToIf: UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ condition: UInt256, _: D.Type) -> D.Continuation {
    if condition.isZero { return D.enter(s.advanced(by: 2), Line(rawValue: s.advanced().payload)) }
    return D.land(s, s.landing)
  }
}

/// ISZERO, PUSH and JUMPI to a destination.
enum JumpToUnless: UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ condition: UInt256, _: D.Type) -> D.Continuation {
    let jump = s.advanced()
    if condition.isZero { return D.land(jump, jump.landing) }
    return D.enter(s.advanced(by: 3), Line(rawValue: s.advanced(by: 2).payload))
  }
}

extension ExecutionState {
  /// The landing that the payload points to.
  @inline(__always) fileprivate var landing: UnsafeMutablePointer<Landing> {
    UnsafeMutablePointer<Landing>(bitPattern: UInt(payload)).unsafelyUnwrapped
  }
}
