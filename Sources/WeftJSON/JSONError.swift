/// Why a text is no JSON (RFC 8259), or not the JSON that was expected.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Offset of the offending byte.
  public var offset: Int
  public var reason: String

  public init(offset: Int, reason: String) {
    self.offset = offset
    self.reason = reason
  }

  public var description: String { "offset \(offset): \(reason)" }
}
