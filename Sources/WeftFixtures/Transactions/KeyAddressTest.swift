import WeftEVM
import WeftJSON

/// An official test of signers: a private key and its address.
///
/// The signatures that stand beside them are of a message that nobody has written down; transactions signed with the
/// keys are in `EncodedTransactionTest`.
public struct KeyAddressTest: Sendable {
  public var key: Hash256
  public var address: Address

  /// Reads the tests of a file.
  public static func tests(_ path: String) throws(FixtureError) -> [KeyAddressTest] {
    let document = try FixtureFile.document(path)
    do throws(JSONError) {
      var tests: [KeyAddressTest] = []
      for value in try document.root.checkedArray().elements {
        tests.append(
          KeyAddressTest(
            key: try value.required("key").hash(), address: try value.required("addr").address()))
      }
      return tests
    } catch {
      throw FixtureError(file: path, error)
    }
  }
}

extension JSONValue {
  /// A member that is a number, or a text of decimal digits.
  func decimal(_ key: String) throws(JSONError) -> UInt256 {
    let value = try required(key)
    guard let number = (value.string ?? value.numberText).flatMap({ UInt256($0) }) else {
      throw value.fault("a decimal number of at most 256 bits")
    }
    return number
  }
}
