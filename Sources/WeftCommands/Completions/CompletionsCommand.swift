/// `weft completions`: the script that teaches a shell the command table.
enum CompletionsCommand {
  private static let shell = Operand("SHELL", .choice(Shell.self), help: "bash, zsh or fish")

  static let command: Command = Command(
    name: "completions",
    abstract: "Print a shell completion script",
    discussion: """
      bash: source <(weft completions bash)
      zsh:  weft completions zsh > "${fpath[1]}/_weft"
      fish: weft completions fish | source
      """,
    positionals: [shell]
  ) { arguments, console throws(CommandError) in
    let shell = try arguments.value(shell)
    try console.output.write(shell.script(for: WeftCommand.root))
    return .done
  }
}
