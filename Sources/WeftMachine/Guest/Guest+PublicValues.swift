import WeftMemory

extension Guest {
  /// Sets public value `index`, a word of address space 3, logged.
  /// - Throws: `publicValueOutOfRange` at or past the configured count.
  public func reveal(_ word: UInt32, at index: UInt32) throws(Trap) {
    try checkPublicValue(index)
    do throws(MemoryError) {
      try memory.pointee.writeWord(word, .publicValues, index &<< 2)
    } catch { throw error.trap }
  }

  /// Sets public values byte by byte, each word they meet once; a word that is covered in part keeps the rest.
  public func reveal(_ bytes: [UInt8], atByte offset: UInt32) throws(Trap) {
    let values = publicValues
    var position = 0
    while position < bytes.count {
      let place = Int(offset) &+ position
      var word: UInt32 = 0
      let first = place & ~3
      for lane in 0..<4 {
        let byte = first &+ lane
        let source = byte &- Int(offset)
        let value =
          bytes.indices.contains(source) ? bytes[source] : values.indices.contains(byte) ? values[byte] : 0
        word |= UInt32(value) &<< UInt32(truncatingIfNeeded: lane &* 8)
      }
      try reveal(word, at: UInt32(truncatingIfNeeded: first / 4))
      position &+= 4 &- (place & 3)
    }
  }

  /// Throws unless `index` is below the configured count.
  public func checkPublicValue(_ index: UInt32) throws(Trap) {
    guard Int(index) < publicValueCount else {
      throw Trap(.publicValueOutOfRange(index: index, count: publicValueCount))
    }
  }

  /// All public values, four bytes each.
  package var publicValues: [UInt8] {
    guard let region = memory.pointee.region(of: .publicValues) else { return [] }
    return Array(UnsafeRawBufferPointer(start: region.base, count: publicValueCount &* 4))
  }
}
