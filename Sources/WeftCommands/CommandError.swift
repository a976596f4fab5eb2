/// Why a command gave up: one line for people, the same as data under `--json`.
struct CommandError: Error, Equatable {
  /// Who complains; also decides the exit code.
  enum Domain: String {
    case usage, input, output, `extension`, machine
    /// A measurement whose result is wrong.
    case mismatch
    /// A time limit, where nothing else is left to report.
    case limit
    case interrupted
  }

  let domain: Domain
  let message: String

  init(_ domain: Domain, _ message: String) {
    self.domain = domain
    self.message = message
  }

  var exitCode: ExitCode {
    switch domain {
    case .usage: .usage
    case .input: .badInput
    case .output, .machine: .internal
    case .extension: .extensionProblem
    case .mismatch: .guestFailed
    case .limit: .limit
    case .interrupted: .interrupted
    }
  }
}

extension CommandError {
  static func usage(_ message: String) -> CommandError { CommandError(.usage, message) }

  /// A program or input file that cannot be used.
  static func input(_ file: String, _ message: String) -> CommandError {
    CommandError(.input, "\(file): \(message)")
  }

  /// A file or stream that cannot be written.
  static func output(_ file: String, _ message: String) -> CommandError {
    CommandError(.output, "\(file): \(message)")
  }
}
