import WeftEVM
import WeftJSON

// Numbers as tools write them: hexadecimal digits behind "0x", decimal digits, or JSON numbers.
extension JSONValue {
  /// A number of at most 256 bits.
  func anyNumber() throws(JSONError) -> UInt256 {
    if let number = integer(as: UInt64.self) { return UInt256(number) }
    guard let text = string else { throw fault("a number of at most 256 bits") }
    // Some tools write zero without digits.
    if text == "0x" || text.isEmpty { return .zero }
    guard let number = UInt256(text) else { throw fault("a number of at most 256 bits") }
    return number
  }

  /// A number of at most 64 bits.
  func anyUInt64() throws(JSONError) -> UInt64 {
    let number = try anyNumber()
    guard number.fitsInUInt64 else { throw fault("a number of at most 64 bits") }
    return number.limb0
  }
}
