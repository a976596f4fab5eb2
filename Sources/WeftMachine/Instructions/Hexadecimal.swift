/// `0x` and at least `digits` hexadecimal digits.
public func hexadecimal(_ value: some FixedWidthInteger & UnsignedInteger, digits: Int = 8) -> String {
  let text = String(value, radix: 16)
  return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
}
