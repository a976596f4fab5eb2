/// Two instructions in a row as one body. The first finishes, its writes included, before the second reads.
///
/// If the second cannot go on, the state left behind is its own: the pair needs no repair. The first must not end a
/// straight line.
enum Pair<First: InstructionBody, Second: InstructionBody>: InstructionBody {
  @inline(__always)
  static func run<D: Dispatch, R: Recorder>(_ s: ExecutionState, _: D.Type, _: R.Type) -> D.Continuation {
    First.run(s, Then<Second, D>.self, R.self)
  }
}

/// Dispatch that runs another body in place of a jump to the next handler.
private enum Then<Second: InstructionBody, D: Dispatch>: Dispatch {
  typealias Continuation = D.Continuation

  @inline(__always)
  static func proceed<R: Recorder>(_ state: ExecutionState, _: R.Type) -> Continuation {
    Second.run(state, D.self, R.self)
  }

  @inline(__always)
  static func enter<R: Recorder>(_ state: ExecutionState, _: R.Type) -> Continuation {
    D.enter(state, R.self)
  }

  @inline(__always)
  static func leave<R: Recorder>(_ state: ExecutionState, _: R.Type) -> Continuation {
    D.leave(state, R.self)
  }
}
