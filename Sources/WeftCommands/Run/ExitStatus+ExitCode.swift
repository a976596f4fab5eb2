import Weft

extension ExitStatus {
  /// The tool's exit code for a guest that came to this end.
  var exitCode: ExitCode {
    switch self {
    case .halted(let code): code == 0 ? .done : .guestFailed
    case .trapped(let trap):
      if case .misuse = trap.cause { .extensionProblem } else { .guestTrapped }
    // Nobody but Ctrl-C stops or pauses a guest of the command line.
    case .limit(.stopped), .paused: .interrupted
    case .limit: .limit
    }
  }
}

extension CommandError {
  /// - Parameter name: the program's file.
  init(_ error: MachineError, name: String) {
    switch error {
    case .program(let message): self = .input(name, message)
    case .registration(let error): self.init(.extension, "\(error)")
    case .extensionFailed(let failure): self.init(.extension, "\(failure)")
    default: self.init(.machine, "\(name): \(error)")
    }
  }
}
