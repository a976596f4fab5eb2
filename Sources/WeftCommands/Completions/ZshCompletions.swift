/// Completions for zsh: one function per command, `_arguments` in each.
struct ZshCompletions {
  let root: Command

  var script: String {
    let functions = root.withDescendants().reversed().map { function(path: $0.path, $0.command) }
    return """
      #compdef \(root.name)
      # zsh completion for \(root.name); save as _\(root.name) in a folder of $fpath
      \(functions.joined(separator: "\n"))
      compdef _\(root.name) \(root.name)

      """
  }

  private func function(path: [String], _ command: Command) -> String {
    var specifications = command.allOptions.map(specification)
    for (index, positional) in command.positionals.enumerated() {
      let action = action(of: positional.completion)
      let place = positional.isRepeatable ? "*" : "\(index + 1)"
      specifications.append("\(place):\(positional.name):\(action)".shellQuoted)
    }
    if !command.subcommands.isEmpty {
      let names = command.subcommands.map(\.name).joined(separator: " ")
      specifications += ["1:command:(\(names))".shellQuoted, "*::argument:->argument".shellQuoted]
    }
    var lines = ["_\(path.joined(separator: "_"))() {", "  local line state"]
    lines.append("  _arguments -C \\")
    lines.append(specifications.map { "    \($0)" }.joined(separator: " \\\n"))
    if !command.subcommands.isEmpty {
      lines.append("  [[ $state == argument ]] && case $line[1] in")
      for subcommand in command.subcommands {
        lines.append("    \(subcommand.name)) _\((path + [subcommand.name]).joined(separator: "_")) ;;")
      }
      lines.append("  esac")
    }
    return (lines + ["}"]).joined(separator: "\n")
  }

  private func specification(of option: any Parameter) -> String {
    let help = option.help.replacing("[", with: "\\[").replacing("]", with: "\\]")
    let repetition = option.isRepeatable && option.placeholder != nil ? "*" : ""
    var text = "\(repetition)--\(option.name)"
    guard let placeholder = option.placeholder else { return "\(text)[\(help)]".shellQuoted }
    // "=" lets zsh offer both --option=value and --option value.
    text += "=[\(help)]:\(placeholder.replacing(":", with: "\\:")):\(action(of: option.completion))"
    return text.shellQuoted
  }

  private func action(of completion: ValueCompletion) -> String {
    switch completion {
    case .none: " "
    case .files: "_files"
    case .directories: "_files -/"
    case .words(let words): "(\(words.joined(separator: " ")))"
    }
  }
}
