import WeftMemory

/// How a run came to its end, or to a stop.
public enum ExitStatus: Sendable, Hashable {
  /// The guest ended by itself. Code 0 means success.
  case halted(code: UInt32)
  /// The guest did something that it cannot do.
  case trapped(Trap)
  /// The host's patience ended first. The machine can be resumed with more of what ran out.
  case limit(LimitReached)
  /// The host asked for a pause. The machine can be resumed.
  case paused

  /// Whether the guest ended by itself with code 0.
  public var isSuccess: Bool { self == .halted(code: 0) }
}

/// Which limit ended a run.
public enum LimitReached: Sendable, Hashable {
  case instructions(UInt64)
  case wallClock(seconds: Double)
  case output(bytes: Int)
  /// The records of a recorded run reached their limit.
  case records(bytes: Int)
  /// A recorded run's clock cannot go further: 2^29 − 1 is the last time.
  case clock
  /// The layout of a recorded run has no more room for something.
  case layout(of: String, limit: Int)
  /// The host stopped the run from another thread.
  case stopped

  /// The limit of a recorded run that a memory error stands for, if it does.
  package init?(_ error: MemoryError, limits: Limits) {
    switch error {
    case .timestampViolation: self = .clock
    case .logLimitReached: self = .records(bytes: limits.recordBytes)
    case .layoutLimitReached(let things, let limit): self = .layout(of: things, limit: limit)
    default: return nil
    }
  }
}

extension LimitReached: CustomStringConvertible {
  public var description: String {
    switch self {
    case .instructions(let count): "limit of \(count) instructions reached"
    case .wallClock(let seconds): "time limit of \(seconds) s reached"
    case .output(let bytes): "output limit of \(bytes) bytes reached"
    case .records(let bytes): "record limit of \(bytes) bytes reached"
    case .clock: "the clock of the recorded run reached 2^29 - 1"
    case .layout(let things, let limit): "limit of \(limit) \(things) in a recorded run reached"
    case .stopped: "stopped by the host"
    }
  }
}

extension ExitStatus: CustomStringConvertible {
  public var description: String {
    switch self {
    case .halted(let code): code == 0 ? "halted" : "halted with code \(code)"
    case .trapped(let trap): "trapped: \(trap)"
    case .limit(let limit): "\(limit)"
    case .paused: "paused"
    }
  }
}
