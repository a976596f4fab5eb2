/// How a value is reached from the root: `$.instructions[2].arguments[0].max`, as RFC 9535 writes it. Keys that are no
/// plain names stand in brackets and quotes: `$["two words"]`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
  public enum Step: Sendable, Hashable {
    case member(String)
    case element(Int)
  }

  public var steps: [Step]

  public init(_ steps: [Step] = []) { self.steps = steps }

  public static func + (path: JSONPath, step: Step) -> JSONPath { JSONPath(path.steps + [step]) }

  public var description: String {
    steps.reduce(into: "$") { text, step in
      switch step {
      case .element(let index): text += "[\(index)]"
      case .member(let key): text += Self.isName(key) ? ".\(key)" : "[\(Quotation.text(key))]"
      }
    }
  }

  private static func isName(_ key: String) -> Bool {
    guard let first = key.utf8.first, !JSONScan.isDigit(first), key.utf8.count <= 64 else { return false }
    return key.utf8.allSatisfy { byte in
      JSONScan.isDigit(byte) || byte == UInt8(ascii: "_")
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
  }
}

extension JSONValue {
  /// How this value is reached from the root. Found by descending, so meant for messages.
  public var path: JSONPath {
    var path = JSONPath()
    var value = document.root
    while value.index != index {
      if value.isArray {
        guard let (place, element) = value.elements.enumerated().first(where: { index < $0.element.end })
        else { break }
        path.steps.append(.element(place))
        value = element
      } else {
        // A key has the path of its value.
        guard let member = value.members.first(where: { index < $0.value.end }) else { break }
        path.steps.append(.member(member.key.string ?? ""))
        if index == member.key.index { break }
        value = member.value
      }
    }
    return path
  }

  /// The value that a path reaches from here.
  public func descendant(at path: JSONPath) -> JSONValue? {
    var value = self
    for step in path.steps {
      let next =
        switch step {
        case .element(let index): value[index]
        case .member(let key): value[key]
        }
      guard let next else { return nil }
      value = next
    }
    return value
  }

  /// An error about this value.
  public func error(_ reason: String) -> JSONError {
    JSONError(offset: offset, position: position, reason: reason)
  }
}
