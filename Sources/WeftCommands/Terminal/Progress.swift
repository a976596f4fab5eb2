/// One line that says what long work is at. Only shown where standard error is a terminal.
struct Progress {
  private let channel: Channel
  private let style: Style

  init(_ console: Console) {
    channel = console.error
    style = console.style
  }

  /// Replaces the line.
  func show(_ text: String) throws(CommandError) {
    guard channel.isTerminal else { return }
    try channel.write("\r\u{1b}[K" + style.dim(text))
  }

  /// Removes the line, so that other text can follow.
  func clear() throws(CommandError) {
    guard channel.isTerminal else { return }
    try channel.write("\r\u{1b}[K")
  }
}
