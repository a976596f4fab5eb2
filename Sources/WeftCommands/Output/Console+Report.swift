extension Console {
  /// Writes a report to standard output as the command line asks for it: as JSON with `--json`, else as text for people.
  ///
  /// - Throws: `CommandError` where standard output takes no more.
  func write(
    _ report: some Encodable, _ arguments: Arguments, text: (Style) -> String
  ) throws(CommandError) {
    if arguments.isSet(WeftCommand.json) {
      try JSONOutput.write(report, to: self)
    } else {
      try output.write(text(style(for: output)))
    }
  }
}
