/// How a kind of value is written, read and completed.
struct ValueType<Value>: Sendable {
  let placeholder: String
  var completion = ValueCompletion.none
  /// Reads the text, or says what is wrong with it ("is not …").
  let parse: @Sendable (String) throws(InvalidValue) -> Value
}

/// What a shell may offer for a value.
enum ValueCompletion: Sendable, Equatable {
  case none
  case files
  case directories
  case words([String])
}

/// Why a text is no value of its type; continues a sentence that begins with the text.
struct InvalidValue: Error, Equatable {
  let reason: String
}

extension ValueType where Value == String {
  /// A file's name, which need not exist.
  static func path(_ placeholder: String, completion: ValueCompletion = .files) -> ValueType {
    ValueType(placeholder: placeholder, completion: completion) { text throws(InvalidValue) in
      // The system would cut the name at the zero byte and open another file.
      if text.isEmpty || text.utf8.contains(0) { throw InvalidValue(reason: "is not a file name") }
      return text
    }
  }
}

extension ValueType where Value == UInt64 {
  /// A whole number from 0 to 2^64 − 1, in decimal digits.
  static let count = ValueType(placeholder: "N") { text throws(InvalidValue) in try wholeNumber(text) }

  /// A number of bytes, in units of 1,024, 1,024² or 1,024³ where K, M or G follows.
  static let byteSize = ValueType(placeholder: "BYTES") { text throws(InvalidValue) in
    let units: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    guard let last = text.last, let unit = units[Character(last.uppercased())] else {
      return try wholeNumber(text, kind: "a size such as 65536, 64K, 256M or 1G")
    }
    let number = try wholeNumber(text.dropLast(), kind: "a size such as 65536, 64K, 256M or 1G")
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    if overflow { throw InvalidValue(reason: "is too large") }
    return bytes
  }
}

extension ValueType where Value == Duration {
  /// Decimal seconds, at most nine digits on either side of the point.
  static let seconds = ValueType(placeholder: "SECONDS") { text throws(InvalidValue) in
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard isDigits(parts[0]), isDigits(fraction), fraction.utf8.count <= 9 else {
      throw InvalidValue(reason: "is not a time in seconds such as 2 or 0.5")
    }
    guard parts[0].utf8.count <= 9, let whole = Int64(parts[0]),
      let nanoseconds = Int64(fraction + String(repeating: "0", count: 9 - fraction.utf8.count))
    else { throw InvalidValue(reason: "is too large") }
    return Duration(secondsComponent: whole, attosecondsComponent: nanoseconds * 1_000_000_000)
  }
}

extension ValueType where Value: CaseIterable & RawRepresentable & Sendable, Value.RawValue == String {
  /// One of the cases, by raw value.
  static func choice(_: Value.Type = Value.self) -> ValueType {
    let words = Value.allCases.map(\.rawValue)
    return ValueType(placeholder: words.joined(separator: "|"), completion: .words(words)) {
      text throws(InvalidValue) in
      guard let value = Value(rawValue: text) else {
        throw InvalidValue(reason: "is not one of " + words.joined(separator: ", "))
      }
      return value
    }
  }
}

private func isDigits(_ text: some StringProtocol) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
}

private func wholeNumber(
  _ text: some StringProtocol, kind: String = "a whole number"
) throws(InvalidValue) -> UInt64 {
  guard isDigits(text) else { throw InvalidValue(reason: "is not \(kind)") }
  guard let value = UInt64(text) else {
    throw InvalidValue(reason: "is too large, the limit is \(UInt64.max)")
  }
  return value
}
