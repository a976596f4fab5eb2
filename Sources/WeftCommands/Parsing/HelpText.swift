/// The help of one command, laid out for 80 columns.
struct HelpText {
  let path: [Command]

  private var command: Command { path[path.count - 1] }
  private var name: String { path.map(\.name).joined(separator: " ") }

  var text: String {
    var sections = ["\(name): \(command.abstract)", "Usage: \(usage)"]
    if !command.positionals.isEmpty {
      sections.append(section("Arguments:", command.positionals.map { ($0.name, $0.help) }))
    }
    if !command.subcommands.isEmpty {
      sections.append(section("Commands:", command.subcommands.map { ($0.name, $0.abstract) }))
    }
    sections.append(section("Options:", command.allOptions.map { (Self.spelling(of: $0), $0.help) }))
    if !command.discussion.isEmpty { sections.append(command.discussion) }
    return sections.joined(separator: "\n\n") + "\n"
  }

  private var usage: String {
    var words = [name]
    if !command.subcommands.isEmpty { words.append("COMMAND") }
    words += command.positionals.map { $0.isRepeatable ? "\($0.name)…" : $0.name }
    words.append("[OPTION]…")
    return words.joined(separator: " ")
  }

  private static func spelling(of option: any Parameter) -> String {
    guard let placeholder = option.placeholder else { return "--\(option.name)" }
    return "--\(option.name) \(placeholder)"
  }

  /// Two columns; where the left one is too wide for its neighbour, the text begins on the next line.
  private func section(_ title: String, _ rows: [(left: String, right: String)]) -> String {
    let widest = rows.map(\.left.count).filter { $0 <= 26 }.max() ?? 0
    let indent = String(repeating: " ", count: widest + 4)
    var lines = [title]
    for row in rows {
      let text = wrap(row.right, width: 80 - indent.count)
      var rest = text[...]
      if row.left.count <= widest, let first = rest.popFirst() {
        lines.append("  " + row.left.padded(to: widest + 2) + first)
      } else {
        lines.append("  " + row.left)
      }
      lines += rest.map { indent + $0 }
    }
    return lines.joined(separator: "\n")
  }

  private func wrap(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
