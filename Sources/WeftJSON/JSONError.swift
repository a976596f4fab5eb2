/// Why a text is no JSON (RFC 8259), or not the JSON that was expected.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Offset of the offending byte; the length of the text where it ends too early.
  public var offset: Int
  /// The same place as line and column, where the text is at hand.
  public var position: JSONPosition?
  public var reason: String

  public init(offset: Int, position: JSONPosition? = nil, reason: String) {
    self.offset = offset
    self.position = position
    self.reason = reason
  }

  public var description: String {
    guard let position else { return "offset \(offset): \(reason)" }
    return "\(position) (offset \(offset)): \(reason)"
  }
}

/// A place in a text, as editors count: lines and columns from 1, columns in bytes.
public struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public var description: String { "line \(line), column \(column)" }
}
