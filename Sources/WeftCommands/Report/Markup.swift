/// A piece of HTML. What stands in a literal is markup; what is interpolated is text, and escaped, unless it is markup
/// itself: so no name that a guest chose can become an element.
struct Markup: ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Text that is known to be markup: the page's own style and script.
  init(unescaped text: String) { self.text = text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(2 * literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }

    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

    mutating func appendInterpolation(_ number: some BinaryInteger) { text += String(number) }

    mutating func appendInterpolation(_ string: String) { text += Markup.escaped(string) }
  }

  static func += (left: inout Markup, right: Markup) { left.text += right.text }

  /// Text as the contents of an element or of a quoted attribute. Controls, which HTML does not have, become their
  /// pictures.
  private static func escaped(_ string: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in string.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;".unicodeScalars
      case "<": text += "&lt;".unicodeScalars
      case ">": text += "&gt;".unicodeScalars
      case "\"": text += "&quot;".unicodeScalars
      case "'": text += "&#39;".unicodeScalars
      case _ where scalar.value < 0x20: text.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
      case "\u{7f}"..."\u{9f}": text.append("\u{fffd}")
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}

extension Sequence<Markup> {
  func joined() -> Markup { reduce(into: "") { $0 += $1 } }
}
