/// A statically linked RV32 executable whose every claim has been checked.
///
/// Parsing costs time and memory in proportion to the file's length, never to what its headers claim: zero-fill
/// stays a number, and segments and symbols share the file's bytes. Section headers serve symbols only; faults
/// there become `warnings` and the program still loads.
public struct ELFFile: Sendable {
  /// Longest file accepted, in bytes: 256 MiB.
  public static let byteLimit: UInt64 = 256 << 20

  /// Address of the first instruction: a multiple of 4, inside an executable segment.
  public let entry: UInt32
  /// The segments that occupy memory, in file order. They do not overlap and lie inside guest memory.
  public let segments: [Segment]
  /// Functions and objects by name; empty for a stripped file.
  public let symbols: SymbolTable
  /// Faults in the section headers, one line each; they cost symbols, nothing else.
  public let warnings: [String]

  /// Checks `bytes` against the loader's rules.
  ///
  /// - Parameters:
  ///   - bytes: the whole file; kept, not copied.
  ///   - environment: decides on the base of memory, writable text and the RVC flag.
  ///   - memoryLimit: bytes of guest memory from the environment's base; capped at the end of the 32-bit
  ///     address space.
  /// - Throws: `ELFError` for the first broken rule in the order of `ELFError.Reason`; each rule is applied to
  ///   all segments before the next one is.
  public init(
    _ bytes: [UInt8], environment: GuestEnvironment, memoryLimit: UInt64
  ) throws(ELFError) {
    let file = LittleEndianBytes(bytes: bytes)
    let header = try ELFHeader(file, environment: environment)
    let loadable = try Self.loadable(of: header, in: file)
    try Self.check(loadable, in: file, environment: environment, memoryLimit: memoryLimit)
    try Self.checkEntry(header.entry, in: loadable, environment: environment)

    entry = header.entry
    segments = loadable.filter { $0.memorySize > 0 }.map { header in
      Segment(
        address: header.address, memorySize: header.memorySize,
        permissions: header.permissions(in: environment),
        fileBytes: file.slice(offset: UInt64(header.fileOffset), size: UInt64(header.fileSize)))
    }
    (symbols, warnings) = SymbolTable.read(from: file, header: header, segments: segments)
  }
}

extension ELFFile {
  /// A range of guest memory with its initial content.
  public struct Segment: Sendable {
    /// First address, in bytes.
    public let address: UInt32
    /// Size in memory, in bytes, at least 1. What `fileBytes` does not cover starts as zeros.
    public let memorySize: UInt32
    public let permissions: Permissions
    /// Content from `address` on; shares the file's storage. Never longer than `memorySize`.
    public let fileBytes: ArraySlice<UInt8>

    /// The address behind the last byte, up to 2³².
    public var end: UInt64 { UInt64(address) &+ UInt64(memorySize) }
  }

  /// What a guest may do with a segment. Raw values are those of `p_flags`.
  public struct Permissions: OptionSet, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let execute = Permissions(rawValue: 1)
    public static let write = Permissions(rawValue: 2)
    public static let read = Permissions(rawValue: 4)
  }
}

extension ELFFile {
  private static func loadable(
    of header: ELFHeader, in file: LittleEndianBytes
  ) throws(ELFError) -> [ProgramHeader] {
    var loadable: [ProgramHeader] = []
    for index in 0..<header.programHeaderCount {
      let offset = header.programHeaderOffset &+ UInt64(index) &* ProgramHeader.size
      let segment = ProgramHeader(file, at: offset, index: Int(index))
      if try segment.isLoadable() { loadable.append(segment) }
    }
    guard !loadable.isEmpty else { throw ELFError(.noLoadableSegment, at: .programHeaderCount) }
    return loadable
  }

  private static func check(
    _ loadable: [ProgramHeader], in file: LittleEndianBytes, environment: GuestEnvironment,
    memoryLimit: UInt64
  ) throws(ELFError) {
    let base = environment.memoryBase
    let memory = min(memoryLimit, (1 << 32) &- UInt64(base))

    for segment in loadable { try segment.checkFileRange(in: file) }
    for segment in loadable { try segment.checkMemoryRange(base: base, memory: memory) }
    var total: UInt64 = 0
    for segment in loadable {
      total &+= UInt64(segment.memorySize)  // at most 256 terms of 32 bits
      guard total <= memory else {
        throw segment.error(.segmentsOverMemory(total: total, memory: memory), .segmentMemorySize)
      }
    }
    for segment in loadable { try segment.checkAlignment() }
    for segment in loadable { try segment.checkPermissions(in: environment) }
    for segment in loadable { try segment.checkText(in: environment) }
    for second in loadable {
      for first in loadable where first.index < second.index && first.overlaps(second) {
        throw second.error(.overlap(first.index, second.index), .segmentAddress)
      }
    }
  }

  private static func checkEntry(
    _ entry: UInt32, in loadable: [ProgramHeader], environment: GuestEnvironment
  ) throws(ELFError) {
    guard entry % 4 == 0 else { throw ELFError(.entryMisaligned(entry), at: .entry) }
    for segment in loadable where segment.permissions(in: environment).contains(.execute) {
      if entry >= segment.address && UInt64(entry) &+ 4 <= segment.end { return }
    }
    throw ELFError(.entryNotExecutable(entry), at: .entry)
  }
}
