/// One command of the tool. From this table come parsing, help and shell completions.
struct Command: Sendable {
  let name: String
  /// One line without a full stop.
  let abstract: String
  /// Paragraphs below the options in the help text.
  var discussion = ""
  var positionals: [any Positional] = []
  /// Options and flags, in the order of the help text.
  var options: [any Parameter] = []
  var subcommands: [Command] = []
  /// What the command does; `nil` where a subcommand must be named.
  var run: (@Sendable (Arguments, Console) throws(CommandError) -> ExitCode)?

  func subcommand(_ name: String) -> Command? { subcommands.first { $0.name == name } }

  /// Options of this command and those that every command takes.
  var allOptions: [any Parameter] { options + CommonOptions.all }
}

/// Options that every command takes.
enum CommonOptions {
  static let color = Option("color", .choice(ColorPolicy.self), help: "Colour messages (default: auto)")
  static let help = Flag("help", help: "Show this help")

  static let all: [any Parameter] = [color, help]
}
