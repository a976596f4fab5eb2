import Weft

/// The CRC-32 of zlib, over memory that is mostly absent.
struct CRC32 {
  private var state: UInt32 = .max

  var value: UInt32 { ~state }

  /// Adds the bytes of a range of memory; its ends are multiples of the page size or lie in absent pages.
  mutating func update(_ image: MemoryImage, _ range: Range<UInt32>) {
    let size = UInt32(MemoryImage.pageSize)
    var address = range.lowerBound
    while address < range.upperBound {
      let page = image.pages[MemoryImage.PageID(space: .memory, index: address / size)] ?? Self.zeros
      let end = min(range.upperBound, (address / size + 1) * size)
      page.withUnsafeBufferPointer { bytes in
        for index in Int(address % size)..<Int(end - 1) % Int(size) + 1 {
          state = Self.table[Int((state ^ UInt32(bytes[index])) & 0xff)] ^ state >> 8
        }
      }
      address = end
    }
  }

  private static let zeros = [UInt8](repeating: 0, count: MemoryImage.pageSize)

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ value >> 1 : value >> 1 }
  }
}
