/// A line of a trace on its way.
struct TraceText {
  private var bytes: [UInt8] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(_ other: TraceText) { bytes.append(contentsOf: other.bytes) }

  /// "0x" and two digits for each byte.
  mutating func append(bytes data: UnsafeRawBufferPointer) {
    append("0x")
    for byte in data {
      bytes.append(HexadecimalBytes.digit(byte >> 4))
      bytes.append(HexadecimalBytes.digit(byte & 15))
    }
  }

  /// "0x" and the fewest digits.
  mutating func append(hexadecimal word: UInt256) {
    append("0x")
    var digits = max(1, (259 &- word.leadingZeroBitCount) / 4)
    while digits > 0 {
      digits &-= 1
      let limb = digits < 16 ? word.limb0 : digits < 32 ? word.limb1 : digits < 48 ? word.limb2 : word.limb3
      let value = limb &>> UInt64(truncatingIfNeeded: 4 &* (digits & 15)) & 15
      bytes.append(HexadecimalBytes.digit(UInt8(truncatingIfNeeded: value)))
    }
  }

  mutating func append(hexadecimal value: Int64) {
    if value < 0 { append("-") }
    append(hexadecimal: UInt256(value.magnitude))
  }
}
