import Glibc

/// Why a file does not load as a guest program.
///
/// `description` is one line, "message (field, offset 0x..)"; the caller puts the file's name in front.
public struct ELFError: Error, Sendable, Equatable, CustomStringConvertible {
  public let reason: Reason
  /// The field at fault, or nil when the file could not be read at all.
  public let field: ELFField?

  init(_ reason: Reason, at field: ELFField? = nil) {
    self.reason = reason
    self.field = field
  }

  public var description: String {
    guard let field else { return reason.description }
    return "\(reason) (\(field))"
  }
}

extension ELFError {
  /// The rules in the order in which they are checked. Sizes are in bytes; segments are numbered by their
  /// program header, from 0, as `readelf -l` does.
  public enum Reason: Sendable, Equatable {
    // Reading the file.
    case cannotOpen(errno: Int32)
    case cannotRead(errno: Int32)
    case isDirectory
    case notRegularFile

    // The ELF header.
    case badMagic
    case tooShort(byteCount: UInt64)
    case tooLong(byteCount: UInt64)
    case unsupportedClass(UInt8)
    case bigEndian
    case unsupportedByteOrder(UInt8)
    case unsupportedVersion(UInt32)
    case unsupportedMachine(UInt16)
    case notStaticExecutable
    case unsupportedType(UInt16)
    case compressedInstructions
    case hardFloat
    case reducedRegisters
    case unknownFlags(UInt32)
    case headerSize(UInt16)
    case programHeaderSize(UInt16)
    case noLoadableSegment
    case tooManyProgramHeaders(UInt16)
    case programHeadersPastEnd

    // The segments.
    case dynamicallyLinked
    case segmentPastEnd(Int)
    case fileSizeOverMemorySize(segment: Int)
    case segmentOutsideMemory(Int, address: UInt32, size: UInt32, memory: UInt64)
    case segmentsOverMemory(total: UInt64, memory: UInt64)
    case unsupportedAlignment(UInt32)
    case noPermissions(segment: Int)
    case writableAndExecutable(segment: Int)
    case misalignedExecutable(address: UInt32)
    case emptyExecutable(address: UInt32)
    case overlap(Int, Int)

    // The entry point.
    case entryMisaligned(UInt32)
    case entryNotExecutable(UInt32)
  }
}

extension ELFError.Reason: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotOpen(let errno): "cannot open: \(Self.text(of: errno))"
    case .cannotRead(let errno): "cannot read: \(Self.text(of: errno))"
    case .isDirectory: "is a directory"
    case .notRegularFile: "not a regular file"

    case .badMagic: "not an ELF file (bad magic)"
    case .tooShort(let byteCount): "file of \(byteCount) bytes is shorter than an ELF header"
    case .tooLong(let byteCount): "file of \(byteCount) bytes, limit \(ELFFile.byteLimit)"
    case .unsupportedClass(let value): "ELF class \(value), only 32-bit files"
    case .bigEndian: "big-endian"
    case .unsupportedByteOrder(let value): "ELF data encoding \(value)"
    case .unsupportedVersion(let value): "ELF version \(value)"
    case .unsupportedMachine(let value): "machine \(value) is not RISC-V"
    case .notStaticExecutable:
      "relocatable, core or position-independent file: link with -static, without -pie"
    case .unsupportedType(let value): "ELF type \(value) is not an executable"
    case .compressedInstructions:
      "16-bit instructions (RVC): build with -march=rv32im, "
        + "Embedded Swift without libswiftUnicodeDataTables.a"
    case .hardFloat: "hard-float ABI"
    case .reducedRegisters: "RV32E"
    case .unknownFlags(let flags): "unknown flags \(Self.hex(flags))"
    case .headerSize(let size): "ELF header size \(size), expected at least \(ELFHeader.size)"
    case .programHeaderSize(let size): "program header size \(size), expected \(ProgramHeader.size)"
    case .noLoadableSegment: "no loadable segment"
    case .tooManyProgramHeaders(let count): "\(count) program headers, limit \(ELFHeader.programHeaderLimit)"
    case .programHeadersPastEnd: "program headers end past the file"

    case .dynamicallyLinked: "dynamically linked"
    case .segmentPastEnd(let index): "segment \(index) ends past the file"
    case .fileSizeOverMemorySize(let index): "segment \(index) file size over memory size"
    case .segmentOutsideMemory(let index, let address, let size, let memory):
      "segment \(index) [\(Self.hex(address)), +\(size)) outside memory of \(memory) bytes"
    case .segmentsOverMemory(let total, let memory):
      "segments of \(total) bytes in total over memory of \(memory) bytes"
    case .unsupportedAlignment(let alignment): "alignment \(alignment)"
    case .noPermissions(let index): "segment \(index) has no permissions"
    case .writableAndExecutable(let index):
      "segment \(index) is writable and executable: separate PHDRS"
    case .misalignedExecutable(let address): "executable segment at \(Self.hex(address)) misaligned"
    case .emptyExecutable(let address): "executable segment at \(Self.hex(address)) empty"
    case .overlap(let first, let second): "segments \(first) and \(second) overlap"

    case .entryMisaligned(let entry): "entry \(Self.hex(entry)) misaligned"
    case .entryNotExecutable(let entry): "entry \(Self.hex(entry)) in no executable segment"
    }
  }

  private static func hex(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }

  private static func text(of code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
