import FoundationEssentials

/// The one JSON object that `--json` puts on standard output.
enum JSONOutput {
  /// Keys are sorted, so that equal reports are equal text.
  static func text(_ value: some Encodable) throws(CommandError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return escapeControls(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    } catch {
      throw CommandError(.output, "report: \(error)")
    }
  }

  /// Escapes DEL and C1 controls, which JSON allows in strings as they are and terminals obey.
  private static func escapeControls(_ text: String) -> String {
    let controls: ClosedRange<Unicode.Scalar> = "\u{7f}"..."\u{9f}"
    guard text.unicodeScalars.contains(where: controls.contains) else { return text }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if controls.contains(scalar) {
        escaped += "\\u00\(String(scalar.value, radix: 16))".unicodeScalars
      } else {
        escaped.append(scalar)
      }
    }
    return String(escaped)
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
