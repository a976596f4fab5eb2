import Glibc

/// A checked JSON text (RFC 8259) and where everything in it stands.
///
/// The text is kept once; a part of it costs eight bytes, arrays and objects sixteen. Strings and numbers are
/// read from the text when they are asked for.
///
/// ```swift
/// let document = try JSONDocument(bytes)
/// for (key, value) in document.root.members { … }
/// let limit = document.root["limits"]?["max"]?.integer(as: UInt32.self)
/// ```
public final class JSONDocument: @unchecked Sendable {
  // Nothing changes after the initialiser; that makes it sendable.
  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let nodes: UnsafePointer<JSONNode>
  /// Bytes of the text.
  public let byteCount: Int

  private init(_ parts: Parts) {
    base = UnsafePointer(parts.base)
    nodes = UnsafePointer(parts.nodes)
    byteCount = parts.count
  }

  /// Parses a text.
  /// - Throws: the first mistake, with its offset, line and column.
  public convenience init(
    _ bytes: UnsafeRawBufferPointer, options: JSONOptions = JSONOptions()
  ) throws(JSONError) {
    self.init(try Self.parse(bytes, options))
  }

  public convenience init(_ bytes: [UInt8], options: JSONOptions = JSONOptions()) throws(JSONError) {
    let parts = try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
      try Self.parse(UnsafeRawBufferPointer(bytes), options)
    }
    self.init(parts)
  }

  public convenience init(_ text: String, options: JSONOptions = JSONOptions()) throws(JSONError) {
    try self.init(Array(text.utf8), options: options)
  }

  deinit {
    free(UnsafeMutablePointer(mutating: base))
    free(UnsafeMutablePointer(mutating: nodes))
  }

  private struct Parts {
    var base: UnsafeMutablePointer<UInt8>
    var nodes: UnsafeMutablePointer<JSONNode>
    var count: Int
  }

  private static func parse(_ bytes: UnsafeRawBufferPointer, _ options: JSONOptions) throws(JSONError)
    -> Parts
  {
    let limit = max(0, min(options.byteLimit, Int(Int32.max)))
    guard bytes.count <= limit else {
      throw JSONError(offset: limit, reason: "a text of \(bytes.count) bytes, the limit is \(limit)")
    }
    guard let text = JSONText(bytes) else {
      throw JSONError(offset: 0, reason: "no memory for a text of \(bytes.count) bytes")
    }
    var parser = JSONParser(text.base, count: text.count, options: options)
    do throws(JSONFault) { try parser.parse() } catch { throw error.error(in: bytes) }
    guard let nodes = parser.tape.take() else { throw JSONError(offset: 0, reason: "an empty text") }
    let count = text.count
    return Parts(base: text.take(), nodes: nodes, count: count)
  }

  /// The outermost value.
  public var root: JSONValue { JSONValue(document: self, index: 0) }

  /// The text as it was given.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: byteCount) }

  /// Line and column of an offset.
  public func position(of offset: Int) -> JSONPosition { JSONPosition(of: offset, in: bytes) }
}
