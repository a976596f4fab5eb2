import Glibc

/// A mistake in a text, before its line is counted.
struct JSONFault: Error {
  var offset: Int
  var reason: String
}

extension JSONFault {
  /// The fault as an error with line and column.
  func error(in text: UnsafeRawBufferPointer) -> JSONError {
    JSONError(offset: offset, position: JSONPosition(of: offset, in: text), reason: reason)
  }
}

extension JSONPosition {
  /// Counts the lines before an offset.
  init(of offset: Int, in text: UnsafeRawBufferPointer) {
    let end = max(0, min(offset, text.count))
    let newline = Int32(UInt8(ascii: "\n"))
    var (line, lineStart) = (1, 0)
    while lineStart < end, let start = text.baseAddress,
      let found = memchr(start + lineStart, newline, end &- lineStart)
    {
      line &+= 1
      lineStart = UnsafeRawPointer(found) - start &+ 1
    }
    self.init(line: line, column: end &- lineStart &+ 1)
  }
}

/// How error messages show bytes that may be anything.
enum Quotation {
  /// One byte: itself when it is a printable ASCII character, else its number.
  static func byte(_ byte: UInt8) -> String {
    (0x21...0x7e).contains(byte)
      ? "'\(Unicode.Scalar(byte))'" : "byte 0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// A text of at most 40 characters on one line.
  static func text(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars.prefix(40) {
      let isPlain = scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
      shown += isPlain ? String(scalar) : "\\u{" + String(scalar.value, radix: 16) + "}"
    }
    return "\"" + shown + (text.unicodeScalars.count > 40 ? "…" : "") + "\""
  }
}
