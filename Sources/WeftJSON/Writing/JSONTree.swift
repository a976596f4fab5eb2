/// A JSON value for writing: numbers are integers, members keep their order.
///
/// ```swift
/// let manifest: JSONTree = ["format": "weft-export", "version": 1, "shape": [4, 9]]
/// print(manifest.rendered())
/// ```
public enum JSONTree: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONTree])
  case object([Member])

  public struct Member: Sendable, Hashable {
    public var key: String
    public var value: JSONTree

    public init(_ key: String, _ value: JSONTree) {
      self.key = key
      self.value = value
    }
  }

  public init(_ value: some BinaryInteger) { self = .integer(Int64(clamping: value)) }

  public init(_ text: String) { self = .string(text) }

  public init(_ elements: some Sequence<JSONTree>) { self = .array(Array(elements)) }

  /// The value of the first member with a key; nil where there is none, or no object.
  public subscript(key: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// A value that was read. Fractions, exponents and integers beyond 64 bits become strings, as they are written.
  ///
  /// Recurses as deep as the value is nested: parse with a `depthLimit`.
  public init(_ value: JSONValue) {
    switch value.kind {
    case .null: self = .null
    case .boolean: self = .boolean(value.bool ?? false)
    case .number:
      self = value.integer(as: Int64.self).map(JSONTree.integer) ?? .string(value.numberText ?? "")
    case .string: self = .string(value.string ?? "")
    case .array: self = .array(value.elements.map { JSONTree($0) })
    case .object: self = .object(value.members.map { Member($0.key.string ?? "", JSONTree($0.value)) })
    }
  }
}

extension JSONTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSONTree...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONTree)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

// Contents of values that were read; nil for another kind.
extension JSONTree {
  public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
  public var string: String? { if case .string(let value) = self { value } else { nil } }
  public var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
}
