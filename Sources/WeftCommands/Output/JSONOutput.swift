import FoundationEssentials

/// The one JSON object that `--json` puts on standard output.
enum JSONOutput {
  /// Keys are sorted, so that equal reports are equal text.
  static func text(_ value: some Encodable) throws(CommandError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    } catch {
      throw CommandError(.output, "report: \(error)")
    }
  }

  static func write(_ value: some Encodable, to console: Console) throws(CommandError) {
    try console.output.write(try text(value))
  }
}

/// What `--json` prints in place of a report that does not exist.
struct ErrorReport: Codable, Equatable {
  struct Failure: Codable, Equatable {
    let domain: String
    let message: String
    let code: Int32
  }

  let error: Failure

  init(_ error: CommandError) {
    self.error = Failure(
      domain: error.domain.rawValue, message: error.message, code: error.exitCode.rawValue)
  }
}
