/// Completions for bash 4: follows the subcommands typed so far, then offers what the last one takes.
struct BashCompletions {
  let root: Command

  var script: String {
    """
    # bash completion for \(root.name); load with: source <(\(root.name) completions bash)
    _\(root.name)() {
      local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
      local path="\(root.name)" word kind="" options="" words=""
      COMPREPLY=()
      # Readline splits --option=value at the sign.
      if [[ $current == "=" ]]; then current=""
      elif [[ $previous == "=" ]]; then previous="${COMP_WORDS[COMP_CWORD-2]}"; fi
      for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case "$path $word" in
    \(subcommandPatterns)
        esac
      done
      case "$path $previous" in
    \(valuePatterns)
      esac
      if [[ -z $kind ]]; then
        case "$path" in
    \(commandPatterns)
        esac
        if [[ $current == -* ]]; then kind=words words="$options"; fi
      fi
      case "$kind" in
        words) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
        files) compopt -o filenames; COMPREPLY=($(compgen -f -- "$current")) ;;
        directories) compopt -o filenames; COMPREPLY=($(compgen -d -- "$current")) ;;
      esac
    }
    complete -F _\(root.name) \(root.name)

    """
  }

  private var subcommandPatterns: String {
    let paths = root.withDescendants().dropFirst().map { $0.path.joined(separator: " ") }
    return paths.map { "      \($0.shellQuoted)) path=\($0.shellQuoted) ;;" }.joined(separator: "\n")
  }

  private var valuePatterns: String {
    var lines: [String] = []
    for (path, command) in root.withDescendants() {
      for option in command.allOptions where option.placeholder != nil {
        let pattern = (path + ["--\(option.name)"]).joined(separator: " ").shellQuoted
        lines.append("    \(pattern)) \(assignment(of: option.completion)) ;;")
      }
    }
    return lines.joined(separator: "\n")
  }

  private var commandPatterns: String {
    root.withDescendants().map { path, command in
      let options = command.allOptions.map { "--\($0.name)" }.joined(separator: " ")
      let offer: ValueCompletion =
        command.subcommands.isEmpty
        ? command.positionals.first?.completion ?? .none : .words(command.subcommands.map(\.name))
      let pattern = path.joined(separator: " ").shellQuoted
      return "      \(pattern)) options=\(options.shellQuoted) \(assignment(of: offer)) ;;"
    }.joined(separator: "\n")
  }

  private func assignment(of completion: ValueCompletion) -> String {
    switch completion {
    case .none: "kind=none"
    case .files: "kind=files"
    case .directories: "kind=directories"
    case .words(let words): "kind=words words=\(words.joined(separator: " ").shellQuoted)"
    }
  }
}
