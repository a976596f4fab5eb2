extension UnsafeRawBufferPointer {
  /// Calls `body` with the first `size` bytes, zeros where the input is shorter.
  func withPadded<Result>(
    to size: Int, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if count >= size { return body(UnsafeRawBufferPointer(rebasing: self[..<size])) }
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { copy in
      copy.copyBytes(from: self)
      copy[count...].initializeMemory(as: UInt8.self, repeating: 0)
      return body(UnsafeRawBufferPointer(copy))
    }
  }

  /// The part from `offset`, at most `size` bytes; shorter or empty where the input ends before.
  func slice(at offset: Int, size: Int) -> UnsafeRawBufferPointer {
    guard offset < count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(rebasing: self[offset..<(offset + Swift.min(size, count - offset))])
  }

  /// Whether all bytes are zero.
  var isZero: Bool { allSatisfy { $0 == 0 } }
}

/// `base` and `perWord` for each word of 32 bytes, rounded up.
func gasPerWord(_ count: Int, base: UInt64, perWord: UInt64) -> UInt64 {
  let words = (UInt64(count) &+ 31) / 32
  let (product, overflow) = words.multipliedReportingOverflow(by: perWord)
  return overflow ? .max : base &+ min(product, .max &- base)
}
