import WeftMemory

// RV32 memory by guest address. In recorded runs every access is of whole aligned words, one tick each: a byte
// inside a word is read or merged, as the chips do it.
extension Guest {
  /// Bytes `address ..< address + count` as offsets, when they lie inside memory. Never wraps.
  public func offsets(of address: UInt32, count: UInt64) -> Range<UInt64>? {
    let start = UInt64(address &- memoryStart)
    guard start <= memorySize, count <= memorySize &- start else { return nil }
    return Range(uncheckedBounds: (start, start &+ count))
  }

  /// The same, when the bytes may also be written.
  public func writableOffsets(of address: UInt32, count: UInt64) -> Range<UInt64>? {
    guard let range = offsets(of: address, count: count) else { return nil }
    for text in protectedText where range.overlaps(text) { return nil }
    return range
  }

  /// Looks at bytes without a trace.
  public func withPeekedBytes<Result, Failure: Error>(
    at address: UInt32, count: UInt64, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result? {
    guard let range = offsets(of: address, count: count), let region = memory.pointee.region(of: .memory)
    else { return nil }
    return try body(
      UnsafeRawBufferPointer(
        start: region.base + Int(truncatingIfNeeded: range.lowerBound),
        count: Int(truncatingIfNeeded: count)))
  }

  /// Reads the aligned word at `address`.
  /// - Throws: a load trap when the address is misaligned or outside memory.
  public func readWord(at address: UInt32) throws(Trap) -> UInt32 {
    if address & 3 != 0 { throw Trap(.loadAddressMisaligned, value: UInt64(address)) }
    guard let range = offsets(of: address, count: 4) else {
      throw Trap(.loadAccessFault, value: UInt64(address))
    }
    do throws(MemoryError) {
      return try memory.pointee.readWord(.memory, UInt32(truncatingIfNeeded: range.lowerBound))
    } catch { throw error.trap }
  }

  /// Writes the aligned word at `address`.
  /// - Throws: a store trap when the address is misaligned, outside memory or in protected text.
  public func writeWord(_ value: UInt32, at address: UInt32) throws(Trap) {
    if address & 3 != 0 { throw Trap(.storeAddressMisaligned, value: UInt64(address)) }
    guard let range = writableOffsets(of: address, count: 4) else {
      throw Trap(.storeAccessFault, value: UInt64(address))
    }
    try store(value, atOffset: range.lowerBound)
  }

  /// Reads bytes, word by aligned word.
  /// - Throws: a load trap when they do not lie inside memory; then nothing was read.
  public func readBytes(at address: UInt32, count: Int) throws(Trap) -> [UInt8] {
    let count = UInt64(clamping: count)
    guard let range = offsets(of: address, count: count) else {
      throw Trap(.loadAccessFault, value: UInt64(address))
    }
    if isRecording {
      try reserve(accesses: wordCount(range))
      var offset = range.lowerBound & ~3
      while offset < range.upperBound {
        do throws(MemoryError) {
          _ = try memory.pointee.readWord(.memory, UInt32(truncatingIfNeeded: offset))
        } catch { throw error.trap }
        offset &+= 4
      }
    }
    return withPeekedBytes(at: address, count: count) { Array($0) } ?? []
  }

  /// Writes bytes, word by aligned word; words that are covered in part keep their other bytes.
  /// - Throws: a store trap when they do not lie inside writable memory; then nothing was written.
  public func writeBytes(_ bytes: some Collection<UInt8>, at address: UInt32) throws(Trap) {
    guard let range = writableOffsets(of: address, count: UInt64(clamping: bytes.count)),
      let region = memory.pointee.region(of: .memory)
    else {
      throw Trap(.storeAccessFault, value: UInt64(address))
    }
    if bytes.isEmpty { return }
    if !isRecording {
      willWrite?(range)
      UnsafeMutableRawBufferPointer(
        start: region.base + Int(truncatingIfNeeded: range.lowerBound), count: bytes.count
      ).copyBytes(from: bytes)
      return
    }
    try reserve(accesses: wordCount(range))
    var rest = bytes[...]
    var word = range.lowerBound & ~3
    while word < range.upperBound {
      var value = (region.base + Int(truncatingIfNeeded: word)).loadUnaligned(as: UInt32.self)
      for byte in UInt64(0)..<4 where range.contains(word &+ byte) {
        let shift = UInt32(truncatingIfNeeded: byte &* 8)
        value = value & ~(0xff &<< shift) | UInt32(rest.removeFirst()) &<< shift
      }
      try store(value, atOffset: word)
      word &+= 4
    }
  }

  /// Reads bytes for the record's sake: word by aligned word, the values known already.
  func touchBytes(at address: UInt32, count: Int) throws(Trap) {
    guard isRecording, let range = offsets(of: address, count: UInt64(clamping: count)) else { return }
    var offset = range.lowerBound & ~3
    while offset < range.upperBound {
      do throws(MemoryError) {
        _ = try memory.pointee.readWord(.memory, UInt32(truncatingIfNeeded: offset))
      } catch { throw error.trap }
      offset &+= 4
    }
  }

  /// Aligned words that bytes inside memory meet.
  func wordCount(at address: UInt32, count: Int) -> UInt64 {
    guard count > 0, let range = offsets(of: address, count: UInt64(count)) else { return 0 }
    return UInt64(truncatingIfNeeded: wordCount(range))
  }

  /// Aligned words that a range of bytes meets.
  private func wordCount(_ range: Range<UInt64>) -> Int {
    Int(truncatingIfNeeded: (range.upperBound &+ 3) / 4 &- range.lowerBound / 4)
  }

  private func store(_ value: UInt32, atOffset offset: UInt64) throws(Trap) {
    willWrite?(Range(uncheckedBounds: (offset, offset &+ 4)))
    do throws(MemoryError) {
      try memory.pointee.writeWord(value, .memory, UInt32(truncatingIfNeeded: offset))
    } catch { throw error.trap }
  }
}
