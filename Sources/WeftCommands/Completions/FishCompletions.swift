/// Completions for fish: one `complete` line per subcommand, option and positional.
struct FishCompletions {
  let root: Command

  var script: String {
    var lines = [
      "# fish completion for \(root.name); load with: \(root.name) completions fish | source",
      "complete -c \(root.name) -f",
    ]
    for (path, command) in root.withDescendants() { lines += self.lines(path: path, command) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(path: [String], _ command: Command) -> [String] {
    let start = "complete -c \(root.name) -n \(condition(path: path, command).shellQuoted)"
    var lines = command.subcommands.map { "\(start) -a \($0.name) -d \($0.abstract.shellQuoted)" }
    for positional in command.positionals {
      let offer = arguments(of: positional.completion)
      if !offer.isEmpty { lines.append("\(start)\(offer) -d \(positional.help.shellQuoted)") }
    }
    for option in command.allOptions {
      // -x: a value follows that is no file; -r: a value follows.
      let isFile = option.completion == .files
      let value =
        option.placeholder == nil ? "" : (isFile ? " -r" : " -x") + arguments(of: option.completion)
      lines.append("\(start) -l \(option.name)\(value) -d \(option.help.shellQuoted)")
    }
    return lines
  }

  /// True where all of the path has been typed and none of the command's subcommands.
  private func condition(path: [String], _ command: Command) -> String {
    var terms = path.dropFirst().map { "__fish_seen_subcommand_from \($0)" }
    if !command.subcommands.isEmpty {
      let names = command.subcommands.map(\.name).joined(separator: " ")
      terms.append("not __fish_seen_subcommand_from \(names)")
    }
    return terms.joined(separator: "; and ")
  }

  private func arguments(of completion: ValueCompletion) -> String {
    switch completion {
    case .none: ""
    case .files: " -F"
    case .directories: " -a '(__fish_complete_directories)'"
    case .words(let words): " -a \(words.joined(separator: " ").shellQuoted)"
    }
  }
}
