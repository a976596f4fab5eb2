/// A shell that completions can be written for.
enum Shell: String, Sendable, CaseIterable {
  case bash, zsh, fish

  /// The script that completes `root` and everything below it.
  func script(for root: Command) -> String {
    switch self {
    case .bash: BashCompletions(root: root).script
    case .zsh: ZshCompletions(root: root).script
    case .fish: FishCompletions(root: root).script
    }
  }
}

extension Command {
  /// This command and all below it, parents first, each with the names that lead to it.
  func withDescendants(path: [String] = []) -> [(path: [String], command: Command)] {
    let here = path + [name]
    return [(here, self)] + subcommands.flatMap { $0.withDescendants(path: here) }
  }
}

extension String {
  /// The text as one word of a POSIX shell, zsh or fish.
  var shellQuoted: String { "'" + replacing("'", with: "'\\''") + "'" }
}
