/// The tool `weft`: the command table and the way from a command line to an exit code.
public enum WeftCommand {
  private static let version = Flag("version", help: "Show the version")
  static let json = Flag("json", help: "Print one JSON object on standard output")

  static let root: Command = Command(
    name: "weft",
    abstract: "Run, trace, check, measure and profile guest programs",
    discussion: exitCodes,
    options: [version, json],
    subcommands: [
      RunCommand.command, TraceCommand.command, CheckCommand.command, EVMCommand.command,
      ExtensionCommand.command, BenchCommand.command, DemoCommand.command, CompletionsCommand.command,
    ]
  )

  private static var exitCodes: String {
    let rows = ExitCode.allCases.map { "  \("\($0.rawValue)".leftPadded(to: 3))  \($0.meaning)" }
    return (["Exit codes:"] + rows).joined(separator: "\n")
  }

  /// Runs one command line, without the tool's own name in front.
  public static func run(arguments words: [String], console: Console) -> ExitCode {
    do {
      return try execute(words, console)
    } catch {
      return report(error, asJSON: asksForJSON(words), console)
    }
  }

  private static func execute(_ words: [String], _ console: Console) throws(CommandError) -> ExitCode {
    let invocation = try ArgumentParser.parse(words, root: root)
    let arguments = invocation.arguments
    var console = console
    console.colorPolicy = try arguments.value(CommonOptions.color) ?? .auto
    if invocation.wantsHelp {
      try console.output.write(HelpText(path: invocation.path).text)
      return .done
    }
    if arguments.isSet(version) { return try printVersion(asJSON: arguments.isSet(json), console) }
    guard let run = invocation.command.run else {
      let help = HelpText(path: invocation.path).text
      if arguments.isSet(json) { throw .usage("\(arguments.command): no command given") }
      try console.error.write(help)
      return .usage
    }
    return try run(arguments, console)
  }

  private static func printVersion(asJSON: Bool, _ console: Console) throws(CommandError) -> ExitCode {
    let version = Version.current
    if asJSON {
      try JSONOutput.write(version, to: console)
    } else {
      try console.output.write("\(version.name) \(version.version)\n")
    }
    return .done
  }

  /// One line on standard error, the same as data on standard output.
  private static func report(_ error: CommandError, asJSON: Bool, _ console: Console) -> ExitCode {
    // Usage errors begin with the command's full name.
    let prefix = error.domain == .usage ? "" : "weft: "
    do {
      try console.error.write("\(prefix)\(error.message.filteredForTerminal)\n")
      if asJSON { try JSONOutput.write(ErrorReport(error), to: console) }
    } catch {
      // Nobody is left to tell: the exit code is all that can be given.
      return .internal
    }
    return error.exitCode
  }

  /// A command line that does not parse has no flags; the wish for JSON is honoured all the same.
  private static func asksForJSON(_ words: [String]) -> Bool {
    words.prefix { $0 != "--" }.contains("--\(json.name)")
  }
}
