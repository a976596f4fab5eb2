/// A named field of an ELF file and where it lies: what an error points at.
///
/// Names are those of the System V ABI, chapter 4 "Object Files" and chapter 5 "Program Loading".
public struct ELFField: Sendable, Equatable, CustomStringConvertible {
  /// The field's name in the specification, such as `e_entry`.
  public let name: String
  /// The field's distance from the start of the file, in bytes.
  public let offset: UInt64

  public var description: String { "\(name), offset 0x\(String(offset, radix: 16))" }

  init(_ name: String, _ offset: UInt64) {
    self.name = name
    self.offset = offset
  }

  /// The same field in a record that starts at `base`. Saturates instead of wrapping: offsets come from files.
  func inRecord(at base: UInt64) -> ELFField {
    let (sum, overflow) = offset.addingReportingOverflow(base)
    return ELFField(name, overflow ? .max : sum)
  }
}

/// The ELF header, 52 bytes.
extension ELFField {
  static let magic = ELFField("e_ident", 0x00)
  static let fileClass = ELFField("EI_CLASS", 0x04)
  static let byteOrder = ELFField("EI_DATA", 0x05)
  static let identVersion = ELFField("EI_VERSION", 0x06)
  static let type = ELFField("e_type", 0x10)
  static let machine = ELFField("e_machine", 0x12)
  static let version = ELFField("e_version", 0x14)
  static let entry = ELFField("e_entry", 0x18)
  static let programHeaders = ELFField("e_phoff", 0x1c)
  static let sectionHeaders = ELFField("e_shoff", 0x20)
  static let flags = ELFField("e_flags", 0x24)
  static let headerSize = ELFField("e_ehsize", 0x28)
  static let programHeaderSize = ELFField("e_phentsize", 0x2a)
  static let programHeaderCount = ELFField("e_phnum", 0x2c)
  static let sectionHeaderSize = ELFField("e_shentsize", 0x2e)
  static let sectionHeaderCount = ELFField("e_shnum", 0x30)
}

/// A program header, 32 bytes; offsets are relative to the record.
extension ELFField {
  static let segmentType = ELFField("p_type", 0x00)
  static let segmentOffset = ELFField("p_offset", 0x04)
  static let segmentAddress = ELFField("p_vaddr", 0x08)
  static let segmentFileSize = ELFField("p_filesz", 0x10)
  static let segmentMemorySize = ELFField("p_memsz", 0x14)
  static let segmentFlags = ELFField("p_flags", 0x18)
  static let segmentAlignment = ELFField("p_align", 0x1c)
}

/// A section header, 40 bytes; offsets are relative to the record.
extension ELFField {
  static let sectionType = ELFField("sh_type", 0x04)
  static let sectionOffset = ELFField("sh_offset", 0x10)
  static let sectionSize = ELFField("sh_size", 0x14)
  static let sectionLink = ELFField("sh_link", 0x18)
  static let sectionEntrySize = ELFField("sh_entsize", 0x24)
}
