// The file form of an image, all numbers little-endian:
//   0  magic "WeftMem1"      8  version (u32)      12  number of pages (u32)
//  16  stated root, eight u32, all zero when none is stated
//  48  pages, ascending: space (u32), page index (u32), bytes per cell (u32: 1 or 4), 4,096 cells
//  end checksum of all bytes before it (u64)
extension MemoryImage {
  static let magic: [UInt8] = Array("WeftMem1".utf8)
  static let version: UInt32 = 1
  static let headerByteCount = 48

  /// The file form; equal contents give equal bytes.
  public var fileBytes: [UInt8] {
    var bytes = Self.magic
    bytes.append(little: Self.version)
    bytes.append(little: UInt32(truncatingIfNeeded: pages.count))
    for index in 0..<8 { bytes.append(little: statedRoot.map { $0[index] } ?? 0) }
    for id in sortedPageIDs {
      guard let page = pages[id] else { continue }
      bytes.append(little: id.space.rawValue)
      bytes.append(little: id.index)
      bytes.append(little: UInt32(page.count / Self.pageSize))
      bytes.append(contentsOf: page)
    }
    let checksum = Self.checksum(bytes[...])
    bytes.append(little: UInt32(truncatingIfNeeded: checksum))
    bytes.append(little: UInt32(truncatingIfNeeded: checksum >> 32))
    return bytes
  }

  /// Reads the file form. Any bytes are accepted or refused; none harm the host.
  public init(fileBytes bytes: [UInt8]) throws(ImageFileError) {
    var reader = ImageReader(bytes)
    guard bytes.count >= Self.magic.count, Self.magic.indices.allSatisfy({ bytes[$0] == Self.magic[$0] })
    else { throw .badMagic }
    reader.offset = Self.magic.count
    let version = try reader.word(of: "header")
    guard version == Self.version else { throw .unsupportedVersion(version) }
    guard bytes.count >= Self.headerByteCount + 8 else {
      throw .truncated(offset: bytes.count, part: "header")
    }
    let end = bytes.count - 8
    let actual = Self.checksum(bytes[..<end])
    reader.offset = end
    let expected = UInt64(try reader.word(of: "checksum")) | UInt64(try reader.word(of: "checksum")) << 32
    guard actual == expected else { throw .checksum(expected: expected, actual: actual) }

    self.init()
    reader.offset = 12
    reader.end = end
    let count = try reader.word(of: "header")
    var root: [UInt32] = []
    for _ in 0..<8 { root.append(try reader.word(of: "header")) }
    if let index = root.firstIndex(where: { $0 >= AddressSpace.fieldOrder }) {
      throw .malformed(offset: 16 + 4 * index, reason: "root is not canonical")
    }
    var last: PageID?
    for _ in 0..<count { last = try readPage(&reader, after: last) }
    guard reader.offset == end else {
      throw .malformed(offset: reader.offset, reason: "bytes behind the last page")
    }
    statedRoot = root.allSatisfy { $0 == 0 } ? nil : root
  }

  private mutating func readPage(
    _ reader: inout ImageReader, after last: PageID?
  ) throws(ImageFileError) -> PageID {
    let start = reader.offset
    let space = AddressSpaceID(try reader.word(of: "page"))
    let id = PageID(space: space, index: try reader.word(of: "page"))
    let width = try reader.word(of: "page")
    guard width == 1 || width == 4 else {
      throw .malformed(offset: start + 8, reason: "\(width) bytes per cell")
    }
    if let last, id <= last { throw .malformed(offset: start, reason: "pages are not ascending") }
    if let last, last.space == space, pages[last]?.count != Int(width) * Self.pageSize {
      throw .malformed(offset: start + 8, reason: "cells of two sizes in one space")
    }
    guard id.index < 1 << 20 else {
      throw .malformed(offset: start + 4, reason: "page index \(id.index) is past the last pointer")
    }
    let page = try reader.bytes(Int(width) * Self.pageSize, of: "page")
    if width == 4 {
      let values = page.withUnsafeBytes { cells($0, isWide: true) }
      if let index = values.firstIndex(where: { $0 >= AddressSpace.fieldOrder }) {
        throw .malformed(offset: start + 12 + 4 * index, reason: "cell is not canonical")
      }
    }
    setPage(page, id)
    if pages[id] == nil { throw .malformed(offset: start, reason: "page of zeros") }
    return id
  }

  /// A checksum against accidents (not against attackers: that is what the root is for). Each step is
  /// invertible in the word it takes, so no change of a single byte goes unnoticed.
  package static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset &+ 8 <= buffer.count {
        let word = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        state = (state ^ word) &* 0x9e37_79b9_7f4a_7c15
        state ^= state >> 29
        offset &+= 8
      }
      while offset < buffer.count {
        state = (state ^ UInt64(buffer[offset])) &* 0x0000_0100_0000_01b3
        offset &+= 1
      }
    }
    return state
  }
}

/// Reads numbers and bytes, checking the end each time.
private struct ImageReader {
  let bytes: [UInt8]
  var offset = 0
  var end: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  mutating func word(of part: String) throws(ImageFileError) -> UInt32 {
    let word = try self.bytes(4, of: part)
    return word.indices.reduce(0) { $0 | UInt32(word[$1]) << UInt32(8 * $1) }
  }

  mutating func bytes(_ count: Int, of part: String) throws(ImageFileError) -> [UInt8] {
    guard end - offset >= count else { throw .truncated(offset: end, part: part) }
    defer { offset += count }
    return Array(bytes[offset..<offset + count])
  }
}

extension [UInt8] {
  fileprivate mutating func append(little value: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
