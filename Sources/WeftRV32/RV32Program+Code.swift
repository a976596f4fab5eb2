// Programs made by the host: instruction words instead of a file.
extension RV32Program {
  /// A program of instruction words, beginning with the first, and of data that it may change.
  ///
  /// - Parameters:
  ///   - address: where the code is, a multiple of 4.
  ///   - data: initial bytes at `dataAddress`, which must not meet the code.
  /// - Throws: what the ELF loader would say about a file like this.
  public init(
    code: [UInt32], at address: UInt32 = 0x1000, data: [UInt8] = [], dataAt dataAddress: UInt32 = 0x10_0000,
    name: String = "code", options: Options = Options(), memoryLimit: UInt64 = 256 << 20
  ) throws(ELFError) {
    try self.init(
      elf: Self.elf(code, address, data, dataAddress), name: name, options: options, memoryLimit: memoryLimit)
  }

  /// An ELF-32 file with one segment for the code and one for the data (System V ABI, gABI 4.1, chapters 4 and 5).
  private static func elf(
    _ code: [UInt32], _ address: UInt32, _ data: [UInt8], _ dataAddress: UInt32
  ) -> [UInt8] {
    let segmentCount: UInt16 = data.isEmpty ? 1 : 2
    let headerSize: UInt32 = 52
    let segmentHeaderSize: UInt32 = 32
    let start = headerSize + segmentHeaderSize * UInt32(segmentCount)
    let codeSize = UInt32(truncatingIfNeeded: code.count &* 4)
    var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1] + [UInt8](repeating: 0, count: 9)
    func append(_ values: UInt32...) { for value in values { file.append(littleEndian: value) } }
    func append(short values: UInt16...) { for value in values { file.append(littleEndian: value) } }
    append(short: 2, 243)  // ET_EXEC, EM_RISCV
    append(1, address, headerSize, 0, 0)
    append(short: 52, 32, segmentCount, 0, 0, 0)
    append(1, start, address, address, codeSize, codeSize, 5, 4)
    if !data.isEmpty {
      let size = UInt32(truncatingIfNeeded: data.count)
      append(1, start &+ codeSize, dataAddress, dataAddress, size, size, 6, 4)
    }
    for word in code { file.append(littleEndian: word) }
    return file + data
  }
}

extension [UInt8] {
  fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
