extension SymbolTable {
  /// Finds and checks the symbol table. A fault leaves an empty table and a line of warning.
  static func read(
    from file: LittleEndianBytes, header: ELFHeader, segments: [ELFFile.Segment]
  ) -> (SymbolTable, warnings: [String]) {
    do throws(Fault) {
      guard let records = try records(in: file, header: header) else {
        return (SymbolTable(file: file, records: nil, functions: []), [])
      }
      let functions = functions(of: records, in: file, segments: segments)
      return (SymbolTable(file: file, records: records, functions: functions), [])
    } catch {
      let empty = SymbolTable(file: file, records: nil, functions: [])
      return (empty, ["\(error.message) (\(error.field))"])
    }
  }
}

extension SymbolTable {
  private struct Fault: Error {
    let message: String
    let field: ELFField

    init(_ message: String, at field: ELFField) {
      self.message = message
      self.field = field
    }
  }

  /// A section header, 40 bytes: System V ABI, chapter 4 "Sections".
  private struct Section {
    static let size: UInt64 = 40
    static let symbolTable: UInt32 = 2
    static let stringTable: UInt32 = 3

    let recordOffset: UInt64
    let type: UInt32
    let offset: UInt64
    let size: UInt64
    let link: UInt32
    let entrySize: UInt32

    init(_ file: LittleEndianBytes, at recordOffset: UInt64) {
      func field(_ field: ELFField) -> UInt32 { file.uint32(at: recordOffset &+ field.offset) }
      self.recordOffset = recordOffset
      type = field(.sectionType)
      offset = UInt64(field(.sectionOffset))
      size = UInt64(field(.sectionSize))
      link = field(.sectionLink)
      entrySize = field(.sectionEntrySize)
    }

    func fault(_ message: String, _ field: ELFField) -> Fault {
      Fault(message, at: field.inRecord(at: recordOffset))
    }
  }

  /// The ranges of symbols and names, or nil when the file has no symbol table.
  private static func records(in file: LittleEndianBytes, header: ELFHeader) throws(Fault) -> Records? {
    let count = UInt64(header.sectionHeaderCount)
    guard count > 0 else { return nil }
    guard UInt64(header.sectionHeaderSize) == Section.size else {
      let message = "section header size \(header.sectionHeaderSize), expected \(Section.size)"
      throw Fault(message, at: .sectionHeaderSize)
    }
    guard file.contains(offset: header.sectionHeaderOffset, size: count &* Section.size) else {
      throw Fault("section headers end past the file", at: .sectionHeaders)
    }
    func section(_ index: UInt64) -> Section {
      Section(file, at: header.sectionHeaderOffset &+ index &* Section.size)
    }
    for index in 0..<count {
      let symbols = section(index)
      guard symbols.type == Section.symbolTable else { continue }
      guard UInt64(symbols.link) < count else {
        throw symbols.fault("symbol table names section \(symbols.link) of \(count)", .sectionLink)
      }
      return try records(of: symbols, names: section(UInt64(symbols.link)), in: file)
    }
    return nil
  }

  private static func records(
    of symbols: Section, names: Section, in file: LittleEndianBytes
  ) throws(Fault) -> Records {
    guard UInt64(symbols.entrySize) == Symbol.size else {
      throw symbols.fault("symbol size \(symbols.entrySize), expected \(Symbol.size)", .sectionEntrySize)
    }
    let count = symbols.size / Symbol.size
    guard count <= symbolLimit else {
      throw symbols.fault("\(count) symbols, limit \(symbolLimit)", .sectionSize)
    }
    guard file.contains(offset: symbols.offset, size: symbols.size) else {
      throw symbols.fault("symbol table ends past the file", .sectionOffset)
    }
    guard names.type == Section.stringTable else {
      throw names.fault("section type \(names.type) is no string table", .sectionType)
    }
    guard file.contains(offset: names.offset, size: names.size) else {
      throw names.fault("string table ends past the file", .sectionOffset)
    }
    guard names.size > 0, file.uint8(at: names.offset &+ names.size &- 1) == 0 else {
      throw names.fault("string table does not end in a zero byte", .sectionSize)
    }
    return Records(
      start: symbols.offset, count: count, namesStart: names.offset, namesSize: names.size)
  }
}

extension SymbolTable {
  /// Functions and labels in executable segments, sorted, one per address.
  ///
  /// Of several names at one address a typed function wins over a label, a global one over a local one. A label
  /// inside a sized function is part of it.
  private static func functions(
    of records: Records, in file: LittleEndianBytes, segments: [ELFFile.Segment]
  ) -> [Function] {
    let keys = sortKeys(of: records, in: file)
    var functions: [Function] = []
    functions.reserveCapacity(keys.count)
    var text: Text? = firstText(in: segments, endingAfter: 0)
    var lastStart: UInt32?
    var sizedEnd: UInt64 = 0

    for key in keys {
      let symbol = Symbol(file, at: records.offset(of: UInt64(key.index)))
      let start = UInt64(symbol.value)
      if let current = text, current.end <= start { text = firstText(in: segments, endingAfter: start) }
      guard let text else { break }
      guard text.start <= start, symbol.value != lastStart else { continue }
      guard symbol.byteCount > 0 || start >= sizedEnd else { continue }

      let isSized = symbol.byteCount > 0
      let end = isSized ? min(start &+ UInt64(symbol.byteCount), text.end) : text.end
      functions.append(Function(start: symbol.value, name: symbol.name, end: end))
      lastStart = symbol.value
      if isSized { sizedEnd = max(sizedEnd, end) }
    }
    return functions
  }

  /// The addresses of an executable segment.
  private struct Text {
    let start: UInt64
    let end: UInt64
  }

  /// The lowest executable segment that ends behind `address`. Asked once per segment, as symbols come sorted.
  private static func firstText(in segments: [ELFFile.Segment], endingAfter address: UInt64) -> Text? {
    var first: Text?
    for segment in segments where segment.permissions.contains(.execute) && segment.end > address {
      let text = Text(start: UInt64(segment.address), end: segment.end)
      if first.map({ text.start < $0.start }) ?? true { first = text }
    }
    return first
  }

  /// One sort key per function or label.
  private static func sortKeys(of records: Records, in file: LittleEndianBytes) -> [SymbolSortKey] {
    var keys: [SymbolSortKey] = []
    for index in 0..<records.count {
      let symbol = Symbol(file, at: records.offset(of: index))
      guard symbol.isDefined, symbol.isFunction || symbol.isLabel else { continue }
      let first = records.firstByte(ofNameAt: symbol.name, in: file)
      guard first != 0 else { continue }
      // Labels "$x" and "$d" mark code and data (psABI, "Mapping Symbol"), ".L" ones are the compiler's own.
      // Functions may start so: Embedded Swift's do.
      if symbol.isLabel && (first == UInt8(ascii: "$") || first == UInt8(ascii: ".")) { continue }
      let rank: UInt64 = (symbol.isFunction ? 0 : 2) | (symbol.isGlobal ? 0 : 1)
      keys.append(SymbolSortKey(address: symbol.value, rank: rank, index: index))
    }
    return SymbolSortKey.sorted(keys)
  }
}
