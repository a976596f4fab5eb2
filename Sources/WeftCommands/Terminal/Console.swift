import Glibc

/// What a command sees of the world: its streams, its environment, the user's Ctrl-C.
///
/// Commands touch none of these directly, so that tests run them in-process.
public struct Console: Sendable {
  public let output: Channel
  public let error: Channel
  public let environment: [String: String]
  public let interrupts: Interrupts
  /// Stands for standard input; `nil` reads the process's own.
  let input: [UInt8]?
  /// Set from `--color` before a command runs.
  var colorPolicy = ColorPolicy.auto

  /// The process's own streams.
  public static func system(interrupts: Interrupts) -> Console {
    Console(
      output: Channel(descriptor: STDOUT_FILENO, name: "standard output"),
      error: Channel(descriptor: STDERR_FILENO, name: "standard error"),
      environment: processEnvironment(), interrupts: interrupts, input: nil)
  }

  /// Buffers instead of streams. `isTerminal` makes both look like one.
  public static func buffered(
    input: [UInt8] = [], isTerminal: Bool = false, environment: [String: String] = [:]
  ) -> Console {
    Console(
      output: Channel(bufferNamed: "standard output", isTerminal: isTerminal),
      error: Channel(bufferNamed: "standard error", isTerminal: isTerminal),
      environment: environment, interrupts: Interrupts(), input: input)
  }

  /// Colours of messages on standard error.
  var style: Style { style(for: error) }

  func style(for channel: Channel) -> Style {
    Style(isOn: colorPolicy.isOn(isTerminal: channel.isTerminal, environment: environment))
  }

  private static func processEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }
}
