/// What stands in front of the bytes of a string or of the items of a list.
struct RLPHeader {
  let isList: Bool
  /// Bytes behind the header.
  let count: Int

  /// Bytes of the header itself.
  var size: Int { count < 56 ? 1 : 1 &+ lengthSize }

  private var lengthSize: Int { 8 &- count.leadingZeroBitCount &>> 3 }

  /// Writes the header to an address that has room for nine bytes; gives its size.
  @discardableResult
  func store(to target: UnsafeMutableRawPointer) -> Int {
    let base: UInt8 = isList ? 0xc0 : 0x80
    if count < 56 {
      target.storeBytes(of: base &+ UInt8(truncatingIfNeeded: count), as: UInt8.self)
      return 1
    }
    let size = lengthSize
    target.storeBytes(of: base &+ 55 &+ UInt8(truncatingIfNeeded: size), as: UInt8.self)
    let shift = UInt64(truncatingIfNeeded: 64 &- size &<< 3)
    target.storeBytes(
      of: (UInt64(truncatingIfNeeded: count) &<< shift).byteSwapped, toByteOffset: 1, as: UInt64.self)
    return 1 &+ size
  }

  func withBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { room in
      guard let base = room.baseAddress else { return }
      body(UnsafeRawBufferPointer(start: base, count: store(to: base)))
    }
  }

  /// Reads the header at an offset of `bytes`; what it announces ends at `end` at the latest.
  ///
  /// - Returns: the header and where its contents begin, which for a byte below 0x80 is the byte itself.
  static func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, end: Int
  ) throws(RLPError) -> (header: RLPHeader, contents: Int) {
    guard let base = bytes.baseAddress, offset >= 0, offset < end, end <= bytes.count else {
      throw RLPError(.endOfInput(needed: 1, available: 0), at: offset)
    }
    let first = base.loadUnaligned(fromByteOffset: offset, as: UInt8.self)
    if first < 0x80 { return (RLPHeader(isList: false, count: 1), offset) }
    let isList = first >= 0xc0
    let short = Int(first &- (isList ? 0xc0 : 0x80))
    let available = end &- offset &- 1
    if short < 56 {
      guard short <= available else {
        throw RLPError(.endOfInput(needed: short, available: available), at: offset)
      }
      // A byte below 0x80 is its own encoding.
      if !isList, short == 1, base.loadUnaligned(fromByteOffset: offset &+ 1, as: UInt8.self) < 0x80 {
        throw RLPError(.notMinimal, at: offset)
      }
      return (RLPHeader(isList: isList, count: short), offset &+ 1)
    }
    let size = short &- 55
    guard size <= available else {
      throw RLPError(.endOfInput(needed: size, available: available), at: offset)
    }
    var count: UInt64 = 0
    var index = 0
    while index < size {
      let byte = base.loadUnaligned(fromByteOffset: offset &+ 1 &+ index, as: UInt8.self)
      if index == 0, byte == 0 { throw RLPError(.notMinimal, at: offset) }
      count = count &<< 8 | UInt64(truncatingIfNeeded: byte)
      index &+= 1
    }
    if count < 56 { throw RLPError(.notMinimal, at: offset) }
    guard let length = Int(exactly: count) else { throw RLPError(.lengthTooLarge, at: offset) }
    guard length <= available &- size else {
      throw RLPError(.endOfInput(needed: length, available: available &- size), at: offset)
    }
    return (RLPHeader(isList: isList, count: length), offset &+ 1 &+ size)
  }
}
