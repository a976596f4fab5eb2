import WeftJSON

/// An object of a manifest whose keys have been checked.
struct ManifestObject {
  let value: JSONValue
  let problems: ManifestProblems

  /// Reports a value of another kind, unknown keys and missing ones; `nil` when it is no object at all.
  init?(_ value: JSONValue, _ shape: ManifestShape, _ problems: ManifestProblems) {
    guard value.isObject else {
      problems.report(value, "\(value.kind.rawValue), expected an object")
      return nil
    }
    self.value = value
    self.problems = problems
    let keys = shape.keys
    for (key, _) in value.members {
      let name = key.string ?? ""
      if !keys.contains(name) { problems.report(key, "unknown key", name, expected: keys) }
    }
    for key in shape.required where value[key] == nil {
      problems.report(value, "the key \"\(key)\" is missing")
    }
  }

  subscript(key: String) -> JSONValue? { value[key] }
}

// Values by kind. What does not fit is reported and gives nil.
extension ManifestProblems {
  /// A text of 1 to `limit` bytes without control characters.
  func text(_ value: JSONValue, limit: Int) -> String? {
    guard let text = value.string else {
      report(value, "\(value.kind.rawValue), expected a text")
      return nil
    }
    guard (1...limit).contains(text.utf8.count) else {
      report(
        value, text.isEmpty ? "an empty text" : "a text of \(text.utf8.count) bytes, the limit is \(limit)")
      return nil
    }
    guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }) else {
      report(value, "a text with control characters")
      return nil
    }
    return text
  }

  /// A text of some characters only.
  func word(
    _ value: JSONValue, limit: Int, _ what: String, where isAllowed: (UInt8) -> Bool
  ) -> String? {
    guard let text = text(value, limit: limit) else { return nil }
    guard text.utf8.allSatisfy(isAllowed) else {
      report(value, "\(Self.quoted(text)) is no \(what)")
      return nil
    }
    return text
  }

  /// One of several words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ value: JSONValue, _ what: String
  ) -> Choice? where Choice.RawValue == String {
    let expected = Choice.allCases.map(\.rawValue)
    guard let text = value.string else {
      report(value, "\(value.kind.rawValue), expected one of \(expected.joined(separator: ", "))")
      return nil
    }
    if let choice = Choice(rawValue: text) { return choice }
    report(value, "unknown \(what)", text, expected: expected)
    return nil
  }

  /// An integer in a range.
  func integer<Integer: FixedWidthInteger>(_ value: JSONValue, in range: ClosedRange<Integer>) -> Integer? {
    guard let text = value.numberText else {
      report(value, "\(value.kind.rawValue), expected an integer")
      return nil
    }
    guard let number = value.integer(as: Integer.self), range.contains(number) else {
      let shown = text.utf8.count <= 40 ? text : text.prefix(40) + "…"
      report(value, "\(shown) is no integer from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  /// A 32-bit word: a number, or a text such as "0x0a00302b".
  func word32(_ value: JSONValue) -> UInt32? {
    guard let text = value.string else { return integer(value, in: 0...UInt32.max) }
    if text.hasPrefix("0x"), text.utf8.count <= 10, let word = UInt32(text.dropFirst(2), radix: 16) {
      return word
    }
    report(value, "\(Self.quoted(text)) is no word: write a number or a text such as \"0x0a00302b\"")
    return nil
  }

  /// An array of at most `limit` elements.
  func array(_ value: JSONValue, limit: Int) -> JSONElements? {
    guard value.isArray else {
      report(value, "\(value.kind.rawValue), expected an array")
      return nil
    }
    guard value.count <= limit else {
      report(value, "\(value.count) elements, the limit is \(limit)")
      return nil
    }
    return value.elements
  }
}
