extension EVMMemory {
  /// The bytes of one context, to be read: the active one's or an ancestor's.
  @frozen
  @usableFromInline
  struct Contents: BitwiseCopyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    @usableFromInline var size: Int

    @inlinable
    @inline(__always)
    init(base: UnsafeMutableRawPointer, size: Int) {
      self.base = base
      self.size = size
    }
  }

  /// The active context's.
  @inlinable var active: Contents {
    @inline(__always) get { Contents(base: base, size: size) }
  }

  /// Why a read of `count` bytes at `offset` was refused.
  @usableFromInline
  @inline(never)
  static func readError(_ offset: Int, _ count: Int) -> EVMMemoryError {
    let isPossible = offset >= 0 && count >= 0 && !offset.addingReportingOverflow(count).overflow
    return isPossible ? .invalidOffset : .invalidSize
  }
}

extension EVMMemory.Contents {
  @inlinable
  @inline(__always)
  func byte(at offset: Int) throws(EVMMemoryError) -> UInt8 {
    guard UInt(bitPattern: offset) < UInt(bitPattern: size) else { throw EVMMemory.readError(offset, 1) }
    return base.loadUnaligned(fromByteOffset: offset, as: UInt8.self)
  }

  @inlinable
  @inline(__always)
  func word(at offset: Int) throws(EVMMemoryError) -> EVMMemory.Word {
    try place(offset).loadUnaligned(as: EVMMemory.Word.self)
  }

  @inlinable
  @inline(__always)
  func limbs(at offset: Int) throws(EVMMemoryError) -> (UInt64, UInt64, UInt64, UInt64) {
    let source = try place(offset)
    return (
      UInt64(bigEndian: source.loadUnaligned(fromByteOffset: 24, as: UInt64.self)),
      UInt64(bigEndian: source.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
      UInt64(bigEndian: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      UInt64(bigEndian: source.loadUnaligned(as: UInt64.self))
    )
  }

  /// Where a whole word begins.
  @inlinable
  @inline(__always)
  func place(_ offset: Int) throws(EVMMemoryError) -> UnsafeMutableRawPointer {
    let (end, overflow) = UInt(bitPattern: offset).addingReportingOverflow(32)
    guard !overflow, end <= UInt(bitPattern: size) else { throw EVMMemory.readError(offset, 32) }
    return base + offset
  }

  @inlinable
  @inline(__always)
  func bytes(at offset: Int, count: Int) throws(EVMMemoryError) -> UnsafeRawBufferPointer {
    if count == 0 { return UnsafeRawBufferPointer(start: base, count: 0) }
    let (end, overflow) = UInt(bitPattern: offset).addingReportingOverflow(UInt(bitPattern: count))
    guard !overflow, end <= UInt(bitPattern: size), count > 0 else {
      throw EVMMemory.readError(offset, count)
    }
    return UnsafeRawBufferPointer(start: base + offset, count: count)
  }
}
