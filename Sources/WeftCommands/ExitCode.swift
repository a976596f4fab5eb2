/// The tool's exit codes: one contract for all commands.
public enum ExitCode: Int32, Sendable, CaseIterable {
  case done = 0
  /// The guest reported failure, or a test of a suite failed. The guest's own code is in the report.
  case guestFailed = 1
  case usage = 2
  /// A program or input file that is absent, unreadable or malformed.
  case badInput = 3
  case guestTrapped = 4
  /// Instructions, time, memory, output or records reached their limit.
  case limit = 5
  /// An extension could not be loaded or registered.
  case extensionProblem = 6
  /// `check` or `verify` said no.
  case rejected = 7
  /// The tool itself failed, or an output could not be written.
  case `internal` = 70
  /// Ended by SIGINT.
  case interrupted = 130

  /// What the code means, as the help text lists it.
  var meaning: String {
    switch self {
    case .done: "done"
    case .guestFailed: "the guest reported failure"
    case .usage: "wrong usage"
    case .badInput: "bad input file"
    case .guestTrapped: "the guest trapped"
    case .limit: "a limit was reached"
    case .extensionProblem: "extension problem"
    case .rejected: "rejected by a check"
    case .internal: "internal error, or output not writable"
    case .interrupted: "interrupted"
    }
  }
}
