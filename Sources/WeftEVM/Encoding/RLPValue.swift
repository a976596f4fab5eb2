/// A value of a recursive length prefix encoding that has been checked as a whole: minimal lengths, exact total.
///
/// It is a place in the encoding; what it holds is read when asked for.
public struct RLPValue: Sendable {
  private let storage: [UInt8]
  private let header: RLPHeader
  /// Where the value begins, its header included.
  public let offset: Int
  /// Where its contents begin.
  private let contents: Int

  private init(_ storage: [UInt8], at offset: Int, end: Int) throws(RLPError) {
    let read = try storage.withUnsafeBufferPointer { (bytes) throws(RLPError) in
      try RLPHeader.read(UnsafeRawBufferPointer(bytes), at: offset, end: end)
    }
    self.storage = storage
    self.offset = offset
    header = read.header
    contents = read.contents
  }

  /// Checks an encoding, nested lists included, to any depth.
  /// - Throws: the first mistake and its offset.
  public init(decoding bytes: [UInt8]) throws(RLPError) {
    try self.init(bytes, at: 0, end: bytes.count)
    guard end == bytes.count else {
      throw RLPError(.trailingBytes(count: bytes.count &- end), at: end)
    }
    try bytes.withUnsafeBufferPointer { (bytes) throws(RLPError) in
      try Self.check(UnsafeRawBufferPointer(bytes))
    }
  }

  /// Goes through everything in the order of the bytes; the ends of the open lists are on a stack of the heap.
  private static func check(_ bytes: UnsafeRawBufferPointer) throws(RLPError) {
    var ends = [bytes.count]
    var offset = 0
    while let end = ends.last {
      if offset == end {
        ends.removeLast()
        continue
      }
      let (header, contents) = try RLPHeader.read(bytes, at: offset, end: end)
      if header.isList {
        ends.append(contents &+ header.count)
        offset = contents
      } else {
        offset = contents &+ header.count
      }
    }
  }

  private var end: Int { contents &+ header.count }

  public var isList: Bool { header.isList }

  /// The whole encoding of this value.
  public var encoding: [UInt8] { slice(from: offset) }

  private func slice(from start: Int) -> [UInt8] {
    storage.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start >= 0, start < end, end <= bytes.count else { return [] }
      return Array(UnsafeRawBufferPointer(start: base + start, count: end &- start))
    }
  }

  /// The bytes of a string.
  public func bytes() throws(RLPError) -> [UInt8] {
    if isList { throw RLPError(.bytesExpected, at: offset) }
    return slice(from: contents)
  }

  /// A string of a certain count of bytes.
  public func bytes(count: Int) throws(RLPError) -> [UInt8] {
    let bytes = try bytes()
    guard bytes.count == count else {
      throw RLPError(.byteCount(bytes.count, expected: count), at: offset)
    }
    return bytes
  }

  /// A number without zeros in front.
  public func number(bits maximum: Int = 256) throws(RLPError) -> UInt256 {
    let bytes = try bytes()
    if bytes.first == 0 { throw RLPError(.leadingZero, at: offset) }
    guard let number = UInt256(bigEndianBytes: bytes), number.bitWidth <= maximum else {
      let first = bytes.first ?? 0
      throw RLPError(
        .integerTooLarge(bits: bytes.count &* 8 &- first.leadingZeroBitCount, maximum: maximum), at: offset)
    }
    return number
  }

  public func uint64() throws(RLPError) -> UInt64 { try number(bits: 64).limb0 }

  public func address() throws(RLPError) -> Address {
    guard let address = Address(bytes: try bytes(count: 20)) else {
      throw RLPError(.byteCount(0, expected: 20), at: offset)
    }
    return address
  }

  /// An address, or `nil` for the empty string.
  public func optionalAddress() throws(RLPError) -> Address? {
    !isList && header.count == 0 ? nil : try address()
  }

  public func hash() throws(RLPError) -> Hash256 {
    guard let hash = Hash256(bytes: try bytes(count: 32)) else {
      throw RLPError(.byteCount(0, expected: 32), at: offset)
    }
    return hash
  }

  /// The items of a list.
  public func items() throws(RLPError) -> [RLPValue] {
    guard isList else { throw RLPError(.listExpected, at: offset) }
    var items: [RLPValue] = []
    var offset = contents
    while offset < end {
      let item = try RLPValue(storage, at: offset, end: end)
      items.append(item)
      offset = item.end
    }
    return items
  }

  /// The items of a list that has a certain count of them.
  public func items(count: Int) throws(RLPError) -> [RLPValue] {
    let items = try items()
    guard items.count == count else {
      throw RLPError(.itemCount(items.count, expected: count), at: offset)
    }
    return items
  }
}
