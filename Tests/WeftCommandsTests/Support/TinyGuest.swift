/// Guest programs of a few words, made on the spot: one executable segment at 0x10000.
enum TinyGuest {
  static let base: UInt32 = 0x10000

  /// An ELF32 file around instruction words and the bytes behind them.
  static func elf(_ words: [UInt32], data: [UInt8] = []) -> [UInt8] {
    let size = UInt32(words.count * 4 + data.count)
    var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
    file +=
      little16(2) + little16(243) + little32(1) + little32(base) + little32(52) + little32(0) + little32(0)
    file += little16(52) + little16(32) + little16(1) + little16(0) + little16(0) + little16(0)
    // Offset, address, physical address, sizes, R+X, alignment.
    file += little32(1) + little32(84) + little32(base) + little32(base) + little32(size) + little32(size)
    file += little32(5) + little32(4)
    return file + words.flatMap(little32) + data
  }

  /// Ends at once with a code below 2048.
  static func exiting(_ code: UInt32) -> [UInt8] { elf([addi(10, 0, code)] + exit) }

  /// Never ends.
  static let looping = elf([0x0000_006f])

  /// Executes a word that is no instruction.
  static let illegal = elf([0xffff_ffff])

  /// Writes bytes to a file descriptor, then ends with code 0.
  static func writing(_ text: [UInt8], to descriptor: UInt32 = 1) -> [UInt8] {
    let code: [UInt32] = [
      addi(10, 0, descriptor), loadBase, addi(11, 11, 4 * 9),
      addi(12, 0, UInt32(text.count)), addi(17, 0, 64), 0x0000_0073, addi(10, 0, 0),
    ]
    return elf(code + exit, data: text)
  }

  /// Copies at most 64 bytes of its input to its output.
  static let copying: [UInt8] = elf(
    [
      addi(10, 0, 0), addi(11, 2, belowStack), addi(12, 0, 64), addi(17, 0, 63), 0x0000_0073,
      addi(12, 10, 0), addi(10, 0, 1), addi(17, 0, 64), 0x0000_0073, addi(10, 0, 0),
    ] + exit)

  /// lui a1, 0x10
  private static let loadBase: UInt32 = 0x0001_05b7
  /// −128 as a 12-bit immediate.
  private static let belowStack: UInt32 = 0xf80
  private static let exit: [UInt32] = [addi(17, 0, 93), 0x0000_0073]

  private static func addi(_ rd: UInt32, _ rs1: UInt32, _ immediate: UInt32) -> UInt32 {
    immediate << 20 | rs1 << 15 | rd << 7 | 0x13
  }

  private static func little16(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xff), UInt8(value >> 8)] }

  private static func little32(_ value: UInt32) -> [UInt8] {
    little16(UInt16(value & 0xffff)) + little16(UInt16(value >> 16))
  }
}
