import WeftMachine

/// Splits a command line by the command table.
struct ArgumentParser {
  /// The commands named, from the root down, and what was given to the last of them.
  struct Invocation {
    var path: [Command]
    var arguments: Arguments
    /// `--help` was given; nothing after it was looked at.
    var wantsHelp = false

    var command: Command { path[path.count - 1] }
  }

  private let words: [String]
  private var position = 0
  private var path: [Command]
  private var positionals: [String: [String]] = [:]
  private var options: [String: [String]] = [:]

  private init(_ words: [String], root: Command) {
    self.words = words
    path = [root]
  }

  /// Reads the words that follow the tool's own name.
  ///
  /// Errors name the command, and the option or word at fault.
  static func parse(_ words: [String], root: Command) throws(CommandError) -> Invocation {
    var parser = ArgumentParser(words, root: root)
    return try parser.parse()
  }

  private mutating func parse() throws(CommandError) -> Invocation {
    var optionsEnded = false
    while let word = next() {
      if optionsEnded || !word.hasPrefix("-") || word == "-" {
        try take(word)
      } else if word == "--" {
        optionsEnded = true
      } else if word == "-h" || word == "--\(CommonOptions.help.name)" {
        return invocation(wantsHelp: true)
      } else {
        try takeOption(word)
      }
    }
    return invocation(wantsHelp: false)
  }

  private func invocation(wantsHelp: Bool) -> Invocation {
    let arguments = Arguments(command: commandName, positionals: positionals, options: options)
    return Invocation(path: path, arguments: arguments, wantsHelp: wantsHelp)
  }

  private var command: Command { path[path.count - 1] }
  private var commandName: String { path.map(\.name).joined(separator: " ") }

  private mutating func next() -> String? {
    guard position < words.count else { return nil }
    defer { position += 1 }
    return words[position]
  }

  /// A word without dashes: a subcommand or a positional.
  private mutating func take(_ word: String) throws(CommandError) {
    if !command.subcommands.isEmpty {
      guard let subcommand = command.subcommand(word) else {
        let names = command.subcommands.map(\.name)
        throw .usage("\(commandName): unknown command '\(word)'\(suggestion(for: word, among: names))")
      }
      path.append(subcommand)
    } else if let positional = command.positionals.first(where: {
      positionals[$0.name] == nil || $0.isRepeatable
    }) {
      positionals[positional.name, default: []].append(word)
    } else {
      throw .usage("\(commandName): unexpected argument '\(word)'")
    }
  }

  /// A word with dashes, and the next one where it is the value.
  private mutating func takeOption(_ word: String) throws(CommandError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelling = String(parts[0])
    guard let option = command.allOptions.first(where: { "--\($0.name)" == spelling }) else {
      let names = command.allOptions.map { "--\($0.name)" }
      throw .usage("\(commandName): unknown option '\(spelling)'\(suggestion(for: spelling, among: names))")
    }
    if options[option.name] != nil, !option.isRepeatable {
      throw .usage("\(commandName): \(spelling) given twice")
    }
    options[option.name, default: []].append(try value(of: option, attached: parts.dropFirst().first))
  }

  private mutating func value(
    of option: any Parameter, attached: Substring?
  ) throws(CommandError) -> String {
    guard let placeholder = option.placeholder else {
      if let attached { throw .usage("\(commandName): --\(option.name) takes no value, got '\(attached)'") }
      return ""
    }
    if let attached { return String(attached) }
    // "-1" and "-" are values (the type refuses a negative number by name); "--json" is a forgotten value.
    guard position < words.count, !words[position].hasPrefix("--") else {
      throw .usage("\(commandName): --\(option.name) needs a value (\(placeholder))")
    }
    return next() ?? ""
  }

  private func suggestion(for word: String, among names: [String]) -> String {
    guard let name = nearest(to: word, among: names) else { return "; see '\(commandName) --help'" }
    return "; did you mean '\(name)'?"
  }
}
