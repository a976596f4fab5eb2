/// Well-formed UTF-8 as The Unicode Standard 15, table 3-7, lists it.
enum UTF8Sequence {
  /// Bytes of the character that begins with a byte of 0x80 or more, 0 where none does. Reads no byte behind the
  /// first wrong one.
  static func length(at p: UnsafePointer<UInt8>) -> Int {
    switch p[0] {
    case 0xc2...0xdf:
      return isTail(p[1]) ? 2 : 0
    case 0xe0...0xef:
      let range: ClosedRange<UInt8> = p[0] == 0xe0 ? 0xa0...0xbf : p[0] == 0xed ? 0x80...0x9f : 0x80...0xbf
      return range.contains(p[1]) && isTail(p[2]) ? 3 : 0
    case 0xf0...0xf4:
      let range: ClosedRange<UInt8> = p[0] == 0xf0 ? 0x90...0xbf : p[0] == 0xf4 ? 0x80...0x8f : 0x80...0xbf
      return range.contains(p[1]) && isTail(p[2]) && isTail(p[3]) ? 4 : 0
    default:
      return 0
    }
  }

  @inline(__always)
  private static func isTail(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }
}
