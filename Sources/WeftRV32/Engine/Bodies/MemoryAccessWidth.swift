/// Size and sign of a load or store.
protocol MemoryAccessWidth {
  static var log2Bytes: UInt32 { get }
  static func load(_ address: UnsafeMutableRawPointer) -> UInt32
  static func store(_ value: UInt32, to address: UnsafeMutableRawPointer)
}

extension MemoryAccessWidth {
  /// Whether an access at `offset` is naturally aligned and inside `size` bytes (a multiple of 4).
  ///
  /// Rotating the alignment bits to the top makes a misaligned offset too large: one compare does for both.
  @inline(__always) static func isAligned(_ offset: UInt32, inside size: UInt64) -> Bool {
    let index = log2Bytes == 0 ? offset : offset &>> log2Bytes | offset &<< (32 &- log2Bytes)
    return UInt64(index) < size &>> UInt64(log2Bytes)
  }

  /// The aligned word around `offset` as it is after the low bytes of `value` are stored there.
  @inline(__always)
  static func merged(_ value: UInt32, into memory: UnsafeMutableRawPointer, at offset: UInt32) -> UInt32 {
    if log2Bytes == 2 { return value }
    let word = memory.loadUnaligned(fromByteOffset: Int(offset & ~3), as: UInt32.self)
    let shift = (offset & 3) &<< 3
    let mask: UInt32 = log2Bytes == 0 ? 0xff : 0xffff
    return word & ~(mask &<< shift) | (value & mask) &<< shift
  }
}

enum SignedByte: MemoryAccessWidth {
  @inline(__always) static var log2Bytes: UInt32 { 0 }
  @inline(__always) static func load(_ address: UnsafeMutableRawPointer) -> UInt32 {
    UInt32(bitPattern: Int32(address.loadUnaligned(as: Int8.self)))
  }
  @inline(__always) static func store(_ value: UInt32, to address: UnsafeMutableRawPointer) {
    address.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
  }
}

enum Byte: MemoryAccessWidth {
  @inline(__always) static var log2Bytes: UInt32 { 0 }
  @inline(__always) static func load(_ address: UnsafeMutableRawPointer) -> UInt32 {
    UInt32(address.loadUnaligned(as: UInt8.self))
  }
  @inline(__always) static func store(_ value: UInt32, to address: UnsafeMutableRawPointer) {
    address.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
  }
}

enum SignedHalfword: MemoryAccessWidth {
  @inline(__always) static var log2Bytes: UInt32 { 1 }
  @inline(__always) static func load(_ address: UnsafeMutableRawPointer) -> UInt32 {
    UInt32(bitPattern: Int32(address.loadUnaligned(as: Int16.self)))
  }
  @inline(__always) static func store(_ value: UInt32, to address: UnsafeMutableRawPointer) {
    address.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
  }
}

enum Halfword: MemoryAccessWidth {
  @inline(__always) static var log2Bytes: UInt32 { 1 }
  @inline(__always) static func load(_ address: UnsafeMutableRawPointer) -> UInt32 {
    UInt32(address.loadUnaligned(as: UInt16.self))
  }
  @inline(__always) static func store(_ value: UInt32, to address: UnsafeMutableRawPointer) {
    address.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
  }
}

enum Word: MemoryAccessWidth {
  @inline(__always) static var log2Bytes: UInt32 { 2 }
  @inline(__always) static func load(_ address: UnsafeMutableRawPointer) -> UInt32 {
    address.loadUnaligned(as: UInt32.self)
  }
  @inline(__always) static func store(_ value: UInt32, to address: UnsafeMutableRawPointer) {
    address.storeBytes(of: value, as: UInt32.self)
  }
}
