/// Backslash escapes of strings: RFC 8259, section 7.
enum JSONEscape {
  /// Bytes of the escape at a backslash, 12 for a surrogate pair; 0 where it is none. Reads no byte behind the first
  /// wrong one.
  static func length(at p: UnsafePointer<UInt8>) -> Int {
    if p[1] != UInt8(ascii: "u") { return simple(p[1]) == nil ? 0 : 2 }
    guard let first = unit(at: p) else { return 0 }
    if first & 0xf800 != 0xd800 { return 6 }
    guard first < 0xdc00, p[6] == UInt8(ascii: "\\"), p[7] == UInt8(ascii: "u"), let second = unit(at: p + 6),
      second & 0xfc00 == 0xdc00
    else { return 0 }
    return 12
  }

  /// The character of a valid escape.
  static func scalar(at p: UnsafePointer<UInt8>) -> Unicode.Scalar {
    if let byte = simple(p[1]) { return Unicode.Scalar(byte) }
    let first = unit(at: p) ?? 0
    if first & 0xf800 != 0xd800 { return Unicode.Scalar(first) ?? "\u{fffd}" }
    let second = unit(at: p + 6) ?? 0
    return Unicode.Scalar(0x10000 &+ (first & 0x3ff) &<< 10 &+ (second & 0x3ff)) ?? "\u{fffd}"
  }

  /// The four digits of a `\u` escape.
  static func unit(at p: UnsafePointer<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for index in 2..<6 {
      let byte = p[index]
      let letter = byte | 0x20
      if JSONScan.isDigit(byte) {
        value = value &<< 4 | UInt32(byte &- UInt8(ascii: "0"))
      } else if (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(letter) {
        value = value &<< 4 | UInt32(letter &- UInt8(ascii: "a") &+ 10)
      } else {
        return nil
      }
    }
    return value
  }

  private static func simple(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: nil
    }
  }
}
