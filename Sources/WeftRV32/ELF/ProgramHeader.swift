/// One loadable segment as the file claims it, and the rules it must pass alone.
///
/// Source of the layout: System V ABI, chapter 5 "Program Header". Physical addresses are not looked at.
struct ProgramHeader {
  static let size: UInt64 = 32
  static let alignmentLimit: UInt32 = 2 << 20

  /// Position in the program header table: the number by which messages call the segment.
  let index: Int
  /// Where the record lies in the file.
  let recordOffset: UInt64

  let type: UInt32
  let fileOffset: UInt32
  let address: UInt32
  let fileSize: UInt32
  let memorySize: UInt32
  let flags: UInt32
  let alignment: UInt32

  init(_ file: LittleEndianBytes, at recordOffset: UInt64, index: Int) {
    func field(_ field: ELFField) -> UInt32 { file.uint32(at: recordOffset &+ field.offset) }
    self.index = index
    self.recordOffset = recordOffset
    type = field(.segmentType)
    fileOffset = field(.segmentOffset)
    address = field(.segmentAddress)
    fileSize = field(.segmentFileSize)
    memorySize = field(.segmentMemorySize)
    flags = field(.segmentFlags)
    alignment = field(.segmentAlignment)
  }

  /// The address behind the last byte. Both terms have 32 bits, so the sum fits.
  var end: UInt64 { UInt64(address) &+ UInt64(memorySize) }

  func permissions(in environment: GuestEnvironment) -> ELFFile.Permissions {
    // PF_X, PF_W and PF_R; the higher bits belong to operating systems.
    let permissions = ELFFile.Permissions(rawValue: UInt8(truncatingIfNeeded: flags & 7))
    return permissions.isEmpty && environment.allowsWritableText ? [.read, .write, .execute] : permissions
  }

  func overlaps(_ other: ProgramHeader) -> Bool {
    memorySize > 0 && other.memorySize > 0 && UInt64(address) < other.end && UInt64(other.address) < end
  }

  func error(_ reason: ELFError.Reason, _ field: ELFField) -> ELFError {
    ELFError(reason, at: field.inRecord(at: recordOffset))
  }
}

extension ProgramHeader {
  /// PT_LOAD takes part; PT_DYNAMIC and PT_INTERP are refused; no other type is looked at, because real files
  /// hold nonsense there (PT_RISCV_ATTRIBUTES has memory size 0, PT_GNU_STACK alignment 0).
  func isLoadable() throws(ELFError) -> Bool {
    switch type {
    case 1: return true
    case 2, 3: throw error(.dynamicallyLinked, .segmentType)
    default: return false
    }
  }

  func checkFileRange(in file: LittleEndianBytes) throws(ELFError) {
    guard file.contains(offset: UInt64(fileOffset), size: UInt64(fileSize)) else {
      throw error(.segmentPastEnd(index), .segmentOffset)
    }
    guard fileSize <= memorySize else {
      throw error(.fileSizeOverMemorySize(segment: index), .segmentFileSize)
    }
  }

  func checkMemoryRange(base: UInt32, memory: UInt64) throws(ELFError) {
    guard address >= base, end &- UInt64(base) <= memory else {
      let reason = ELFError.Reason.segmentOutsideMemory(
        index, address: address, size: memorySize, memory: memory)
      throw error(reason, .segmentAddress)
    }
  }

  func checkAlignment() throws(ELFError) {
    guard alignment & (alignment &- 1) == 0, alignment <= Self.alignmentLimit else {
      throw error(.unsupportedAlignment(alignment), .segmentAlignment)
    }
  }

  func checkPermissions(in environment: GuestEnvironment) throws(ELFError) {
    let permissions = permissions(in: environment)
    guard !permissions.isEmpty else { throw error(.noPermissions(segment: index), .segmentFlags) }
    guard !permissions.isSuperset(of: [.write, .execute]) || environment.allowsWritableText else {
      throw error(.writableAndExecutable(segment: index), .segmentFlags)
    }
  }

  func checkText(in environment: GuestEnvironment) throws(ELFError) {
    guard permissions(in: environment).contains(.execute) else { return }
    guard address % 4 == 0 else {
      throw error(.misalignedExecutable(address: address), .segmentAddress)
    }
    guard memorySize > 0 else {
      throw error(.emptyExecutable(address: address), .segmentMemorySize)
    }
  }
}
