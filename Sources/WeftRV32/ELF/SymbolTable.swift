/// The names of a guest program: addresses by name for tools and calls, functions by address for profiles.
///
/// Building it reads each symbol once; no name is copied, measured or hashed before somebody asks for it, so a
/// million symbols that share one long name cost nothing extra.
public struct SymbolTable: Sendable {
  /// Most symbols read from a file; a table with more is ignored.
  public static let symbolLimit: UInt64 = 1_000_000
  /// Longest name in bytes; longer ones are cut when shown.
  public static let nameLimit: UInt64 = 4096

  /// A position inside a function.
  public struct Location: Sendable, Equatable {
    /// The function's name as the file spells it (mangled, where the compiler mangles).
    public let function: String
    /// Distance from the function's first byte.
    public let offset: UInt32
  }

  let file: LittleEndianBytes
  let records: Records?
  /// Sorted by `start`, one per address.
  let functions: [Function]

  struct Function {
    let start: UInt32
    /// Offset of the name in the string table.
    let name: UInt32
    let end: UInt64
  }

  /// Number of distinct functions that `location(of:)` can name.
  public var functionCount: Int { functions.count }

  /// The first addresses of all functions.
  var functionStarts: Set<UInt32> { Set(functions.map(\.start)) }

  /// The address of a function, object or label; a global symbol wins over local ones of the same name.
  ///
  /// Searches the symbols one by one, in time proportional to their number.
  public func address(of name: String) -> UInt32? {
    guard let records, !name.isEmpty else { return nil }
    return name.utf8.span.withUnsafeBufferPointer { name in
      var local: UInt32?
      for index in 0..<records.count {
        let symbol = Symbol(file, at: records.offset(of: index))
        guard symbol.isDefined, records.hasName(name, at: symbol.name, in: file) else { continue }
        if symbol.isGlobal { return symbol.value }
        local = local ?? symbol.value
      }
      return local
    }
  }

  /// The function around an address, or nil for data, gaps and stripped files. Logarithmic time.
  ///
  /// A label without a size, as hand-written assembly has them, reaches to the next function.
  public func location(of address: UInt32) -> Location? {
    guard let records, let function = function(at: address) else { return nil }
    let name = records.name(at: function.name, in: file)
    return Location(function: name, offset: address &- function.start)
  }

  /// Binary search for the last function that starts at or before `address`.
  private func function(at address: UInt32) -> Function? {
    functions.withUnsafeBufferPointer { functions in
      var low = 0
      var high = functions.count
      while low < high {
        let middle = (low &+ high) >> 1
        if functions[middle].start <= address { low = middle &+ 1 } else { high = middle }
      }
      guard low > 0 else { return nil }
      let function = functions[low &- 1]
      return UInt64(address) < function.end ? function : nil
    }
  }
}

extension SymbolTable {
  /// Where the symbol records and their names lie in the file: ranges that have been checked.
  struct Records: Sendable {
    let start: UInt64
    let count: UInt64
    let namesStart: UInt64
    /// At least 1; the last byte is zero, so that every name ends.
    let namesSize: UInt64

    func offset(of index: UInt64) -> UInt64 { start &+ index &* Symbol.size }

    func firstByte(ofNameAt offset: UInt32, in file: LittleEndianBytes) -> UInt8 {
      UInt64(offset) < namesSize ? file.uint8(at: namesStart &+ UInt64(offset)) : 0
    }

    func hasName(_ name: UnsafeBufferPointer<UInt8>, at offset: UInt32, in file: LittleEndianBytes) -> Bool {
      guard UInt64(offset) < namesSize else { return false }
      var position = namesStart &+ UInt64(offset)
      for byte in name {
        guard byte != 0, file.uint8(at: position) == byte else { return false }
        position &+= 1
      }
      return file.uint8(at: position) == 0
    }

    /// The name, cut to `nameLimit`; empty when the offset lies outside the string table.
    func name(at offset: UInt32, in file: LittleEndianBytes) -> String {
      guard UInt64(offset) < namesSize else { return "" }
      let start = namesStart &+ UInt64(offset)
      let limit = min(namesSize &- UInt64(offset), SymbolTable.nameLimit)
      var length: UInt64 = 0
      while length < limit, file.uint8(at: start &+ length) != 0 { length &+= 1 }
      return file.bytes.withUnsafeBytes { bytes in
        let start = bytes.baseAddress?.advanced(by: Int(truncatingIfNeeded: start))
        let name = UnsafeRawBufferPointer(start: start, count: Int(truncatingIfNeeded: length))
        return String(decoding: name, as: UTF8.self)
      }
    }
  }
}
