import WeftEVM
import WeftJSON

/// A number as the official tests write it: any count of digits, zeros in front, and sometimes too large.
public enum FixtureQuantity: Sendable, Hashable {
  case word(UInt256)
  /// More than 256 bits (`"0x:bigint 0x1000…"` where the test means it).
  case overflow

  /// The number, `nil` where it is more than a word.
  public var word: UInt256? {
    if case .word(let word) = self { word } else { nil }
  }
}

extension JSONValue {
  /// The member `key`, which must be there.
  func required(_ key: String) throws(JSONError) -> JSONValue {
    guard let value = self[key] else { throw error("\(path) has no member '\(key)'") }
    return value
  }

  /// This object, or an error that names the place.
  func checkedObject() throws(JSONError) -> JSONValue {
    guard isObject else { throw fault("an object") }
    return self
  }

  /// This array, or an error that names the place.
  func checkedArray() throws(JSONError) -> JSONValue {
    guard isArray else { throw fault("an array") }
    return self
  }

  /// A number of any size.
  func quantity() throws(JSONError) -> FixtureQuantity {
    let read = withStringBytes { bytes -> FixtureQuantity? in
      var digits = bytes[...]
      let mark = "0x:bigint 0x".utf8
      let isMarked = digits.starts(with: mark)
      if isMarked { digits = digits.dropFirst(mark.count) } else { digits = digits.dropPrefix() }
      var word = UInt256.zero
      var overflows = false
      for digit in digits {
        guard let value = hexadecimalValue(digit) else { return nil }
        overflows = overflows || word.limb3 >> 60 != 0
        word = UInt256(
          limbs: word.limb0 << 4 | UInt64(value), word.limb1 << 4 | word.limb0 >> 60,
          word.limb2 << 4 | word.limb1 >> 60, word.limb3 << 4 | word.limb2 >> 60)
      }
      return overflows ? .overflow : .word(word)
    }
    guard let quantity = read.flatMap({ $0 }) else { throw fault("a number in hexadecimal digits") }
    return quantity
  }

  /// A number of at most 256 bits.
  func word() throws(JSONError) -> UInt256 {
    guard let word = try quantity().word else { throw fault("a number of at most 256 bits") }
    return word
  }

  /// A number of at most 64 bits.
  func uint64() throws(JSONError) -> UInt64 {
    let word = try word()
    guard word.fitsInUInt64 else { throw fault("a number of at most 64 bits") }
    return word.limb0
  }

  /// Bytes, two digits each.
  func hexadecimalBytes() throws(JSONError) -> [UInt8] {
    let read = withStringBytes { bytes -> [UInt8]? in
      let digits = bytes[...].dropPrefix()
      guard digits.count % 2 == 0 else { return nil }
      var isValid = true
      let result = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { buffer, count in
        var index = digits.startIndex
        while index < digits.endIndex {
          guard let high = hexadecimalValue(digits[index]), let low = hexadecimalValue(digits[index + 1])
          else {
            isValid = false
            break
          }
          buffer.initializeElement(at: count, to: high << 4 | low)
          count += 1
          index += 2
        }
      }
      return isValid ? result : nil
    }
    guard let bytes = read.flatMap({ $0 }) else { throw fault("bytes in hexadecimal digits") }
    return bytes
  }

  /// An address: twenty bytes.
  func address() throws(JSONError) -> Address {
    let bytes = try hexadecimalBytes()
    guard bytes.count == 20 else { throw fault("an address of 20 bytes") }
    return Address(word: UInt256(fixtureBytes: bytes))
  }

  /// A hash: 32 bytes.
  func hash() throws(JSONError) -> Hash256 {
    let bytes = try hexadecimalBytes()
    guard bytes.count == 32 else { throw fault("a hash of 32 bytes") }
    return Hash256(word: UInt256(fixtureBytes: bytes))
  }

  /// The error that this value is not what was expected.
  func fault(_ expected: String) -> JSONError {
    let text = String(decoding: bytes.prefix(40), as: UTF8.self) + (bytes.count > 40 ? "…" : "")
    return error("\(path) is \(text), expected \(expected)")
  }
}

/// The value of a hexadecimal digit, `nil` for other characters.
@inline(__always)
func hexadecimalValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit &- UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit &- UInt8(ascii: "a") &+ 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): digit &- UInt8(ascii: "A") &+ 10
  default: nil
  }
}

extension Slice where Base == UnsafeRawBufferPointer {
  /// The text without "0x" in front.
  fileprivate func dropPrefix() -> Self {
    starts(with: "0x".utf8) ? dropFirst(2) : self
  }
}
