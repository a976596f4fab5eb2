/// Writes small RV32 executables, right ones by default and wrong ones by changing a field.
struct ELFBuilder {
  /// `li a7, 93; li a0, 7; ecall`: leaves with code 7.
  static let exitWithSeven: [UInt8] = [
    0x93, 0x08, 0xd0, 0x05,
    0x13, 0x05, 0x70, 0x00,
    0x73, 0x00, 0x00, 0x00,
  ]
  /// Bytes before the program headers.
  static let headerSize: UInt32 = 52

  var magic: [UInt8] = [0x7f, 0x45, 0x4c, 0x46]
  var fileClass: UInt8 = 1
  var byteOrder: UInt8 = 1
  var identVersion: UInt8 = 1
  var abi: UInt8 = 0
  var type: UInt16 = 2
  var machine: UInt16 = 243
  var version: UInt32 = 1
  var entry: UInt32 = 0x10000
  var programHeaders: UInt32 = Self.headerSize
  var flags: UInt32 = 0
  var declaredHeaderSize: UInt16 = 52
  var programHeaderSize: UInt16 = 32
  /// The number of segments, where the claim is to be true.
  var programHeaderCount: UInt16?
  var sectionHeaders: UInt32?
  var sectionHeaderSize: UInt16 = 40
  var sectionHeaderCount: UInt16?

  var segments = [Segment()]
  /// The bytes behind the program headers.
  var content = Self.exitWithSeven
  /// Written with a string table and three section headers behind the content, unless empty.
  var symbols: [Symbol] = []
  var symbolSections = SymbolSections()
  var trailer: [UInt8] = []
  /// Cuts the finished file.
  var length: Int?

  struct Segment {
    var type: UInt32 = 1
    /// nil: where the content starts.
    var offset: UInt32?
    var address: UInt32 = 0x10000
    /// nil: the content's size.
    var fileSize: UInt32?
    /// nil: the content's size.
    var memorySize: UInt32?
    var flags: UInt32 = 5
    var alignment: UInt32 = 4
  }

  struct Symbol {
    static let label: UInt8 = 0
    static let object: UInt8 = 1
    static let function: UInt8 = 2

    var name: String
    var value: UInt32
    var size: UInt32 = 0
    var type = Self.function
    var isGlobal = true
    var section: UInt16 = 1
    /// nil: where the name really is.
    var nameOffset: UInt32?
  }

  /// Claims of the section headers that belong to the symbols; nil is the truth.
  struct SymbolSections {
    var symbolOffset: UInt32?
    var symbolSize: UInt32?
    var symbolLink: UInt32 = 2
    var symbolEntrySize: UInt32 = 16
    var nameType: UInt32 = 3
    var nameOffset: UInt32?
    var nameSize: UInt32?
  }

  func build() -> [UInt8] {
    let contentOffset = Self.headerSize + 32 * UInt32(segments.count)
    let contentSize = UInt32(content.count)
    let tables = symbolTables(at: contentOffset + contentSize)

    var bytes = magic + [fileClass, byteOrder, identVersion, abi] + [UInt8](repeating: 0, count: 8)
    bytes.append(words: [type, machine])
    bytes.append(words: [version, entry, programHeaders, sectionHeaders ?? tables.headers, flags])
    bytes.append(words: [declaredHeaderSize, programHeaderSize])
    bytes.append(words: [programHeaderCount ?? UInt16(segments.count), sectionHeaderSize])
    bytes.append(words: [sectionHeaderCount ?? (symbols.isEmpty ? 0 : 3), UInt16(0)])
    for segment in segments {
      let fileSize = segment.fileSize ?? contentSize
      bytes.append(words: [segment.type, segment.offset ?? contentOffset, segment.address, segment.address])
      bytes.append(words: [fileSize, segment.memorySize ?? contentSize, segment.flags, segment.alignment])
    }
    bytes += content + tables.bytes + trailer
    return Array(bytes.prefix(length ?? bytes.count))
  }

  private func symbolTables(at offset: UInt32) -> (bytes: [UInt8], headers: UInt32) {
    guard !symbols.isEmpty else { return ([], 0) }
    var names: [UInt8] = [0]
    var records = [UInt8](repeating: 0, count: 16)
    for symbol in symbols {
      records.append(words: [symbol.nameOffset ?? UInt32(names.count), symbol.value, symbol.size])
      records += [symbol.type | (symbol.isGlobal ? 0x10 : 0), 0]
      records.append(words: [symbol.section])
      names += Array(symbol.name.utf8) + [0]
    }
    let claims = symbolSections
    let nameOffset = offset + UInt32(records.count)
    let headers = nameOffset + UInt32(names.count)
    var bytes = records + names + [UInt8](repeating: 0, count: 40)
    bytes.append(words: [0, 2, 0, 0, claims.symbolOffset ?? offset])
    bytes.append(words: [claims.symbolSize ?? UInt32(records.count)])
    bytes.append(words: [claims.symbolLink, 0, 4, claims.symbolEntrySize])
    bytes.append(words: [0, claims.nameType, 0, 0, claims.nameOffset ?? nameOffset])
    bytes.append(words: [claims.nameSize ?? UInt32(names.count), 0, 0, 1, UInt32(0)])
    return (bytes, headers)
  }
}

extension [UInt8] {
  /// Appends integers in little-endian order.
  mutating func append<Word: FixedWidthInteger>(words: [Word]) {
    for word in words {
      Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) }
    }
  }
}

/// A builder with some fields changed.
func makeELF(_ change: (inout ELFBuilder) -> Void = { _ in }) -> [UInt8] {
  var builder = ELFBuilder()
  change(&builder)
  return builder.build()
}
