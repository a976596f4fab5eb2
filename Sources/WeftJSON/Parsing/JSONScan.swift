/// Steps over bytes, eight at a time where it pays. All stop at the zeros behind a text.
enum JSONScan {
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// The first byte that is no space, tab, newline or carriage return.
  @inline(__always)
  static func skipWhitespace(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    start.pointee > 0x20 ? start : skipWhitespaceRun(start)
  }

  @inline(never)
  private static func skipWhitespaceRun(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var p = start
    while true {
      switch p.pointee {
      case 0x20:
        // Indentation.
        while word(p) == 0x2020_2020_2020_2020 { p += 8 }
        while p.pointee == 0x20 { p += 1 }
      case 0x09, 0x0a, 0x0d:
        p += 1
      default:
        return p
      }
    }
  }

  /// The first byte that needs a look inside a string: a quote, a backslash, a control or one outside ASCII.
  @inline(__always)
  static func skipPlain(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var p = start
    while true {
      let bytes = word(p)
      // A byte's top bit is set where the byte is wanted, and perhaps above the lowest such byte.
      let low = bytes &- 0x2020_2020_2020_2020
      let quotes = (bytes ^ 0x2222_2222_2222_2222) &- 0x0101_0101_0101_0101
      let backslashes = (bytes ^ 0x5c5c_5c5c_5c5c_5c5c) &- 0x0101_0101_0101_0101
      let found = (bytes | low | quotes | backslashes) & 0x8080_8080_8080_8080
      if found != 0 { return p + found.trailingZeroBitCount / 8 }
      p += 8
    }
  }

  /// Eight bytes, the first lowest.
  @inline(__always)
  static func word(_ p: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
  }
}
