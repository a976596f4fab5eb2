/// The ELF header's fields that matter after its own rules have passed.
///
/// Source of the layout: System V ABI, chapter 4 "ELF Header"; of the flags: RISC-V ELF psABI 1.0, section 8.1.
struct ELFHeader {
  static let size: UInt64 = 52
  static let programHeaderLimit: UInt16 = 256

  let entry: UInt32
  let programHeaderOffset: UInt64
  let programHeaderCount: UInt16
  let sectionHeaderOffset: UInt64
  let sectionHeaderSize: UInt16
  let sectionHeaderCount: UInt16

  /// Checks the header, rule by rule in the order of `ELFError.Reason`.
  init(_ file: LittleEndianBytes, environment: GuestEnvironment) throws(ELFError) {
    try Self.checkIdentity(of: file)
    try Self.checkTarget(of: file)
    try Self.checkFlags(of: file, environment: environment)
    try Self.checkProgramHeaderTable(of: file)

    entry = file.uint32(at: ELFField.entry.offset)
    programHeaderOffset = UInt64(file.uint32(at: ELFField.programHeaders.offset))
    programHeaderCount = file.uint16(at: ELFField.programHeaderCount.offset)
    sectionHeaderOffset = UInt64(file.uint32(at: ELFField.sectionHeaders.offset))
    sectionHeaderSize = file.uint16(at: ELFField.sectionHeaderSize.offset)
    sectionHeaderCount = file.uint16(at: ELFField.sectionHeaderCount.offset)
  }

  /// Magic, length, class, byte order and version; any OS ABI.
  private static func checkIdentity(of file: LittleEndianBytes) throws(ELFError) {
    let magic: UInt32 = 0x464c_457f  // "\u{7f}ELF"
    guard file.count < 4 || file.uint32(at: ELFField.magic.offset) == magic else {
      throw ELFError(.badMagic, at: .magic)
    }
    guard file.count >= size else {
      throw ELFError(.tooShort(byteCount: file.count), at: ELFField("end of file", file.count))
    }
    guard file.count <= ELFFile.byteLimit else {
      throw ELFError(.tooLong(byteCount: file.count), at: ELFField("end of file", file.count))
    }
    let fileClass = file.uint8(at: ELFField.fileClass.offset)
    guard fileClass == 1 else { throw ELFError(.unsupportedClass(fileClass), at: .fileClass) }
    let byteOrder = file.uint8(at: ELFField.byteOrder.offset)
    guard byteOrder != 2 else { throw ELFError(.bigEndian, at: .byteOrder) }
    guard byteOrder == 1 else { throw ELFError(.unsupportedByteOrder(byteOrder), at: .byteOrder) }
    let identVersion = UInt32(file.uint8(at: ELFField.identVersion.offset))
    guard identVersion == 1 else { throw ELFError(.unsupportedVersion(identVersion), at: .identVersion) }
    let version = file.uint32(at: ELFField.version.offset)
    guard version == 1 else { throw ELFError(.unsupportedVersion(version), at: .version) }
  }

  /// Machine 243 (EM_RISCV) and type 2 (ET_EXEC).
  private static func checkTarget(of file: LittleEndianBytes) throws(ELFError) {
    let machine = file.uint16(at: ELFField.machine.offset)
    guard machine == 243 else { throw ELFError(.unsupportedMachine(machine), at: .machine) }
    let type = file.uint16(at: ELFField.type.offset)
    switch type {
    case 2: break
    case 1, 3, 4: throw ELFError(.notStaticExecutable, at: .type)  // ET_REL, ET_DYN, ET_CORE
    default: throw ELFError(.unsupportedType(type), at: .type)
    }
  }

  private static func checkFlags(
    of file: LittleEndianBytes, environment: GuestEnvironment
  ) throws(ELFError) {
    let compressed: UInt32 = 0x01
    let floatABI: UInt32 = 0x06
    let reducedRegisters: UInt32 = 0x08
    // Total store order asks for nothing that a single hart could violate.
    let totalStoreOrder: UInt32 = 0x10

    let flags = file.uint32(at: ELFField.flags.offset)
    guard flags & compressed == 0 || environment.acceptsCompressedFlag else {
      throw ELFError(.compressedInstructions, at: .flags)
    }
    guard flags & floatABI == 0 else { throw ELFError(.hardFloat, at: .flags) }
    guard flags & reducedRegisters == 0 else { throw ELFError(.reducedRegisters, at: .flags) }
    guard flags & ~(compressed | totalStoreOrder) == 0 else {
      throw ELFError(.unknownFlags(flags), at: .flags)
    }
  }

  private static func checkProgramHeaderTable(of file: LittleEndianBytes) throws(ELFError) {
    let headerSize = file.uint16(at: ELFField.headerSize.offset)
    guard headerSize >= size else { throw ELFError(.headerSize(headerSize), at: .headerSize) }
    let recordSize = file.uint16(at: ELFField.programHeaderSize.offset)
    guard recordSize == ProgramHeader.size else {
      throw ELFError(.programHeaderSize(recordSize), at: .programHeaderSize)
    }
    let count = file.uint16(at: ELFField.programHeaderCount.offset)
    guard count >= 1 else { throw ELFError(.noLoadableSegment, at: .programHeaderCount) }
    guard count <= programHeaderLimit else {
      throw ELFError(.tooManyProgramHeaders(count), at: .programHeaderCount)
    }
    let offset = UInt64(file.uint32(at: ELFField.programHeaders.offset))
    guard file.contains(offset: offset, size: UInt64(count) &* ProgramHeader.size) else {
      throw ELFError(.programHeadersPastEnd, at: .programHeaders)
    }
  }
}
