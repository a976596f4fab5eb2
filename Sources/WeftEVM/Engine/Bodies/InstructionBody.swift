import CWeftABI

/// What an instruction does, written once for both engines and every group that it is fused into.
///
/// Static gas and the height of the stack have been seen to. What costs more than a few machine instructions, or may
/// fail, goes to an operation of the host.
protocol InstructionBody {
  static func run<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation
}

/// Instructions whose rare cases the host carries out: the engines reach it in their own ways.
protocol SplitBody: InstructionBody {
  associatedtype Rest: HostOperation
  /// The threaded engine's handler of the rare cases.
  static func continueInHandler(_ s: ExecutionState)
}

extension SplitBody {
  @inline(__always)
  static func rest<D: Dispatch>(_ s: ExecutionState, _: D.Type) -> D.Continuation { D.rest(s, Self.self) }
}

/// Two words in, one out.
@inline(__always)
func binaryBody<D: Dispatch>(
  _ s: ExecutionState, _: D.Type, _ operation: (UInt256, UInt256) -> UInt256
) -> D.Continuation {
  s.top[-1] = operation(s.top.word(0), s.top.word(-1))
  return D.proceed(s.popped().advanced())
}

/// One word in, one out.
@inline(__always)
func unaryBody<D: Dispatch>(
  _ s: ExecutionState, _: D.Type, _ operation: (UInt256) -> UInt256
) -> D.Continuation {
  s.top[0] = operation(s.top.word(0))
  return D.proceed(s.advanced())
}

/// A word that nothing on the stack decides about.
@inline(__always)
func pushBody<D: Dispatch>(_ s: ExecutionState, _: D.Type, _ value: UInt256) -> D.Continuation {
  s.top[1] = value
  return D.proceed(s.popped(-1).advanced())
}

@inline(__always)
func dupBody<D: Dispatch>(_ s: ExecutionState, _ n: Int, _: D.Type) -> D.Continuation {
  s.top[1] = s.top.word(1 &- n)
  return D.proceed(s.popped(-1).advanced())
}

@inline(__always)
func swapBody<D: Dispatch>(_ s: ExecutionState, _ n: Int, _: D.Type) -> D.Continuation {
  let upper = s.top.word(0)
  s.top[0] = s.top.word(-n)
  s.top[-n] = upper
  return D.proceed(s.advanced())
}
