import WeftEVM
import WeftJSON

/// An official test of the recursive length prefix encoding.
public struct RLPTest: Sendable {
  /// What is encoded.
  public indirect enum Item: Sendable, Hashable {
    case bytes([UInt8])
    case list([Item])
  }

  public enum Expectation: Sendable {
    /// An encoding of this.
    case item(Item)
    /// An encoding of something.
    case valid
    /// No encoding.
    case invalid
  }

  public var name: String
  public var expectation: Expectation
  public var encoding: [UInt8]

  /// Reads the tests of a file.
  public static func tests(_ path: String) throws(FixtureError) -> [RLPTest] {
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      var tests: [RLPTest] = []
      for (key, value) in try document.root.checkedObject().members {
        let input = try value.required("in")
        let expectation: Expectation =
          switch input.string {
          case "INVALID": .invalid
          case "VALID": .valid
          default: .item(try item(input))
          }
        tests.append(
          RLPTest(
            name: key.string ?? "", expectation: expectation,
            encoding: try value.required("out").hexadecimalBytes()))
      }
      return tests
    } catch {
      throw FixtureError(file: path, error)
    }
  }

  /// Text stands for its bytes, text behind "#" and numbers for integers.
  private static func item(_ value: JSONValue) throws(JSONError) -> Item {
    if value.isArray {
      var items: [Item] = []
      for part in value.elements { items.append(try item(part)) }
      return .list(items)
    }
    if let text = value.string, !text.hasPrefix("#") { return .bytes(Array(text.utf8)) }
    guard let digits = value.numberText ?? value.string.map({ String($0.dropFirst()) }) else {
      throw value.fault("a text, a number or an array")
    }
    guard let number = UInt256(digits) else {
      // More than a word.
      guard let bytes = decimalBytes(digits) else { throw value.fault("a number") }
      return .bytes(bytes)
    }
    return .bytes(Array(number.bigEndianBytes.drop { $0 == 0 }))
  }

  /// The big-endian bytes of a number of any size.
  private static func decimalBytes(_ digits: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for digit in digits.utf8 {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      var carry = UInt16(digit - UInt8(ascii: "0"))
      for index in bytes.indices.reversed() {
        carry += UInt16(bytes[index]) * 10
        bytes[index] = UInt8(truncatingIfNeeded: carry)
        carry >>= 8
      }
      if carry > 0 { bytes.insert(UInt8(truncatingIfNeeded: carry), at: 0) }
    }
    return bytes
  }

  /// What is wrong, `nil` where everything is as expected.
  public var problem: String? {
    let decoded: RLPValue
    do throws(RLPError) { decoded = try RLPValue(decoding: encoding) } catch {
      if case .invalid = expectation { return nil }
      return "\(name): refused: \(error)"
    }
    let found: Item
    do throws(RLPError) { found = try Self.item(decoded) } catch { return "\(name): \(error)" }
    var encoder = RLPEncoder()
    Self.append(found, to: &encoder)
    if encoder.bytes != encoding { return "\(name): encoded again, it differs" }
    switch expectation {
    case .invalid: return "\(name): taken, but invalid"
    case .valid: return nil
    case .item(let item): return item == found ? nil : "\(name): \(found), expected \(item)"
    }
  }

  private static func item(_ value: RLPValue) throws(RLPError) -> Item {
    guard value.isList else { return .bytes(try value.bytes()) }
    var items: [Item] = []
    for part in try value.items() { items.append(try item(part)) }
    return .list(items)
  }

  private static func append(_ item: Item, to encoder: inout RLPEncoder) {
    switch item {
    case .bytes(let bytes): encoder.append(bytes)
    case .list(let items): encoder.list { list in for part in items { append(part, to: &list) } }
    }
  }
}
