// Scalars as host types. All give nil for a value of another kind.
extension JSONValue {
  public var bool: Bool? {
    switch firstByte {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// A string with its escapes resolved.
  public var string: String? { isString ? StringContent(document.base, node).string : nil }

  /// Shows the UTF-8 bytes of a string, escapes resolved; without a copy where there are none.
  public func withStringBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard isString else { return nil }
    return try StringContent(document.base, node).withBytes(body)
  }

  /// A number as it is written.
  public var numberText: String? {
    kind == .number ? String(decoding: bytes, as: UTF8.self) : nil
  }

  /// A number that is written as an integer, without fraction and exponent, and that the type can hold.
  public func integer<Integer: FixedWidthInteger>(as type: Integer.Type = Integer.self) -> Integer? {
    guard kind == .number else { return nil }
    var bytes = bytes[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes = bytes.dropFirst() }
    var value: Integer = 0
    for byte in bytes {
      guard JSONScan.isDigit(byte) else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let digit = Integer(truncatingIfNeeded: byte &- UInt8(ascii: "0"))
      let (sum, carries) =
        isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflows || carries { return nil }
      value = sum
    }
    return value
  }

  /// The nearest floating-point number; infinite where the number is too large.
  public var double: Double? { numberText.flatMap(Double.init) }
}
