import Weft

/// The page that `weft trace --report` asks for.
struct ReportFile: ~Copyable {
  private let file: OutputFile?

  /// Opens the file; does nothing without a path.
  init(path: String?) throws(CommandError) {
    if let path { file = try OutputFile(path: path) } else { file = nil }
  }

  /// Writes the page of a run.
  /// - Returns: the file's path; nil where no page was asked for.
  consuming func commit(_ run: TracedRun) throws(CommandError) -> String? {
    guard let file, let activity = run.activity else { return nil }
    let path = file.path
    try file.commit(ReportPage(run, activity).html)
    return path
  }
}
