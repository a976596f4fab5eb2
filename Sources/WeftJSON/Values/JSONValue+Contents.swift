/// The elements of an array, in order.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
  private let document: JSONDocument
  private var cursor: Int
  private var left: Int

  init(_ value: JSONValue) {
    document = value.document
    cursor = value.index &+ 2
    left = value.isArray ? value.count : 0
  }

  public var underestimatedCount: Int { left }

  public mutating func next() -> JSONValue? {
    if left == 0 { return nil }
    left &-= 1
    let value = JSONValue(document: document, index: cursor)
    cursor = value.end
    return value
  }
}

/// The members of an object, in the order of the text.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  /// A key and its value. The key is a string value: it too knows where it stands.
  public typealias Element = (key: JSONValue, value: JSONValue)

  private let document: JSONDocument
  private var cursor: Int
  private var left: Int

  init(_ value: JSONValue) {
    document = value.document
    cursor = value.index &+ 2
    left = value.isObject ? value.count : 0
  }

  public var underestimatedCount: Int { left }

  public mutating func next() -> Element? {
    if left == 0 { return nil }
    left &-= 1
    let value = JSONValue(document: document, index: cursor &+ 1)
    defer { cursor = value.end }
    return (JSONValue(document: document, index: cursor), value)
  }
}

extension JSONValue {
  /// The elements of an array; nothing for everything else.
  public var elements: JSONElements { JSONElements(self) }

  /// The members of an object; nothing for everything else.
  public var members: JSONMembers { JSONMembers(self) }

  /// The value of the first member with a key. Looks at one member after the other.
  public subscript(key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { wanted in
      for member in members where member.key.isEqual(to: UnsafeRawBufferPointer(wanted)) {
        return member.value
      }
      return nil
    }
  }

  /// An element of an array, `nil` outside it. Looks at one element after the other.
  public subscript(element: Int) -> JSONValue? {
    guard isArray, element >= 0, element < count else { return nil }
    return elements.dropFirst(element).first { _ in true }
  }

  /// Whether a string is this text.
  public func isString(equalTo text: StaticString) -> Bool {
    guard text.hasPointerRepresentation else { return string == "\(text)" }
    return isEqual(to: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private func isEqual(to wanted: UnsafeRawBufferPointer) -> Bool {
    withStringBytes { bytes in bytes.count == wanted.count && bytes.elementsEqual(wanted) } ?? false
  }
}
