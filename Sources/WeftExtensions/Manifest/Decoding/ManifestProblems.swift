import WeftJSON
import WeftMachine

/// Collects what is wrong with a manifest while the decoder goes on.
final class ManifestProblems {
  private var found: [(offset: Int, text: String)] = []

  var isEmpty: Bool { found.isEmpty }

  /// One line each, in the order of the text.
  var lines: [String] {
    let sorted = found.sorted { $0.offset < $1.offset }.map(\.text)
    let limit = ExtensionManifest.Limits.problems
    return sorted.count <= limit ? sorted : sorted[..<limit] + ["and \(sorted.count - limit) more problems"]
  }

  /// Notes a problem with a value.
  func report(_ value: JSONValue, _ text: String) {
    found.append((value.offset, "\(value.path) (\(value.position)): \(text)"))
  }

  /// Notes a word that is none of those it should be, with the one that was probably meant.
  func report(_ value: JSONValue, _ kind: String, _ word: String, expected: [String]) {
    let shown = Self.quoted(word)
    if let near = nearest(to: word, among: expected) {
      report(value, "\(kind) \(shown), did you mean \"\(near)\"?")
    } else if expected.count <= 13 {
      report(value, "\(kind) \(shown), expected one of \(expected.joined(separator: ", "))")
    } else {
      report(value, "\(kind) \(shown)")
    }
  }

  /// A text of the manifest on one line, not too long.
  static func quoted(_ text: String) -> String {
    let shown = String.UnicodeScalarView(
      text.unicodeScalars.prefix(64).map { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) ? "?" : $0 })
    return "\"\(String(shown))\(text.unicodeScalars.count > 64 ? "…" : "")\""
  }
}
