/// One record of the symbol table: System V ABI, chapter 4 "Symbol Table".
struct Symbol {
  static let size: UInt64 = 16

  /// Offset of the name in the string table, not yet checked.
  let name: UInt32
  let value: UInt32
  let byteCount: UInt32
  private let info: UInt8
  private let section: UInt16

  init(_ file: LittleEndianBytes, at offset: UInt64) {
    name = file.uint32(at: offset)
    value = file.uint32(at: offset &+ 4)
    byteCount = file.uint32(at: offset &+ 8)
    info = file.uint8(at: offset &+ 12)
    section = file.uint16(at: offset &+ 14)
  }

  /// STB_GLOBAL or STB_WEAK.
  var isGlobal: Bool { info >> 4 == 1 || info >> 4 == 2 }
  /// STT_FUNC.
  var isFunction: Bool { info & 15 == 2 }
  /// STT_NOTYPE: a label in assembly, a symbol of the linker script.
  var isLabel: Bool { info & 15 == 0 }

  /// Whether the value is an address: a label, object or function that is neither undefined (SHN_UNDEF) nor
  /// unallocated (SHN_COMMON). Sections, file names and thread-local offsets are not.
  var isDefined: Bool { info & 15 <= 2 && section != 0 && section != 0xfff2 }
}
