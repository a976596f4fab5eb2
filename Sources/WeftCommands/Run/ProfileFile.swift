import Weft

/// The file that `--profile` asks for: one line per call stack, "outer;inner 123", as flame-graph tools read it.
struct ProfileFile: ~Copyable {
  private let file: OutputFile?

  /// Opens the file; does nothing without a path.
  init(path: String?) throws(CommandError) {
    if let path { file = try OutputFile(path: path) } else { file = nil }
  }

  consuming func commit(_ profile: Profile?) throws(CommandError) {
    try commit(collapsedStacks: profile?.collapsedStacks)
  }

  consuming func commit(collapsedStacks text: String?) throws(CommandError) {
    guard let file, let text else { return }
    try file.commit(text)
  }
}
