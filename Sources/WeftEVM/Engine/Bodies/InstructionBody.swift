import CWeftABI

/// What an instruction does, written once for both engines and every group that it is fused into.
///
/// Static gas and the height of the stack have been seen to. What costs more than a few machine instructions, or may
/// fail, goes to an operation of the host.
protocol InstructionBody {
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation
}

extension InstructionBody {
  /// The body as a handler of the threaded engine.
  @inline(__always)
  static func handle(_ i: Slot, _ t: Operands, _ m: Memory, _ z: UInt64, _ g: Int64, _ c: Context) {
    run(ExecutionState(i, t, m, z, g, c), Threaded.self)
  }
}

/// Pushes a word. In a group the word goes to the next instruction directly.
protocol PushingBody: InstructionBody {
  static func word(_ s: ExecutionState) -> UInt256
}

extension PushingBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    D.proceed(s.pushing(word(s)).advanced())
  }
}

/// Takes one word off the stack. In a group it may never have been there.
protocol UnaryBody: InstructionBody {
  /// - Parameter s: the state without the operand.
  static func run<D: Dispatch>(_ s: ExecutionState, _ operand: UInt256, _: D.Type) -> D.Continuation
}

extension UnaryBody {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    run(s.popped(), s.top.word(0), D.self)
  }
}

/// Takes two words off the stack. In a group they may never have been there.
protocol BinaryBody: InstructionBody {
  /// Whether limbs of the second operand go into a chain of carries: then each is read where it is used, and the
  /// optimiser cannot join their loads; see `weft_limb`.
  static var hasCarries: Bool { get }
  /// - Parameters:
  ///   - s: the state without the operands.
  ///   - first: the top of the stack.
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ first: UInt256, _ second: UInt256, _: D.Type
  ) -> D.Continuation
}

extension BinaryBody {
  @inline(__always) static var hasCarries: Bool { false }

  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation {
    run(s.popped(2), s.top.word(0), second(s.top - 1), D.self)
  }

  @inline(__always) static func second(_ place: Words) -> UInt256 {
    hasCarries ? place.pointee : place.word(0)
  }
}

/// One word in, one out.
protocol UnaryOperation: UnaryBody {
  static func apply(_ operand: UInt256) -> UInt256
}

extension UnaryOperation {
  @inline(__always)
  static func run<D: Dispatch>(_ s: ExecutionState, _ operand: UInt256, _: D.Type) -> D.Continuation {
    D.proceed(s.pushing(apply(operand)).advanced())
  }
}

/// Two words in, one out.
protocol BinaryOperation: BinaryBody {
  static func apply(_ first: UInt256, _ second: UInt256) -> UInt256
}

extension BinaryOperation {
  @inline(__always)
  static func run<D: Dispatch>(
    _ s: ExecutionState, _ first: UInt256, _ second: UInt256, _: D.Type
  ) -> D.Continuation {
    D.proceed(s.pushing(apply(first, second)).advanced())
  }
}

/// Instructions whose rare cases the host carries out, with all operands on the stack: the engines reach it in their
/// own ways.
protocol SplitBody: InstructionBody {
  associatedtype Rest: HostOperation
  /// The threaded engine's handler of the rare cases.
  static func continueInHandler(_ s: ExecutionState)
}

extension SplitBody {
  @inline(__always)
  static func rest<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation { D.rest(s, Self.self) }
}

@inline(__always)
func dupBody<D: Dispatch>(_ s: ExecutionState, _ n: Int, _: D.Type) -> D.Continuation {
  D.proceed(s.pushing(s.top.word(1 &- n)).advanced())
}

@inline(__always)
func swapBody<D: Dispatch>(_ s: ExecutionState, _ n: Int, _: D.Type) -> D.Continuation {
  let upper = s.top.word(0)
  s.top[0] = s.top.word(-n)
  s.top[-n] = upper
  return D.proceed(s.advanced())
}
